import type { Results } from "./results.ts";

/** A figure that the project wants to reach. */
export interface Goal {
	readonly text: string;
	/** The figure must not be above it. */
	readonly most: number;
	readonly unit: string;
	/** Null where it was not measured. */
	readonly measure: (results: Results) => number | null;
}

/** All goals on an estate of any size. */
export const GOALS: readonly Goal[] = [
	{ text: "CSV: time, to DuckDB's", most: 0.25, unit: "×", measure: (results) => find(results, "cli-csv")?.wallRatio ?? null },
	{ text: "CSV: peak memory, to DuckDB's", most: 0.4, unit: "×", measure: (results) => find(results, "cli-csv")?.peakRatio ?? null },
	{
		text: "CSV: peak memory, to DuckDB's with tables",
		most: 0.4,
		unit: "×",
		measure: (results) => {
			const [ours, theirs] = [find(results, "cli-csv"), find(results, "duckdb-csv-table")];
			return ours === undefined || theirs === undefined ? null : ours.peakBytes / theirs.peakBytes;
		},
	},
	{
		text: "CSV: time, to the faster of the naive scripts'",
		most: 1 / 30,
		unit: "×",
		measure: (results) => {
			const naive = ["naive-csv-parse", "naive-papaparse"].flatMap((name) => find(results, name)?.wallMs ?? []);
			const ours = find(results, "cli-csv");
			return ours === undefined || naive.length === 0 ? null : ours.wallMs / Math.min(...naive);
		},
	},
	{ text: "Parquet: time, to DuckDB's", most: 5, unit: "×", measure: (results) => find(results, "cli-parquet")?.wallRatio ?? null },
	{
		text: "Parquet: peak memory, to the script with hyparquet's",
		most: 0.5,
		unit: "×",
		measure: (results) => {
			const [ours, theirs] = [find(results, "cli-parquet"), find(results, "naive-hyparquet")];
			return ours === undefined || theirs === undefined ? null : ours.peakBytes / theirs.peakBytes;
		},
	},
	{ text: "SQLite: time, to SQL's on SQLite", most: 0.5, unit: "×", measure: (results) => find(results, "cli-sqlite")?.wallRatio ?? null },
	{
		text: "other limits: counts per product from the profile",
		most: 1,
		unit: "ms",
		measure: ({ limits }) => limits?.countPerProductMs ?? null,
	},
	{
		text: "other limits: all rows, to DuckDB's part that depends on limits",
		most: 0.15,
		unit: "×",
		measure: ({ limits }) => limits?.recategorizeRatio ?? null,
	},
	{ text: "usage profile", most: 16, unit: "MB", measure: ({ limits }) => (limits === null ? null : limits.profileBytes / 1e6) },
	{ text: "hover while an estate loads, 95th percentile", most: 50, unit: "ms", measure: ({ hover }) => hover?.p95Ms ?? null },
];

function find({ measured }: Results, name: string) {
	return measured.find((entry) => entry.name === name);
}
