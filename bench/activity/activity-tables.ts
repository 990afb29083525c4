import { formatBytes, formatMs, formatRatio, round, type Table } from "../tables.ts";
import type { ActivityMeasured } from "./measure-activity.ts";

/** One line per contender, each beside the SQL that reads the same file. */
export function activityTable({ measured, rows }: ActivityMeasured): Table {
	return {
		head: ["contender", "time", "to SQL", "CPU", "to SQL", "peak memory", "to SQL", "ns per access", "runs"],
		rows: measured.map((entry) => {
			const isBaseline = entry.name === entry.baseline;
			const ratio = (value: number | null) => (isBaseline ? "1" : formatRatio(value));
			return [
				entry.title,
				formatMs(entry.wallMs),
				ratio(entry.wallRatio),
				formatMs(entry.cpuMs),
				ratio(entry.cpuRatio),
				formatBytes(entry.peakBytes),
				ratio(entry.peakRatio),
				round((entry.wallMs * 1e6) / rows),
				String(entry.runs),
			];
		}),
	};
}

/** Which goals are reached. */
export function activityGoalsTable({ measured }: ActivityMeasured): Table {
	const ours = measured.find(({ name }) => name === "cli-activity-csv");
	const goal = (text: string, most: number, is: number | null | undefined): readonly (readonly string[])[] =>
		is === null || is === undefined ? [] : [[text, `${most} ×`, `${formatRatio(is)} ×`, is <= most ? "yes" : "no"]];
	return {
		head: ["goal", "at most", "measured", "met"],
		rows: [...goal("time, to DuckDB's", 1, ours?.wallRatio), ...goal("peak memory, to DuckDB's", 0.5, ours?.peakRatio)],
	};
}
