import type { CellStyle, PlainCell } from "./cell-styles.ts";
import { beginTable, type ConditionalFill, endTable, writeRow } from "./table-sheet.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/**
 * One column of a long sheet. Its rows share their cells: a device's name stands in a hundred rows, a day in thousands. So a
 * row only says which of the column's different cells it has, and each of those is made once.
 */
export interface LongColumn {
	readonly header: string;
	/** In characters of the default font. */
	readonly width: number;
	/** Right-aligned header, above figures and dates. */
	readonly rightAligned?: boolean;
	/** The number of a row's cell, from 0 and without large gaps, because there is a table of them. */
	readonly keyOf: (row: number) => number;
	/** The cell of a number; asked again for the same number, it says the same. */
	readonly cellOf: (key: number) => PlainCell;
	/** Every look that `cellOf` may answer. */
	readonly styles: readonly CellStyle[];
}

/** A sheet that is one long table without totals; its rows are numbers of whatever the columns know. */
export interface LongSheet {
	readonly name: string;
	/** Left part of the printed footer. */
	readonly footer: string;
	/** The same array for sheets that continue each other: they share the bytes of their cells. */
	readonly columns: readonly LongColumn[];
	readonly rows: Uint32Array;
	/** Columns that stay in sight when one scrolls to the right. */
	readonly frozenColumns: number;
	/** Earlier ones prevail. */
	readonly fills: readonly ConditionalFill[];
}

/** A long sheet whose rows are still to be put into its part of the workbook. */
export interface PendingRows {
	/** Name of the sheet's part in the package. */
	readonly part: string;
	readonly columns: readonly LongColumn[];
	readonly rows: Uint32Array;
	/** Looks in the order of the cells of the sheet's only data row, which stands for all. */
	readonly styles: readonly CellStyle[];
	/** Told now and then how many of the rows have been written. */
	readonly onWritten?: (rows: number) => void;
}

/**
 * Adds a long sheet without its rows: all that exceljs writes around them is final, ranges included, and one row of empty
 * cells carries the looks. Answers what `packWorkbook` needs for putting the rows in that row's place.
 */
export async function addLongSheet(draft: WorkbookDraft, { rows, ...table }: LongSheet): Promise<PendingRows> {
	const sheet = beginTable(draft, table);
	const styles = [...new Set(table.columns.flatMap((column) => column.styles))];
	writeRow(
		sheet,
		2,
		styles.map((style) => ({ value: null, style })),
		ANY_HEIGHT,
	);
	endTable(sheet, table, rows.length + 1);
	await draft.flush();
	return { part: `xl/worksheets/sheet${sheet.id}.xml`, columns: table.columns, rows, styles };
}

/** A row of empty cells is left out unless it has a height. */
const ANY_HEIGHT = 15;
