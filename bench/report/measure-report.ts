import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Contender } from "../contenders/contenders.ts";
import { compare, type LeftOut, type Measured } from "../measure/compare.ts";
import { describeMachine, type Machine } from "../measure/machine.ts";
import { prepareReport, REPORT_PROJECTS, type ReportForm } from "./report-data.ts";
import { digestOfReport, digestOfScript, REPORT_AS_OF } from "./report-rows.ts";

/** What was measured of the report over a year of weekly logs. */
export interface ReportMeasured {
	readonly servers: number;
	readonly machine: Machine;
	readonly measured: readonly Measured[];
	readonly leftOut: readonly LeftOut[];
}

/** What is measured, and how often. */
export interface ReportPlan {
	readonly cli: string;
	/** Folder of the bundled scripts. */
	readonly scripts: string;
	readonly dataFolder: string;
	readonly keepsData: boolean;
	readonly servers: number;
	readonly runs: number;
}

/**
 * Measures the report over weekly logs beside SQL and a plain script.
 * @throws when two contenders differ in a figure.
 */
export async function measureReport(plan: ReportPlan, say: (line: string) => void): Promise<ReportMeasured> {
	const folder = prepareReport(plan.dataFolder, plan.servers, (line) => say(`  ${line}`));
	try {
		const contenders = listReportContenders(plan.cli, plan.scripts);
		const digest = (name: string, text: string) => (name.startsWith("cli-") ? digestOfReport(text) : digestOfScript(text));
		const { measured, leftOut } = await compare(contenders, folder, plan.runs, say, digest);
		return { servers: plan.servers, machine: describeMachine(PACKAGES), measured, leftOut };
	} finally {
		if (!plan.keepsData) rmSync(folder, { recursive: true, force: true });
	}
}

const PACKAGES = ["@duckdb/node-api", "better-sqlite3", "papaparse"];

/** What can be measured of the report; neighbours are measured next to each other. */
export function listReportContenders(
	cli: string,
	scripts: string,
): readonly (Pick<Contender, "name" | "title" | "baseline" | "args" | "counts"> & { readonly form: ReportForm })[] {
	const asOf = new Date(REPORT_AS_OF).toISOString();
	const ours = (form: ReportForm): Contender["args"] => {
		return (folder, outFile) => {
			const project = join(folder, REPORT_PROJECTS[form]);
			return [cli, "report", project, "--as-of", asOf, "--history", "off", "--format", "json", "--out", outFile];
		};
	};
	const theirs = (script: string): Contender["args"] => {
		return (folder, outFile) => [join(scripts, `${script}.mjs`), folder, outFile];
	};
	const [duckdb, sqlite, script] = ["report-duckdb", "report-sqlite", "report-script"];
	return [
		{ name: "cli-report-csv", title: "usage-report, CSV", form: "csv", baseline: duckdb, args: ours("csv"), counts: true },
		{ name: duckdb, title: "DuckDB, CSV", form: "csv", baseline: duckdb, args: theirs(duckdb), counts: true },
		{ name: script, title: "script with papaparse, CSV", form: "csv", baseline: duckdb, args: theirs(script), counts: true },
		{ name: "cli-report-sqlite", title: "usage-report, SQLite", form: "sqlite", baseline: sqlite, args: ours("sqlite"), counts: true },
		{ name: sqlite, title: "SQL on SQLite", form: "sqlite", baseline: sqlite, args: theirs(sqlite), counts: true },
	];
}
