import type { Measured } from "./measure/compare.ts";
import { formatBytes, formatMs, formatRatio, type Table } from "./tables.ts";

/**
 * One line per contender, each beside the SQL that reads the same file.
 * @param more a column before the number of runs.
 */
export function besideSqlTable(
	measured: readonly Measured[],
	more: { readonly head: string; readonly cell: (entry: Measured) => string } | null = null,
): Table {
	const extra = more === null ? [] : [more];
	return {
		head: ["contender", "time", "to SQL", "CPU", "to SQL", "peak memory", "to SQL", ...extra.map(({ head }) => head), "runs"],
		rows: measured.map((entry) => {
			const ratio = (value: number | null) => (entry.name === entry.baseline ? "1" : formatRatio(value));
			return [
				entry.title,
				formatMs(entry.wallMs),
				ratio(entry.wallRatio),
				formatMs(entry.cpuMs),
				ratio(entry.cpuRatio),
				formatBytes(entry.peakBytes),
				ratio(entry.peakRatio),
				...extra.map(({ cell }) => cell(entry)),
				String(entry.runs),
			];
		}),
	};
}
