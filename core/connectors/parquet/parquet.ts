import { setImmediate } from "node:timers/promises";
import type { DecodedArray, SchemaTree } from "hyparquet";
import type { DataSource } from "../../config/model.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import { timeZoneOf } from "../../loading/source-failures.ts";
import { t } from "../../texts/translate.ts";
import { type Cell, type Connector, type OpenTable, type RowRange, SourceError, type TableRow } from "../connector.ts";
import { type ColumnUse, findUsedColumns } from "../used-columns.ts";
import { openParquetFile, type ParquetFile, type RowGroup } from "./parquet-file.ts";
import { createPageScratch, readPages } from "./parquet-pages.ts";
import { makeCellReader, type StoredValue } from "./parquet-values.ts";
import { planParquetParts } from "./plan-parquet-parts.ts";

/** Reads the columns of a Parquet file that are mapped, group by group; cells of other columns are null. */
export const parquetConnector: Connector = { open: openParquet, plan: (_source, path) => planParquetParts(path) };

/** Rows between two turns of the event loop. */
const BATCH_ROWS = 2000;

async function openParquet(
	source: DataSource,
	path: string | null,
	signal: AbortSignal,
	range: RowRange | null = null,
): Promise<OpenTable> {
	const zone = timeZoneOf(source);
	const file = await openParquetFile(source, path, signal);
	try {
		const columns = columnNamesOf(file);
		const wanted = findUsedColumns(source, columns);
		for (const index of wanted.keys()) refuseNested(file, file.columns[index]!);
		return { columns, batches: readRows(file, [...wanted], zone, range, signal), close: () => file.close() };
	} catch (error) {
		await file.close();
		throw error;
	}
}

/** Names of the columns, trimmed. */
export function columnNamesOf(file: ParquetFile): readonly string[] {
	return file.columns.map(({ element }) => element.name.trim());
}

/** @throws {SourceError} when a column holds lists or structs, of which a cell cannot be made. */
export function refuseNested(file: ParquetFile, column: SchemaTree): void {
	const { children, element } = column;
	if (children.length === 0 && element.repetition_type !== "REPEATED") return;
	const what =
		children.length > 0
			? t`consists of other columns (${children.map((child) => `"${child.element.name}"`).join(", ")})`
			: t("holds lists");
	const message = t`The column "${element.name}" of ${file.shown} ${what}, so it has no single value per row. Export the value that is meant as a column of its own.`;
	throw new SourceError("source/nested-column", "columns", message);
}

async function* readRows(
	file: ParquetFile,
	wanted: readonly (readonly [index: number, use: ColumnUse])[],
	zone: TimeZone,
	range: RowRange | null,
	signal: AbortSignal,
): AsyncGenerator<readonly TableRow[]> {
	const width = file.columns.length;
	let number = 1;
	for (const group of file.groups.slice(range?.from ?? 0, range?.to ?? undefined)) {
		const streams = wanted.map(([index, use]) =>
			openCells(file, group, file.columns[index]!, makeCellReader(file.columns[index]!.element, zone, use)),
		);
		for (let done = 0; done < group.rows; ) {
			signal.throwIfAborted();
			const count = Math.min(BATCH_ROWS, group.rows - done);
			const rows: Cell[][] = Array.from({ length: count }, () => new Array<Cell>(width).fill(null));
			for (const [place, stream] of streams.entries()) await stream.fill(rows, wanted[place]![0]);
			yield rows.map((cells) => ({ number: number++, cells, surplusCells: 0 }));
			done += count;
			await setImmediate();
		}
		// Each stream says at its end whether it had the rows that the group should have.
		for (const stream of streams) await stream.finish();
	}
	signal.throwIfAborted();
	await file.checkUnchanged();
}

/** The cells of one column of a group, in order. */
interface CellStream {
	/** Puts the next cells into a column of rows. */
	fill(rows: readonly Cell[][], column: number): Promise<void>;
	finish(): Promise<void>;
}

/** Reads a column of a group from its beginning. */
export function openCells(file: ParquetFile, group: RowGroup, column: SchemaTree, read: (value: StoredValue) => Cell): CellStream {
	const pages = readPages(file, group, column, createPageScratch());
	let dictionary: DecodedArray | null = null;
	let words: readonly Cell[] = [];
	let cells: readonly Cell[] = [];
	let used = 0;

	async function next(): Promise<boolean> {
		const { done, value: page } = await pages.next();
		if (done === true) return false;
		if (page.dictionary !== null && page.dictionary !== dictionary) {
			dictionary = page.dictionary;
			words = Array.from(page.dictionary, read);
		}
		const { values, present } = page;
		const cellOf = page.dictionary === null ? read : (code: number) => words[code]!;
		const filled = new Array<Cell>(page.rows);
		let place = 0;
		for (let row = 0; row < page.rows; row++) filled[row] = present === null || present[row] === 1 ? cellOf(values[place++]) : null;
		cells = filled;
		used = 0;
		return true;
	}

	return {
		async fill(rows, index) {
			for (const row of rows) {
				while (used === cells.length) if (!(await next())) return;
				row[index] = cells[used++]!;
			}
		},
		async finish() {
			while (await next());
		},
	};
}
