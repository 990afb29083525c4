import { type DayColumn, dayAt } from "../../../../core/columns/day-column.ts";
import { nameAt } from "../../../../core/columns/name-table.ts";
import type { DataSource } from "../../../../core/config/model.ts";
import { makeCsvBytes } from "../../../../core/connectors/csv/csv-bytes.ts";
import type { CsvOptions } from "../../../../core/connectors/csv/read-csv.ts";
import { readCsvBytes } from "../../../../core/connectors/csv/read-csv-table.ts";
import { openCsvText } from "../../../../core/connectors/csv.ts";
import type { InputFile } from "../../../../core/connectors/input-file.ts";
import { NO_DAY } from "../../../../core/dates/day-number.ts";
import { mapColumns } from "../../../../core/loading/column-mapping.ts";
import { timeZoneOf, toColumnFailure, toFailure } from "../../../../core/loading/source-failures.ts";
import type { SourcePart, SourceRead } from "../../../../core/loading/source-read.ts";
import { createSourceTableBuilder } from "../../../../core/loading/source-table-builder.ts";
import type { NameColumn, Runs, SourceTable } from "../../../../core/usage/source-table.ts";

const SIGNAL = new AbortController().signal;

/** Reads a file that is in memory by a kernel. */
export function readBytes(
	source: DataSource,
	file: Uint8Array,
	options: Partial<CsvOptions> = {},
	part: SourcePart | null = null,
): Promise<SourceRead> {
	return readCsvBytes(
		{ source, path: null, part },
		{ signal: SIGNAL, onProgress: () => {}, ...options },
		{
			bytes: async () => ({
				...makeCsvBytes(source, file.subarray(0, 4096), file.length, (target, position) => {
					const piece = file.subarray(position, position + target.length);
					target.set(piece);
					return piece.length;
				}),
				checkUnchanged: async () => {},
				close: () => {},
			}),
			table: () => openCsvText(source, inputFile(file)),
		},
	);
}

/** Reads a file that is in memory row by row, as usage logs are read. */
export async function readRowWise(source: DataSource, file: Uint8Array): Promise<SourceRead> {
	const failed = (failures: SourceRead["failures"]): SourceRead => ({ table: null, failures, problems: [], counts: [], range: null });
	try {
		const table = await openCsvText(source, inputFile(file));
		const mapping = mapColumns(source.provides, source.columns, table.columns, source.type);
		if (mapping.failures.length > 0) return failed(mapping.failures.map((failure) => toColumnFailure(source, failure)));
		const places = Object.entries(mapping.indices).map(([column, index]) => [column, { index, name: table.columns[index]! }] as const);
		const builder = createSourceTableBuilder(source, timeZoneOf(source), Object.fromEntries(places));
		for await (const batch of table.batches) {
			for (const { number, cells, surplusCells } of batch) builder.add(number, cells, surplusCells);
		}
		return builder.finish();
	} catch (error) {
		return failed([toFailure(source, error, SIGNAL)]);
	}
}

/** What a read says, without how it is stored; without problems when it failed, and with rows that are shifted. */
export function contentOf({ table, failures, problems, counts }: SourceRead, shift = 0): object {
	if (table === null) return { failures };
	const shifted = problems.map((problem) => ({ ...problem, row: problem.row! + shift }));
	return { ...columnsOf(table), rows: rowsOf(table, shift), problems: shifted, counts };
}

/** By row: number, device and all that is known. */
export function rowsOf(table: SourceTable, shift = 0): readonly (readonly unknown[])[] {
	const devices = spread(table.deviceRuns, table.rows, 0);
	const numbers = spread(table.rowNumbers, table.rows, 1);
	return Array.from({ length: table.rows }, (_, row) => [
		numbers[row]! + shift,
		nameAt(table.devices, devices[row]!),
		table.product === null ? null : nameAt(table.product.names, table.product.indices[row]!),
		day(table.inventoryDay, row),
		day(table.installDay, row),
		day(table.lastUsageDay, row),
		optional(table.publisher, row),
		optional(table.version, row),
		optional(table.deviceName, row),
	]);
}

function columnsOf(table: SourceTable): object {
	const { sourceIndex, provides, timeZone } = table;
	return { sourceIndex, provides, timeZone };
}

function spread({ starts, values }: Runs, rows: number, step: 0 | 1): readonly number[] {
	const spreadOut: number[] = [];
	for (const [run, start] of starts.entries()) {
		const end = starts[run + 1] ?? rows;
		for (let row = start; row < end; row++) spreadOut.push(values[run]! + step * (row - start));
	}
	return spreadOut;
}

function day(column: DayColumn | null, row: number): number | null | undefined {
	if (column === null) return undefined;
	const value = dayAt(column, row);
	return value === NO_DAY ? null : value;
}

function optional(column: NameColumn | null, row: number): string | null | undefined {
	if (column === null) return undefined;
	const index = column.indices[row]!;
	return index === 0 ? null : nameAt(column.names, index - 1);
}

function inputFile(file: Uint8Array): InputFile {
	const bytes = Buffer.from(file);
	return { head: bytes.subarray(0, 4096), chunks: chunksOf(bytes), close: async () => {} };
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += 128 * 1024) yield bytes.subarray(at, at + 128 * 1024);
}
