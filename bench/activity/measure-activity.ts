import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Contender } from "../contenders/contenders.ts";
import { compare, type LeftOut, type Measured } from "../measure/compare.ts";
import { describeMachine, type Machine } from "../measure/machine.ts";
import { runProcess } from "../measure/run-process.ts";
import { ACTIVITY_AS_OF, type ActivityCounted, readReport } from "./activity-counts.ts";
import { type ActivityForm, PROJECTS, prepareActivity } from "./activity-data.ts";

/** What was measured of counting active users from single accesses. */
export interface ActivityMeasured {
	readonly rows: number;
	readonly csvBytes: number;
	readonly machine: Machine;
	readonly measured: readonly Measured[];
	readonly leftOut: readonly LeftOut[];
}

/** What is measured, and how often. */
export interface ActivityPlan {
	readonly cli: string;
	/** Folder of the bundled scripts. */
	readonly scripts: string;
	readonly dataFolder: string;
	readonly keepsData: boolean;
	readonly rows: number;
	readonly runs: number;
	readonly forms: ReadonlySet<ActivityForm>;
}

/**
 * Measures the report over files of accesses beside SQL. The report shows the latest week; of all weeks the same counts are checked
 * once, by a script that is not measured.
 * @throws when two contenders differ in a count.
 */
export async function measureActivity(plan: ActivityPlan, say: (line: string) => void): Promise<ActivityMeasured> {
	const { scripts, rows, runs, forms } = plan;
	const folder = await prepareActivity(plan.dataFolder, rows, forms, (line) => say(`  ${line}`));
	try {
		const weeksFile = join(folder, "weeks.json");
		await runProcess([join(scripts, "activity-weeks.mjs"), folder, weeksFile], folder);
		const weeks = JSON.parse(readFileSync(weeksFile, "utf8")) as ActivityCounted;
		const contenders = listActivityContenders(plan.cli, scripts).filter(({ form }) => forms.has(form));
		const checksumOf = (name: string, text: string) => {
			if (name.startsWith("cli-")) return readReport(text);
			const counted = JSON.parse(text) as ActivityCounted;
			return counted.checksum === weeks.checksum ? counted.latest : `other weeks ${counted.checksum}`;
		};
		const compared = await compare(contenders, folder, runs, say, checksumOf);
		if (compared.checksum !== weeks.latest) throw new Error("The report does not show what was counted for the latest week.");
		const csvBytes = statSync(join(folder, "activity.csv")).size;
		return { rows, csvBytes, machine: describeMachine(PACKAGES), measured: compared.measured, leftOut: compared.leftOut };
	} finally {
		if (!plan.keepsData) rmSync(folder, { recursive: true, force: true });
	}
}

const PACKAGES = ["@duckdb/node-api", "better-sqlite3"];

/** What can be measured of accesses; neighbours are measured next to each other. */
export function listActivityContenders(
	cli: string,
	scripts: string,
): readonly (Pick<Contender, "name" | "title" | "baseline" | "args" | "counts"> & { readonly form: ActivityForm })[] {
	const asOf = new Date(ACTIVITY_AS_OF).toISOString();
	const ours = (form: ActivityForm): Contender["args"] => {
		return (folder, outFile) => [cli, "report", join(folder, PROJECTS[form]), "--as-of", asOf, "--format", "json", "--out", outFile];
	};
	const theirs = (script: string): Contender["args"] => {
		return (folder, outFile) => [join(scripts, `${script}.mjs`), folder, outFile];
	};
	const [duckdb, sqlite] = ["activity-duckdb", "activity-sqlite"];
	return [
		{ name: "cli-activity-csv", title: "usage-report, CSV", form: "csv", baseline: duckdb, args: ours("csv"), counts: true },
		{ name: duckdb, title: "DuckDB, CSV", form: "csv", baseline: duckdb, args: theirs(duckdb), counts: true },
		{ name: "cli-activity-sqlite", title: "usage-report, SQLite", form: "sqlite", baseline: sqlite, args: ours("sqlite"), counts: true },
		{ name: sqlite, title: "SQL on SQLite", form: "sqlite", baseline: sqlite, args: theirs(sqlite), counts: true },
	];
}
