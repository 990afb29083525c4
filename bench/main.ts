import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findChromium } from "../scripts/tools.ts";
import { browserHostIsInstalled } from "../scripts/vscode-host.ts";
import type { ActivityForm } from "./activity/activity-data.ts";
import { activityGoalsTable, activityTable } from "./activity/activity-tables.ts";
import { type ActivityPlan, measureActivity } from "./activity/measure-activity.ts";
import { listContenders } from "./contenders/contenders.ts";
import { editorGoalsTable, editorTable } from "./editor/editor-tables.ts";
import { measureEditor } from "./editor/measure-editor.ts";
import { exportGoalsTable, exportTable } from "./export/export-tables.ts";
import { EXPORT_SIZES, measureExport } from "./export/measure-export.ts";
import { type DataForm, prepareData } from "./generate/prepare-data.ts";
import { INSTANCES } from "./generate/write-config.ts";
import { installPeers } from "./install-peers.ts";
import { bundleScripts } from "./measure/bundle-scripts.ts";
import { compare } from "./measure/compare.ts";
import { measureHover } from "./measure/hover-latency.ts";
import type { LimitsMeasured } from "./measure/limits-measured.ts";
import { describeMachine } from "./measure/machine.ts";
import { runProcess } from "./measure/run-process.ts";
import { measureReport } from "./report/measure-report.ts";
import { reportGoalsTable, reportTable } from "./report/report-tables.ts";
import {
	keepActivityResults,
	keepEditorResults,
	keepExportResults,
	keepReportResults,
	keepResults,
	keepViewsResults,
	type Results,
	readActivityResults,
	readEditorResults,
	readExportResults,
	readReportResults,
	readResults,
	readViewsResults,
} from "./results.ts";
import { contendersTable, describeMachineInWords, formatRows, goalsTable, growthTable, hoverTable, limitsTable, toText } from "./tables.ts";
import { measureViews } from "./views/measure-views.ts";
import { viewsGoalsTable, viewsTable } from "./views/views-tables.ts";
import { writePage } from "./write-page.ts";

const USAGE = `npm run bench [-- OPTIONS]

Measures this program beside others, all in the same run and with the same counts.

  --rows LIST      sizes of the estates, such as 1M,10M,50M (default: 10M; 1M with --quick or less than 12 GB of memory);
                   the first is also the number of accesses for "activity" (default: 20M; 1M with --quick)
  --runs N         runs after the warm-up (default 5; 2 with --quick); what takes long runs less often
  --only LIST      contenders by name, * for any ending, such as cli-csv,duckdb*; also "limits", "editor",
                   "language-server", "views", "activity", "export" and "report"
  --lines LIST     lengths of the documents for "language-server" (default: 1000,10000,50000; 1000,10000 with --quick)
  --shuffled       also the CSV with its rows in no order
  --quick          fewer runs on a smaller estate
  --data FOLDER    where the estates are made (default: a folder of the system's temporary files, or USAGE_REPORT_BENCH_DATA)
  --keep           leave the estates there for the next run; 10 M rows in all forms take 4 GB
  --write          write docs/performance.md from this run, and from earlier ones with --write what this one left out
  --list           list the contenders`;

const root = join(import.meta.dirname, "..");
const cli = join(root, "dist", "cli.cjs");
const server = join(root, "dist", "server.cjs");
const resultsFolder = join(root, "out", "bench");
const say = (line: string) => console.log(line);

const SMALL_MACHINE_BYTES = 12e9;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			rows: { type: "string" },
			runs: { type: "string" },
			only: { type: "string" },
			lines: { type: "string" },
			shuffled: { type: "boolean", default: false },
			quick: { type: "boolean", default: false },
			data: { type: "string", default: process.env["USAGE_REPORT_BENCH_DATA"] ?? join(tmpdir(), "usage-report-bench-data") },
			keep: { type: "boolean", default: false },
			write: { type: "boolean", default: false },
			list: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return say(USAGE);
	if (values.list) {
		for (const { name, title } of listContenders(cli, "")) say(`${name.padEnd(20)} ${title}`);
		say(
			`${"limits".padEnd(20)} other limits on a loaded estate, beside DuckDB\n${"editor".padEnd(20)} hover while the language server loads\n${SERVERS.padEnd(20)} the language server beside yaml-language-server\n${VIEWS.padEnd(20)} the preview in the workbench, beside a page with all rows in the document\n${ACTIVITY.padEnd(20)} active users from single accesses, beside DuckDB and SQLite; also activity-csv and activity-sqlite alone\n${EXPORT.padEnd(20)} the preview's workbook, beside exceljs and hucre\n${REPORT.padEnd(20)} the report over a year of weekly logs of 10,000 servers, beside DuckDB and SQLite`,
		);
		return;
	}
	const small = values.quick || totalmem() < SMALL_MACHINE_BYTES;
	const sizes = (values.rows ?? (small ? "1M" : "10M")).split(",").map(readRows);
	const runs = Number(values.runs ?? (values.quick ? 2 : 5));
	const only = values.only?.split(",") ?? null;
	if (!existsSync(cli)) throw new Error("The command line is not built. Run npm run build first.");

	mkdirSync(values.data, { recursive: true });
	if (only === null || only.includes(VIEWS)) await measureAllViews(Math.max(3, runs), values.data, values.keep, values.write);
	if (only?.every((name) => name === VIEWS) !== true) installPeers(say);
	if (only === null || only.includes(SERVERS)) {
		const lines = (values.lines ?? (values.quick ? "1000,10000" : "1000,10000,50000")).split(",").map(readRows);
		await measureServers(lines, Math.max(2, runs * 3), join(values.data, "documents"), values.write);
	}
	const withoutEstates =
		only?.every((name) => name === SERVERS || name === VIEWS || name in ACTIVITY_FORMS || name === EXPORT || name === REPORT) === true;
	const activityForms = new Set((only ?? [ACTIVITY]).flatMap((name) => ACTIVITY_FORMS[name] ?? []));
	const withExport = only === null || only.includes(EXPORT);
	const withReport = only === null || only.includes(REPORT);
	const scripts = withoutEstates && activityForms.size === 0 && !withExport && !withReport ? "" : await bundleScripts();
	if (activityForms.size > 0) {
		const rows = readRows(values.rows?.split(",")[0] ?? (small ? "1M" : "20M"));
		await measureAllActivity(
			{ cli, scripts, dataFolder: values.data, keepsData: values.keep, rows, runs, forms: activityForms },
			values.write,
		);
	}
	if (withExport) await measureAllExports(values.quick ? [100_000] : EXPORT_SIZES, runs, scripts, values.data, values.write);
	if (withReport) await measureTheReport(values.quick ? 1000 : 10_000, runs, scripts, values.data, values.keep, values.write);
	const measured: Results[] = [];
	for (const rows of withoutEstates ? [] : sizes) {
		const results = await measureSize(rows, { runs, only, shuffled: values.shuffled, scripts, dataFolder: values.data });
		measured.push(results);
		printResults(results);
		if (values.write) keepResults(resultsFolder, results);
		if (!values.keep) rmSync(join(values.data, `estate-${rows}`), { recursive: true, force: true });
	}
	if (measured.length > 1) say(`\nGrowth\n${toText(growthTable(measured))}`);
	if (!withoutEstates) say(`\nGoals\n${toText(goalsTable(measured))}`);
	if (values.write) {
		const page = writePage(
			join(root, "docs", "performance.md"),
			readResults(resultsFolder),
			readEditorResults(resultsFolder),
			readViewsResults(resultsFolder),
			readActivityResults(resultsFolder),
			readExportResults(resultsFolder),
			readReportResults(resultsFolder),
		);
		say(`\nWrote ${page}`);
	}
}

/** The part that measures language servers. */
const SERVERS = "language-server";

async function measureServers(sizes: readonly number[], keystrokes: number, folder: string, isKept: boolean): Promise<void> {
	say("\nLanguage servers");
	const measured = await measureEditor(server, root, folder, { sizes, keystrokes }, say);
	rmSync(folder, { recursive: true, force: true });
	if (isKept) keepEditorResults(resultsFolder, measured);
	say(`\n${toText(editorTable(measured))}\n\nGoals\n${toText(editorGoalsTable(measured))}`);
}

/** The part that measures the webviews. */
const VIEWS = "views";

/** Rows of the estate whose preview is measured. */
const VIEWS_ROWS = 1_000_000;

async function measureAllViews(runs: number, dataFolder: string, keepsData: boolean, isKept: boolean): Promise<void> {
	if (findChromium() === null || !browserHostIsInstalled()) {
		return say("\nLeft out the views: a Chromium and the VS Code host of the tests are needed. npm test installs both.");
	}
	say("\nViews");
	const folder = await prepareData(dataFolder, VIEWS_ROWS, new Set<DataForm>(["csv"]), (line) => say(`  ${line}`));
	const measured = await measureViews(root, folder, INSTANCES["csv-all-columns"], { rows: VIEWS_ROWS, runs }, say);
	if (!keepsData) rmSync(folder, { recursive: true, force: true });
	if (isKept) keepViewsResults(resultsFolder, measured);
	say(`\n${toText(viewsTable(measured))}\n\nGoals\n${toText(viewsGoalsTable(measured))}`);
}

/** The part that measures accesses. */
const ACTIVITY = "activity";

/** The files that its parts read. */
const ACTIVITY_FORMS: Readonly<Record<string, readonly ActivityForm[]>> = {
	[ACTIVITY]: ["csv", "sqlite"],
	"activity-csv": ["csv"],
	"activity-sqlite": ["sqlite"],
};

async function measureAllActivity(plan: ActivityPlan, isKept: boolean): Promise<void> {
	say(`\n${formatRows(plan.rows)} accesses`);
	const measured = await measureActivity(plan, say);
	if (isKept) keepActivityResults(resultsFolder, measured);
	say(`\n${toText(activityTable(measured))}\n\nGoals\n${toText(activityGoalsTable(measured))}`);
}

/** The part that measures exports. */
const EXPORT = "export";

async function measureAllExports(
	sizes: readonly number[],
	runs: number,
	scripts: string,
	dataFolder: string,
	isKept: boolean,
): Promise<void> {
	say("\nExport to Excel");
	const measured = await measureExport({ scripts, dataFolder, sizes, runs }, say);
	if (isKept) keepExportResults(resultsFolder, measured);
	say(`\n${toText(exportTable(measured))}\n\nGoals\n${toText(exportGoalsTable(measured))}`);
}

/** The part that measures the report. */
const REPORT = "report";

async function measureTheReport(
	servers: number,
	runs: number,
	scripts: string,
	dataFolder: string,
	keepsData: boolean,
	isKept: boolean,
): Promise<void> {
	say(`\nThe report over ${servers.toLocaleString("en")} servers`);
	const measured = await measureReport({ cli, scripts, dataFolder, keepsData, servers, runs }, say);
	if (isKept) keepReportResults(resultsFolder, measured);
	say(`\n${toText(reportTable(measured))}\n\nGoals\n${toText(reportGoalsTable(measured))}`);
}

interface Plan {
	readonly runs: number;
	/** Names, also with a star at the end; null for everything. */
	readonly only: readonly string[] | null;
	readonly shuffled: boolean;
	readonly scripts: string;
	readonly dataFolder: string;
}

async function measureSize(rows: number, { runs, only, shuffled, scripts, dataFolder }: Plan): Promise<Results> {
	const wanted = (name: string) =>
		only === null || only.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one));
	const contenders = listContenders(cli, scripts).filter(
		({ name, maxRows, optional }) => wanted(name) && rows <= maxRows && (!optional || shuffled || only?.includes(name)),
	);
	const forms = new Set<DataForm>(contenders.map(({ form }) => form));
	if (wanted("limits") || wanted("editor")) forms.add("csv");
	say(`\n${formatRows(rows)} rows`);
	const folder = await prepareData(dataFolder, rows, forms, (line) => say(`  ${line}`));
	const compared = await compare(contenders, folder, runs, say);
	const csv = join(folder, "installs.csv");
	return {
		rows,
		csvBytes: existsSync(csv) ? statSync(csv).size : null,
		machine: describeMachine(),
		...compared,
		limits: wanted("limits") && rows <= MAX_LIMITS_ROWS ? await measureLimits(scripts, folder) : null,
		hover: wanted("editor") ? await measureHover(server, folder, INSTANCES["csv-all-columns"]) : null,
	};
}

/** DuckDB's table in memory and the loaded estate share one process. */
const MAX_LIMITS_ROWS = 10_000_000;

async function measureLimits(scripts: string, folder: string): Promise<LimitsMeasured> {
	const outFile = join(folder, "limits.json");
	await runProcess([join(scripts, "limits.mjs"), folder, outFile], folder);
	return JSON.parse(await readFile(outFile, "utf8")) as LimitsMeasured;
}

function printResults(results: Results): void {
	say(`\n${formatRows(results.rows)} rows; ${describeMachineInWords(results.machine)}`);
	if (results.checksum !== null) say(`Equal counts per product and outcome from all (${results.checksum}).`);
	if (results.measured.length > 0) say(`\n${toText(contendersTable(results))}`);
	if (results.limits !== null) say(`\nOther limits\n${toText(limitsTable([results]))}`);
	if (results.hover !== null) say(`\nHover while an estate loads\n${toText(hoverTable([results]))}`);
	for (const { name, reason } of results.leftOut) say(`\nLeft out ${name}: ${reason}`);
}

/** A number of rows such as 1M, 500k or 1000. */
function readRows(text: string): number {
	const match = /^(\d+(?:\.\d+)?)\s*([kM]?)$/.exec(text.trim());
	const rows = match === null ? 0 : Math.round(Number(match[1]) * { k: 1e3, M: 1e6, "": 1 }[match[2] as "k" | "M" | ""]);
	if (rows < 1) throw new Error(`"${text}" is not a number of rows such as 1M or 500k.`);
	return rows;
}

await main();
