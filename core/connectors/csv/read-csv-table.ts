import type { DataSource } from "../../config/model.ts";
import { makeDateParser } from "../../dates/date-format.ts";
import { NO_DAY } from "../../dates/day-number.ts";
import { describeMissingKey, describeSurplusCells } from "../../loading/problem-texts.ts";
import { foundIn, type SourcePart, type SourceRead, type SourceRequest } from "../../loading/source-read.ts";
import type { SourceTable } from "../../usage/source-table.ts";
import { openCsvBytes } from "./csv-bytes.ts";
import type { CsvLayout, KernelEvents } from "./csv-kernel.ts";
import { type CsvOptions, type CsvOrigin, type CsvSink, csvFileOf, type OpenedCsv, readCsv } from "./read-csv.ts";
import { createTableOutput, type TableOutput } from "./table-output.ts";

/**
 * Reads a CSV source of devices or installations, or a part of one, into typed columns, as {@link readCsv} reads all.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readCsvTable(request: SourceRequest, options: CsvOptions): Promise<SourceRead> {
	return readCsvBytes(request, options, csvFileOf(request.source, request.path, options.signal));
}

/** As {@link readCsvTable}, from anywhere. */
export async function readCsvBytes(request: SourceRequest, options: CsvOptions, origin: CsvOrigin): Promise<SourceRead> {
	const { content, failures, log, range } = await readCsv(request, options, origin, beginTable);
	return { table: content, failures, ...foundIn(log), range };
}

/** Bytes of a file from which on two threads are faster than one. */
const DIVIDED_BYTES = 100_000_000;

/**
 * Divides a CSV file that is large enough for two threads; null when it is better read in one piece. What is wrong with the source is
 * left for its reading to tell.
 */
export async function planCsvParts(
	source: DataSource,
	path: string,
	dividedBytes: number = DIVIDED_BYTES,
): Promise<readonly SourcePart[] | null> {
	try {
		const bytes = await openCsvBytes(source, path, new AbortController().signal);
		bytes.close();
		if (!bytes.isUtf8 || bytes.size < dividedBytes) return null;
		const middle = Math.floor(bytes.size / 2);
		return [
			{ from: 0, to: middle, exact: true },
			{ from: middle, to: null, exact: false },
		];
	} catch {
		return null;
	}
}

function beginTable(opened: OpenedCsv): CsvSink<SourceTable> {
	const { source, kernel } = opened;
	const layout = layoutOf(opened);
	const output = createTableOutput(layout, () => {
		const done = opened.share();
		return done === 0 ? 0 : output.rows() / done;
	});
	kernel.begin(layout, eventsOf(opened, output));
	return {
		take() {
			for (let staged = kernel.take(); staged.rows > 0; staged = kernel.take()) output.append(staged);
		},
		finish: () => output.finish(source, kernel),
	};
}

function layoutOf({ source, zone, indices, layout }: OpenedCsv): CsvLayout {
	const place = (column: string) => indices[column] ?? null;
	const isDevices = source.provides === "devices";
	return {
		...layout,
		device: indices["device"]!,
		names: isDevices ? [null, place("deviceName"), null] : [place("product"), place("publisher"), place("version")],
		days: isDevices ? [place("inventoryDate"), null] : [place("installDate"), place("lastUsageDate")],
		// Under another name it only takes longer.
		isUtc: zone.name.toUpperCase() === "UTC",
	};
}

function eventsOf({ source, zone, header, indices, log }: OpenedCsv, output: TableOutput): KernelEvents {
	const parse = makeDateParser(source.dateFormat, zone);
	const days = source.provides === "devices" ? ["inventoryDate"] : ["installDate", "lastUsageDate"];
	const nameOf = (column: string) => header.columns[indices[column]!]!;
	const add = (code: string, record: number, column: string | null, describe: () => string) =>
		log.add(source, code, record, column === null ? null : nameOf(column), describe);
	return {
		parseDate: (text) => parse(text)?.day ?? NO_DAY,
		reportDate: (column, record, text) => log.addUnreadDate(source, record, nameOf(days[column]!), text, "row is kept"),
		reportMissing(key, record) {
			const column = key === 0 ? "device" : "product";
			add("source/missing-key", record, column, () => describeMissingKey(column));
		},
		reportSurplus: (cells, record) => add("source/surplus-cells", record, null, () => describeSurplusCells(cells)),
		addWideDay: output.addWideDay,
	};
}
