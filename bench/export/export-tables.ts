import { formatBytes, formatMs, formatRatio, formatRows, type Table } from "../tables.ts";
import type { ExportMeasured } from "./measure-export.ts";

/** One line per size and writer, each beside exceljs' streaming writer. */
export function exportTable({ entries }: ExportMeasured): Table {
	return {
		head: ["rows", "writer", "time", "to exceljs", "peak memory", "to exceljs", "file", "longest turn", "runs"],
		rows: entries.map((entry) => [
			formatRows(entry.rows),
			entry.title,
			formatMs(entry.exportMs),
			formatRatio(entry.timeRatio),
			formatBytes(entry.peakBytes),
			formatRatio(entry.peakRatio),
			formatBytes(entry.fileBytes),
			formatMs(entry.blockedMs),
			String(entry.runs),
		]),
	};
}

/** Which goals are reached, on the largest size. */
export function exportGoalsTable({ entries, cancelMs }: ExportMeasured): Table {
	const largest = Math.max(...entries.map(({ rows }) => rows));
	const ours = entries.find(({ name, rows }) => name === "ours" && rows === largest);
	const isMet = (met: boolean) => (met ? "yes" : "no");
	return {
		head: ["goal", "at most", "measured", "met"],
		rows:
			ours === undefined
				? []
				: [
						[
							`${formatRows(largest)} rows: time, to exceljs' streaming writer`,
							`${MOST_TIME} ×`,
							`${formatRatio(ours.timeRatio)} ×`,
							isMet(ours.timeRatio <= MOST_TIME),
						],
						[
							`${formatRows(largest)} rows: peak memory`,
							formatBytes(MOST_BYTES),
							formatBytes(ours.peakBytes),
							isMet(ours.peakBytes <= MOST_BYTES),
						],
						["from a cancel to its end, longest", formatMs(MOST_CANCEL_MS), formatMs(cancelMs), isMet(cancelMs <= MOST_CANCEL_MS)],
					],
	};
}

const MOST_TIME = 0.3;
const MOST_BYTES = 250e6;
const MOST_CANCEL_MS = 200;
