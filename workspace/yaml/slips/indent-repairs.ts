import { t } from "../../../core/texts/translate.ts";
import { splitLine } from "../caret/scan-lines.ts";
import { contentOf, indentOf, neighbourOf, type TextLine } from "../text-lines.ts";
import type { LineRepair } from "./line-repair.ts";

/** Lines above that are looked at for the columns in which something may begin. */
const LINES_ABOVE = 15;
/** Columns that are tried for one line, the nearest first. */
const MAX_COLUMNS = 4;

/** A column in which a line might begin, and the line that begins there already. */
interface ColumnChoice {
	readonly column: number;
	/** Null where only the line above, which has no value yet, suggests the column. */
	readonly like: number | null;
	/** Whether it is the text behind the dash of that line that begins there. */
	readonly behindDash: boolean;
}

/** The ways to begin a line in another column, one in which a line around it begins. */
export function indentRepairs(lines: readonly TextLine[], at: number): readonly LineRepair[] {
	const line = lines[at]!;
	const indent = indentOf(line);
	const tabs = line.text.slice(0, indent).indexOf("\t");
	const content = line.text.slice(indent);
	return columnsAround(lines, at, tabs < 0 ? indent : indent * 2)
		.filter(({ column }) => tabs >= 0 || column !== indent)
		.slice(0, MAX_COLUMNS + (tabs < 0 ? 0 : 1))
		.map((choice) => {
			const start = line.start + (tabs < 0 ? indent : tabs);
			const tabCount = /^\t+/.exec(line.text.slice(Math.max(0, tabs)))?.[0].length ?? 1;
			const message = tabs < 0 ? wordsFor(lines, at, indent, choice) : t("This line is indented with a tab. Use spaces.");
			return {
				line: at,
				newText: " ".repeat(choice.column) + content,
				problem: {
					code: tabs < 0 ? "yaml/bad-indent" : "yaml/tab-as-indent",
					severity: "error",
					message,
					range: { start, end: tabs < 0 ? line.start + line.text.trimEnd().length : start + tabCount },
				},
			};
		});
}

/** The columns of the dashes of lists around a line, those of the nearest lines first. */
export function dashColumnsAround(lines: readonly TextLine[], at: number): readonly number[] {
	return [...new Set(linesAround(lines, at).flatMap((index) => splitLine(lines[index]!.text).dashes))];
}

function wordsFor(lines: readonly TextLine[], at: number, indent: number, { column, like, behindDash }: ColumnChoice): string {
	if (neighbourOf(lines, at, -1) === null && column < indent)
		return t("This line is indented further than the lines below. Begin them in the same column.");
	if (like === null) {
		const above = neighbourOf(lines, at, -1) ?? at;
		return t`Line ${at + 1} belongs below line ${above + 1}. Indent it further than that line.`;
	}
	const place = behindDash ? t`the text behind the dash in line ${like + 1}` : t`line ${like + 1}`;
	return column < indent
		? t`Line ${at + 1} is indented further than ${place}. Begin both in the same column.`
		: t`Line ${at + 1} is indented less than ${place}. Begin both in the same column.`;
}

function columnsAround(lines: readonly TextLine[], at: number, indent: number): readonly ColumnChoice[] {
	const found = new Map<number, ColumnChoice>();
	const add = (choice: ColumnChoice): void => {
		if (!found.has(choice.column)) found.set(choice.column, choice);
	};
	for (const index of linesAround(lines, at)) {
		const parts = splitLine(lines[index]!.text);
		const own = indentOf(lines[index]!);
		if (lines[index]!.text.slice(0, own).includes("\t")) continue;
		add({ column: own, like: index, behindDash: false });
		if (parts.column !== own) add({ column: parts.column, like: index, behindDash: true });
	}
	const above = neighbourOf(lines, at, -1);
	if (above !== null && contentOf(lines[above]!).endsWith(":"))
		add({ column: splitLine(lines[above]!.text).column + 2, like: null, behindDash: false });
	return [...found.values()].sort((left, right) => Math.abs(left.column - indent) - Math.abs(right.column - indent));
}

/** The lines with content near a line, nearest first. */
function linesAround(lines: readonly TextLine[], at: number): readonly number[] {
	const found: number[] = [];
	let above = neighbourOf(lines, at, -1);
	for (let count = 0; above !== null && count < LINES_ABOVE; count++) {
		found.push(above);
		above = neighbourOf(lines, above, -1);
	}
	const below = neighbourOf(lines, at, 1);
	if (below !== null) found.splice(1, 0, below);
	const next = below === null ? null : neighbourOf(lines, below, 1);
	return next === null ? found : [...found, next];
}
