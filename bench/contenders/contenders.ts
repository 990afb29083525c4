import { join } from "node:path";
import type { DataForm } from "../generate/prepare-data.ts";
import { INSTANCES } from "../generate/write-config.ts";

/** One way from the files of an estate to its counts per product and outcome. */
export interface Contender {
	readonly name: string;
	/** What it is, for people. */
	readonly title: string;
	readonly form: DataForm;
	/** The contender that it is set against; its own name when others are set against it. */
	readonly baseline: string;
	/** Arguments of the Node.js that is measured. */
	readonly args: (folder: string, outFile: string) => readonly string[];
	/** False for what only reads, whose counts there are none of. */
	readonly counts: boolean;
	/** Measured only when it is asked for. */
	readonly optional: boolean;
	/** Estates beyond this many rows would not fit into memory, or would take hours. */
	readonly maxRows: number;
}

/** Everything that can be measured; neighbours are measured next to each other. */
export function listContenders(cli: string, scripts: string): readonly Contender[] {
	const ours = (name: string, title: string, form: DataForm, baseline: string, instance: string): Contender => ({
		...{ name, title, form, baseline, counts: true, optional: form === "csv-shuffled", maxRows: Number.POSITIVE_INFINITY },
		args: (folder, outFile) => [cli, "categorize", join(folder, instance), "--format", "json", "--out", outFile],
	});
	const theirs = (name: string, title: string, form: DataForm, baseline: string, more: Partial<Contender> = {}): Contender => ({
		...{ name, title, form, baseline, counts: true, optional: form === "csv-shuffled", maxRows: Number.POSITIVE_INFINITY },
		args: (folder, outFile) => [join(scripts, `${name}.mjs`), folder, outFile],
		...more,
	});
	const small = { maxRows: 10_000_000 };
	return [
		theirs("read-limit", "reading the bytes only", "csv", "duckdb-csv", { counts: false }),
		ours("cli-csv", "usage-report, CSV", "csv", "duckdb-csv", INSTANCES.csv),
		theirs("duckdb-csv", "DuckDB, CSV", "csv", "duckdb-csv"),
		theirs("duckdb-csv-table", "DuckDB, CSV into tables first", "csv", "duckdb-csv"),
		ours("cli-csv-all", "usage-report, CSV with all columns", "csv", "duckdb-csv", INSTANCES["csv-all-columns"]),
		theirs("clickhouse-csv", "ClickHouse (chdb), CSV", "csv", "duckdb-csv"),
		ours("cli-csv-shuffled", "usage-report, shuffled CSV", "csv-shuffled", "duckdb-csv-shuffled", INSTANCES["csv-shuffled"]),
		theirs("duckdb-csv-shuffled", "DuckDB, shuffled CSV", "csv-shuffled", "duckdb-csv-shuffled"),
		ours("cli-parquet", "usage-report, Parquet", "parquet", "duckdb-parquet", INSTANCES.parquet),
		theirs("duckdb-parquet", "DuckDB, Parquet", "parquet", "duckdb-parquet"),
		theirs("clickhouse-parquet", "ClickHouse (chdb), Parquet", "parquet", "duckdb-parquet"),
		theirs("naive-hyparquet", "script with hyparquet", "parquet", "duckdb-parquet", small),
		ours("cli-sqlite", "usage-report, SQLite", "sqlite", "sqlite-sql", INSTANCES.sqlite),
		theirs("sqlite-sql", "SQL on SQLite, tuned", "sqlite", "sqlite-sql"),
		theirs("sqlite-rows", "script with better-sqlite3, row by row", "sqlite", "sqlite-sql", small),
		theirs("naive-csv-parse", "script with csv-parse, objects", "csv", "duckdb-csv", small),
		theirs("naive-papaparse", "script with papaparse, objects", "csv", "duckdb-csv", small),
	];
}
