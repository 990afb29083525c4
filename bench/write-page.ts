import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { activityGoalsTable, activityTable } from "./activity/activity-tables.ts";
import type { ActivityMeasured } from "./activity/measure-activity.ts";
import { editorGoalsTable, editorTable } from "./editor/editor-tables.ts";
import type { EditorMeasured } from "./editor/measure-editor.ts";
import { exportGoalsTable, exportTable } from "./export/export-tables.ts";
import type { ExportMeasured } from "./export/measure-export.ts";
import type { Machine } from "./measure/machine.ts";
import type { ReportMeasured } from "./report/measure-report.ts";
import { reportGoalsTable, reportTable } from "./report/report-tables.ts";
import type { Results } from "./results.ts";
import {
	contendersTable,
	describeMachineInWords,
	formatRows,
	goalsTable,
	growthTable,
	hoverTable,
	limitsTable,
	type Table,
	toMarkdown,
} from "./tables.ts";
import type { ViewsMeasured } from "./views/measure-views.ts";
import { viewsGoalsTable, viewsTable } from "./views/views-tables.ts";

const BEGIN = "<!-- figures: written by npm run bench -- --write -->";
const END = "<!-- end of figures -->";

/** Puts the figures into their place in the page; the rest of it is for people to write. Answers the file's name. */
export function writePage(
	file: string,
	all: readonly Results[],
	editor: EditorMeasured | null,
	views: ViewsMeasured | null,
	activity: ActivityMeasured | null,
	exported: ExportMeasured | null,
	report: ReportMeasured | null,
): string {
	const page = existsSync(file) ? readFileSync(file, "utf8") : `# Performance\n\n${BEGIN}\n${END}\n`;
	const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`${file} has no place for figures: the lines "${BEGIN}" and "${END}".`);
	writeFileSync(
		file,
		`${page.slice(0, from + BEGIN.length)}\n\n${figures(all, editor, views, activity, exported, report)}\n\n${page.slice(to)}`,
	);
	return file;
}

function figures(
	all: readonly Results[],
	editor: EditorMeasured | null,
	views: ViewsMeasured | null,
	activity: ActivityMeasured | null,
	exported: ExportMeasured | null,
	report: ReportMeasured | null,
): string {
	const machines = [...new Set(all.map(({ machine }) => describeMachineInWords(machine)))];
	return [
		`Measured on ${machines.join(" And on ")}`,
		...section("Goals", goalsTable(all)),
		...all.flatMap((results) => section(`${formatRows(results.rows)} rows${sizeOf(results)}`, contendersTable(results))),
		...section("Growth", growthTable(all)),
		...section("Other limits on a loaded estate", limitsTable(all)),
		...section("Hover while an estate loads", hoverTable(all)),
		...(editor === null ? [] : editorFigures(editor)),
		...(views === null ? [] : viewsFigures(views)),
		...(activity === null ? [] : activityFigures(activity)),
		...(exported === null ? [] : exportFigures(exported)),
		...(report === null ? [] : reportFigures(report)),
	].join("\n\n");
}

function editorFigures(editor: EditorMeasured): readonly string[] {
	const machine = `Measured on ${describeMachineInWords(editor.machine)} yaml-language-server waits ${editor.theirWaitMs} ms after a change before it validates; they are not in its times.`;
	const [goals, ...rest] = section("Language server: goals", editorGoalsTable(editor));
	return goals === undefined
		? []
		: [goals, machine, ...rest, ...section("Language server beside yaml-language-server", editorTable(editor))];
}

function viewsFigures(views: ViewsMeasured): readonly string[] {
	return goalsAndTable(
		views.machine,
		section("Views: goals", viewsGoalsTable(views)),
		section("Views beside a page that puts all rows into the document", viewsTable(views)),
	);
}

function activityFigures(activity: ActivityMeasured): readonly string[] {
	const size = `${formatRows(activity.rows)} accesses, ${Math.round(activity.csvBytes / 1e6).toLocaleString("en")} MB of CSV`;
	return goalsAndTable(
		activity.machine,
		section("Active users from single accesses: goals", activityGoalsTable(activity)),
		section(`Active users from ${size}`, activityTable(activity)),
	);
}

function exportFigures(exported: ExportMeasured): readonly string[] {
	return goalsAndTable(
		exported.machine,
		section("Export to Excel: goals", exportGoalsTable(exported)),
		section("Export of ten columns to Excel", exportTable(exported)),
	);
}

function reportFigures(report: ReportMeasured): readonly string[] {
	return goalsAndTable(
		report.machine,
		section("The usage report: goals", reportGoalsTable(report)),
		section(`The usage report over 52 weeks of ${report.servers.toLocaleString("en")} servers`, reportTable(report)),
	);
}

/** The goals with the machine between their heading and their table, then what was measured. */
function goalsAndTable(machine: Machine, [heading, table]: readonly string[], measured: readonly string[]): readonly string[] {
	return [heading ?? "", `Measured on ${describeMachineInWords(machine)}`, table ?? "", ...measured];
}

function section(title: string, table: Table): readonly string[] {
	return table.rows.length === 0 ? [] : [`### ${title}`, toMarkdown(table)];
}

function sizeOf({ csvBytes }: Results): string {
	return csvBytes === null ? "" : `, ${Math.round(csvBytes / 1e6).toLocaleString("en")} MB of CSV`;
}
