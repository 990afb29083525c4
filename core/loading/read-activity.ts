import type { DataSource } from "../config/model.ts";
import type { CellPage, OpenTable, PackedPage, SelectedCells, TableRow } from "../connectors/connector.ts";
import { beginAccesses } from "../connectors/csv/access-sink.ts";
import type { CsvKernel } from "../connectors/csv/csv-kernel.ts";
import { createPlainKernel } from "../connectors/csv/plain-kernel.ts";
import { readCsvActivity } from "../connectors/csv/read-csv-activity.ts";
import { createWasmKernel } from "../connectors/csv/wasm-kernel.ts";
import type { InstantMs } from "../dates/instant.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import type { ActivityTally } from "../subscriptions/activity-tally.ts";
import { createRowCollector, failedActivity, toActivityRead } from "./activity-collector.ts";
import type { ActivityRead, ActivityRequest } from "./activity-read.ts";
import { mapColumns } from "./column-mapping.ts";
import { openSource } from "./open-source.ts";
import { isRegular, PACKED_CAPACITY } from "./packed-kernel.ts";
import { createProblemLog, type ProblemLog } from "./problem-log.ts";
import { describeSurplusCells } from "./problem-texts.ts";
import type { ReadOptions } from "./read-source-table.ts";
import { createRowReader } from "./row-reader.ts";
import { toColumnFailure, toFailure } from "./source-failures.ts";

/**
 * Reads a source of accesses, or a part of one, in one pass. Needs nothing but its request, so it may run in any thread.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export function readActivity(request: ActivityRequest, options: ReadOptions): Promise<ActivityRead> {
	return request.source.type === "csv" ? readCsvActivity(request, options) : readActivityRows(request, options);
}

/** As {@link readActivity}, by rows or pages of cells; of text only the whole source. */
async function readActivityRows({ source, path, part, asOf }: ActivityRequest, options: ReadOptions): Promise<ActivityRead> {
	const opened = await openSource(source, path, options.signal, part);
	if ("failures" in opened) return failedActivity(opened.failures);
	const { table, zone } = opened;
	const log = createProblemLog();
	try {
		const { indices, failures } = mapColumns(source.provides, source.columns, table.columns, source.type);
		if (failures.length > 0) return failedActivity(failures.map((failure) => toColumnFailure(source, failure)));
		const ours = Object.entries(indices);
		const selected = table.select?.(ours.map(([, index]) => index)) ?? null;
		const placed = ours.map(([column, index], order) => ({ column, index, place: selected?.positions[order] ?? index }));
		const places = Object.fromEntries(placed.map(({ column, place }) => [column, place]));
		const names = Object.fromEntries(placed.map(({ column, index }) => [column, table.columns[index]!]));
		const tallies = createPageReader({ source, zone, log, places, names, asOf });
		const records = await takeRows(table, selected, tallies, options);
		return toActivityRead(tallies.finish(), [], log, records, null);
	} catch (error) {
		return toActivityRead([], [toFailure(source, error, options.signal)], log, 0, null);
	} finally {
		await table.close();
	}
}

/** Milliseconds of rows between two reports. */
const ROWS_PER_REPORT = 10_000;

/** Answers the number of the last row. */
async function takeRows(
	table: OpenTable,
	selected: SelectedCells | null,
	reader: PageReader,
	{ signal, onProgress }: ReadOptions,
): Promise<number> {
	let reported = 0;
	const report = () => onProgress({ rows: reader.records(), bytes: null, totalBytes: null });
	const step = () => {
		signal.throwIfAborted();
		if (reader.records() - reported < ROWS_PER_REPORT) return;
		reported = reader.records();
		report();
	};
	if (selected === null) {
		for await (const batch of table.batches) {
			for (const row of batch) reader.addRow(row);
			step();
		}
	} else {
		for await (const page of selected.pages) {
			reader.addPage(page);
			step();
		}
	}
	report();
	return reader.records();
}

/** Whose cells are read, and where they stand. */
interface PageTable {
	readonly source: DataSource;
	readonly zone: TimeZone;
	readonly log: ProblemLog;
	/** By our column its place among the cells of a row, and its name in the table. */
	readonly places: Readonly<Record<string, number>>;
	readonly names: Readonly<Record<string, string>>;
	readonly asOf: InstantMs;
}

interface PageReader {
	addRow(row: TableRow): void;
	addPage(page: CellPage): void;
	/** Number of the last row. */
	records(): number;
	finish(): readonly ActivityTally[];
}

/** Reads pages of text by the kernel of CSV, from the first one on as long as they are regular, and everything else row by row. */
function createPageReader(table: PageTable): PageReader {
	const { source, zone, log, places, names, asOf } = table;
	const tallies: ActivityTally[] = [];
	const columnNames: string[] = [];
	for (const [column, place] of Object.entries(places)) columnNames[place] = names[column]!;
	const rows = createRowCollector(asOf, createRowReader(source, places, columnNames, zone, log));
	let packed: PackedReader | null = null;
	let records = 0;

	function addRow(row: TableRow): void {
		leavePacked();
		if (row.surplusCells > 0) {
			log.add(source, "source/surplus-cells", row.number, null, () => describeSurplusCells(row.surplusCells));
		}
		rows.add(row);
		records = row.number;
	}

	function leavePacked(): void {
		if (packed !== null) tallies.push(packed.finish());
		packed = null;
	}

	function addPage(page: CellPage): void {
		if ("rows" in page) {
			for (const [index, cells] of page.rows.entries()) addRow({ number: page.firstRow + index, cells, surplusCells: 0 });
		} else if ("columns" in page) {
			for (let index = 0; index < page.length; index++) {
				const cells = page.columns.map((column) => column[index]!);
				addRow({ number: page.firstRow + index, cells, surplusCells: 0 });
			}
		} else {
			if (records === 0) packed = createPackedReader(table, page);
			if (packed?.add(page) === true) records = page.firstRow + page.length - 1;
			else for (const cells of page.unpack()) addPage(cells);
		}
	}

	return {
		addRow,
		addPage,
		records: () => records,
		finish() {
			leavePacked();
			return [...tallies, rows.finish()];
		},
	};
}

interface PackedReader {
	/** Adds the page that follows; false, and nothing added, for a page that has to be read in another way. */
	add(page: PackedPage): boolean;
	finish(): ActivityTally;
}

function createPackedReader({ source, zone, log, places, names, asOf }: PageTable, first: PackedPage): PackedReader {
	const kernel: CsvKernel = createWasmKernel() ?? createPlainKernel();
	const sink = beginAccesses({
		...{ source, zone, log, kernel, asOf },
		layout: {
			capacity: PACKED_CAPACITY,
			records: first.firstRow - 1,
			delimiter: Uint8Array.of(first.separator),
			columns: first.width,
			dateFormat: source.dateFormat,
		},
		placeOf: (column) => places[column]!,
		nameOf: (column) => names[column]!,
	});
	return {
		add(page) {
			if (page.firstRow !== kernel.records() + 1 || page.width !== first.width || !isRegular(page)) return false;
			kernel.input().set(page.packed);
			kernel.split(0, page.packed.length);
			sink.take();
			return true;
		},
		finish: sink.finish,
	};
}
