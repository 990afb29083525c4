import { toActivityRead } from "../../loading/activity-collector.ts";
import type { ActivityRead, ActivityRequest } from "../../loading/activity-read.ts";
import { beginAccesses } from "./access-sink.ts";
import { type CsvOptions, type CsvOrigin, csvFileOf, readCsv } from "./read-csv.ts";

/**
 * Reads a CSV source of accesses, or a part of one, as {@link readCsv} reads all: rows are counted as they come, and none is kept.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readCsvActivity(request: ActivityRequest, options: CsvOptions): Promise<ActivityRead> {
	return readActivityBytes(request, options, csvFileOf(request.source, request.path, options.signal));
}

/** As {@link readCsvActivity}, from anywhere. */
export async function readActivityBytes(request: ActivityRequest, options: CsvOptions, origin: CsvOrigin): Promise<ActivityRead> {
	const read = await readCsv(request, options, origin, (opened) => {
		const { header, indices } = opened;
		const placeOf = (column: string) => indices[column]!;
		return beginAccesses({ ...opened, placeOf, nameOf: (column) => header.columns[placeOf(column)]!, asOf: request.asOf });
	});
	return toActivityRead(read.content === null ? [] : [read.content], read.failures, read.log, read.records, read.range);
}
