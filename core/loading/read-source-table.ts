import type { DataSource } from "../config/model.ts";
import type { OpenTable, SelectedCells } from "../connectors/connector.ts";
import { connectorOf } from "../connectors/connectors.ts";
import { planCsvParts, readCsvTable } from "../connectors/csv/read-csv-table.ts";
import { readParquetTable } from "../connectors/parquet/read-parquet-table.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import { mapColumns, wantedIndices } from "./column-mapping.ts";
import type { SourceFailure } from "./loaded.ts";
import { openSource } from "./open-source.ts";
import { toColumnFailure, toFailure } from "./source-failures.ts";
import type { ReadProgress, SourcePart, SourceRead, SourceRequest } from "./source-read.ts";
import { type ColumnPlace, createSourceTableBuilder, type SourceTableBuilder } from "./source-table-builder.ts";

/** What reading needs beside its request. */
export interface ReadOptions {
	/** Noticed within 100 ms wherever JavaScript runs. */
	readonly signal: AbortSignal;
	/** Called now and then, and at the end of a source that could be read. */
	readonly onProgress: (progress: ReadProgress) => void;
}

/**
 * Reads a source of devices or installations, or a part of one, into typed columns. Needs nothing but its request, so it may run in
 * any thread.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readSourceTable(request: SourceRequest, options: ReadOptions): Promise<SourceRead> {
	const { source, path, part, viewColumns = true } = request;
	if (source.type === "csv") return readCsvTable(request, options);
	if (source.type === "parquet") return readParquetTable(request, options);
	const opened = await openSource(source, path, options.signal, part);
	if ("failures" in opened) return failedRead(opened.failures);
	try {
		return await readTable(source, opened.table, opened.zone, viewColumns, options);
	} finally {
		await opened.table.close();
	}
}

/**
 * Divides a source that is large enough for two threads to be faster than one; null when it is better read in one piece. What is
 * wrong with the source is left for its reading to tell.
 */
export async function planParts(source: DataSource, path: string | null): Promise<readonly SourcePart[] | null> {
	if (path === null) return null;
	if (source.type === "csv") return planCsvParts(source, path);
	const ranges = (await connectorOf(source.type)?.plan?.(source, path)) ?? null;
	return ranges === null ? null : ranges.map((range) => ({ ...range, exact: true }));
}

/** What a source gave that cannot be used. */
export function failedRead(failures: readonly SourceFailure[]): SourceRead {
	return { table: null, failures, problems: [], counts: [], range: null };
}

async function readTable(
	source: DataSource,
	table: OpenTable,
	zone: TimeZone,
	viewColumns: boolean,
	options: ReadOptions,
): Promise<SourceRead> {
	const mapping = mapColumns(source.provides, source.columns, table.columns, source.type);
	if (mapping.failures.length > 0) return failedRead(mapping.failures.map((failure) => toColumnFailure(source, failure)));
	const ours = Object.entries(wantedIndices(mapping, viewColumns));
	const selected = table.select?.(ours.map(([, index]) => index)) ?? null;
	const places = ours.map(([column, index], order): [string, ColumnPlace] => [
		column,
		{ index: selected === null ? index : selected.positions[order]!, name: table.columns[index]! },
	]);
	const builder = createSourceTableBuilder(source, zone, Object.fromEntries(places));
	try {
		await addRows(table, selected, builder, options);
		return builder.finish();
	} catch (error) {
		return { ...builder.finish(), table: null, failures: [toFailure(source, error, options.signal)] };
	}
}

async function addRows(table: OpenTable, selected: SelectedCells | null, builder: SourceTableBuilder, options: ReadOptions): Promise<void> {
	let next = ROWS_PER_REPORT;
	const report = () => options.onProgress({ rows: builder.records(), bytes: null, totalBytes: null });
	const step = () => {
		options.signal.throwIfAborted();
		if (builder.records() < next) return;
		report();
		next = builder.records() + ROWS_PER_REPORT;
	};
	if (selected === null) {
		for await (const batch of table.batches) {
			for (const { number, cells, surplusCells } of batch) builder.add(number, cells, surplusCells);
			step();
		}
	} else {
		for await (const page of selected.pages) {
			builder.addPage(page);
			step();
		}
	}
	report();
}

/** A few milliseconds. */
const ROWS_PER_REPORT = 10_000;
