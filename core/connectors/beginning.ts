import type { Cell, TableRow } from "./connector.ts";

/** What the first bytes of a source show. */
export interface Beginning {
	/** Tables and views of a database that can be named; empty for other files. */
	readonly tables: readonly string[];
	/** Sheets of a workbook that are not hidden; empty for other files. */
	readonly sheets: readonly string[];
	/** Names of the columns, as `OpenTable` has them; empty where it is not known which table is meant, or it cannot be read. */
	readonly columns: readonly string[];
	/** The first rows, cells in the order of the columns. */
	readonly rows: readonly (readonly Cell[])[];
}

/** Rows that are looked at to tell what a column holds. */
export const PEEKED_ROWS = 200;

/** The first rows of a table that is being read in batches; what comes after them is not asked for. */
export async function firstRows(batches: AsyncIterable<readonly TableRow[]>): Promise<readonly (readonly Cell[])[]> {
	const rows: (readonly Cell[])[] = [];
	for await (const batch of batches) {
		for (const { cells } of batch) if (rows.length < PEEKED_ROWS) rows.push(cells);
		if (rows.length >= PEEKED_ROWS) break;
	}
	return rows;
}
