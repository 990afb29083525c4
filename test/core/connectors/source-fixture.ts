import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "../../../core/config/model.ts";
import { SourceError } from "../../../core/connectors/connector.ts";
import { connectorOf } from "../../../core/connectors/connectors.ts";

/** A source with all defaults but these. */
export function makeSource(values: Partial<DataSource>): DataSource {
	return {
		index: 0,
		name: "source",
		provides: "installations",
		type: "csv",
		connector: null,
		path: null,
		connection: null,
		table: null,
		query: null,
		sheet: null,
		columns: {},
		dateFormat: "iso",
		timeZone: "UTC",
		delimiter: ",",
		encoding: "utf-8",
		header: true,
		...values,
	};
}

/** A folder of the test's own, outside the project; `remove` it after the tests. */
export interface Folder {
	readonly path: string;
	/** Writes a file and answers its absolute name. */
	write(name: string, content: string | Uint8Array): string;
	file(name: string): string;
	remove(): void;
}

export function createFolder(): Folder {
	const path = mkdtempSync(join(tmpdir(), "usage-report-"));
	const file = (name: string) => join(path, name);
	return {
		path,
		file,
		write(name, content) {
			writeFileSync(file(name), content);
			return file(name);
		},
		remove: () => rmSync(path, { recursive: true, force: true }),
	};
}

/** What a table has, with each row as its number, its cells and, only where there are some, its surplus cells. */
export interface ReadTable {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly unknown[])[];
}

/** Reads a whole table, or answers the failure as its code, key and message. */
export async function readTable(
	source: DataSource,
	path: string | null,
	signal: AbortSignal = new AbortController().signal,
): Promise<ReadTable | { readonly code: string; readonly key: string; readonly message: string }> {
	try {
		const table = await connectorOf(source.type)!.open(source, path, signal);
		try {
			const rows: (readonly unknown[])[] = [];
			for await (const batch of table.batches) {
				for (const row of batch) rows.push(row.surplusCells === 0 ? [row.number, row.cells] : [row.number, row.cells, row.surplusCells]);
			}
			return { columns: table.columns, rows };
		} finally {
			await table.close();
		}
	} catch (error) {
		if (error instanceof SourceError) return { code: error.code, key: error.key, message: error.message };
		throw error;
	}
}
