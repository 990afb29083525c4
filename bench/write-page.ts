import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { editorGoalsTable, editorTable } from "./editor/editor-tables.ts";
import type { EditorMeasured } from "./editor/measure-editor.ts";
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
export function writePage(file: string, all: readonly Results[], editor: EditorMeasured | null, views: ViewsMeasured | null): string {
	const page = existsSync(file) ? readFileSync(file, "utf8") : `# Performance\n\n${BEGIN}\n${END}\n`;
	const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`${file} has no place for figures: the lines "${BEGIN}" and "${END}".`);
	writeFileSync(file, `${page.slice(0, from + BEGIN.length)}\n\n${figures(all, editor, views)}\n\n${page.slice(to)}`);
	return file;
}

function figures(all: readonly Results[], editor: EditorMeasured | null, views: ViewsMeasured | null): string {
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
	const [goals, table] = section("Views: goals", viewsGoalsTable(views));
	return [
		goals ?? "",
		`Measured on ${describeMachineInWords(views.machine)}`,
		table ?? "",
		...section("Views beside a page that puts all rows into the document", viewsTable(views)),
	];
}

function section(title: string, table: Table): readonly string[] {
	return table.rows.length === 0 ? [] : [`### ${title}`, toMarkdown(table)];
}

function sizeOf({ csvBytes }: Results): string {
	return csvBytes === null ? "" : `, ${Math.round(csvBytes / 1e6).toLocaleString("en")} MB of CSV`;
}
