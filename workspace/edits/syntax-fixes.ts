import { t } from "../../core/texts/translate.ts";
import type { PlacedProblem, TextFix } from "../workspace-file.ts";
import { type ParsedConfig, parseConfig } from "../yaml/parse-config.ts";
import { repairsOf } from "../yaml/slips/line-repairs.ts";
import { lineIndexAt, linesOf, type TextLine } from "../yaml/text-lines.ts";
import { applyEdits } from "./carry-out-fix.ts";

/** More of a line would not fit into a menu. */
const MAX_SHOWN = 60;

/**
 * The repair of a fault of the text itself, such as a lost colon or quote; none for any other problem. What is offered was tried: with it the text
 * has fewer faults. It is worked out when somebody asks, since that takes further parses.
 *
 * | fault                                              | repair                          |
 * |----------------------------------------------------|---------------------------------|
 * | a slip of the line: dash, colon, bracket, column … | the line as it was probably meant |
 * | a text that begins like an alias or other sign     | the text in quotes              |
 * | a backslash in double quotes                       | single quotes                   |
 * | a key that stands twice, on lines of its own       | the lines of the second removed; which one is right, a person has to say |
 */
export function listSyntaxFixes(parsed: ParsedConfig, { problem, range }: PlacedProblem): readonly TextFix[] {
	if (!problem.code.startsWith("yaml/")) return [];
	const lines = linesOf(parsed.text);
	const index = lineIndexAt(lines, range.start);
	const line = lines[index]!;
	const column = range.start - line.start;
	const slips = repairsOf(lines, index)
		.filter((repair) => repair.problem.message === problem.message)
		.map(({ newText }) => fixOf(line, newText));
	const quoted = (QUOTE.has(problem.code) ? [quoteFrom(line.text, column)] : []).map((newText) =>
		fixOf(line, newText, t("Put it in quotes")),
	);
	const single = (problem.code === "yaml/bad-dq-escape" ? [singleQuotesAt(line.text, column)] : []).flatMap((newText) =>
		newText === null ? [] : [fixOf(line, newText, t("Use single quotes"))],
	);
	const removed =
		problem.code === "yaml/duplicate-key" ? removalOfKey(lines, index, parsed.text.slice(range.start, range.end), column) : [];
	const tried = [...slips, ...quoted, ...single, ...removed].map((fix) => ({ fix, faults: faultsWith(parsed, fix) }));
	const helpful = tried.filter(({ faults }) => faults < parsed.problems.length).sort((left, right) => left.faults - right.faults);
	return helpful.slice(0, 1).map(({ fix }) => fix);
}

/** Faults after which the text only lacks its quotes. */
const QUOTE: ReadonlySet<string> = new Set(["yaml/bad-scalar-start", "yaml/unresolved-alias", "yaml/bad-alias"]);

function faultsWith(parsed: ParsedConfig, { edits }: TextFix): number {
	return parseConfig(applyEdits(parsed.text, edits), parsed).problems.length;
}

/** Without a key and all that belongs to it; none for a key that shares its line with something before it. */
function removalOfKey(lines: readonly TextLine[], index: number, key: string, column: number): readonly TextFix[] {
	const line = lines[index]!;
	if (line.text.slice(0, column).trim() !== "") return [];
	const hasNoValue = /:\s*(#.*)?$/.test(line.text);
	let last = index;
	for (let at = index + 1; at < lines.length; at++) {
		const { text } = lines[at]!;
		if (/^\s*(#|$)/.test(text)) continue;
		const indent = text.length - text.trimStart().length;
		if (indent < column || (indent === column && !(hasNoValue && /^\s*-(\s|$)/.test(text)))) break;
		last = at;
	}
	const next = lines[last + 1];
	const before = lines[index - 1];
	const end = lines[last]!.start + lines[last]!.text.length;
	// At the end of the text it is the line break before that goes.
	const range =
		next !== undefined
			? { start: line.start, end: next.start }
			: { start: before === undefined ? line.start : before.start + before.text.length, end };
	return [{ title: t`Remove this second \`${key}\``, preferred: false, edits: [{ range, newText: "" }] }];
}

/** Changes only what differs, so that the caret stays where it is. */
function fixOf(line: TextLine, newText: string, title = titleOf(line.text, newText)): TextFix {
	const old = line.text;
	const shortest = Math.min(old.length, newText.length);
	let prefix = 0;
	while (prefix < shortest && old[prefix] === newText[prefix]) prefix++;
	let suffix = 0;
	while (suffix < shortest - prefix && old.at(-1 - suffix) === newText.at(-1 - suffix)) suffix++;
	const range = { start: line.start + prefix, end: line.start + old.length - suffix };
	return { title, preferred: true, edits: [{ range, newText: newText.slice(prefix, newText.length - suffix) }] };
}

function titleOf(old: string, newText: string): string {
	const content = newText.trim();
	if (content !== old.trim()) return t`Write \`${content.length > MAX_SHOWN ? `${content.slice(0, MAX_SHOWN)}…` : content}\``;
	const indent = newText.length - newText.trimStart().length;
	return indent === 0
		? t("Begin this line in the first column")
		: indent === 1
			? t`Indent this line by ${indent} space`
			: t`Indent this line by ${indent} spaces`;
}

/** A line whose value, from a column on, is in quotes: up to the next sign of a bracketed list, or to the end or the comment. */
function quoteFrom(line: string, column: number): string {
	const isInBrackets = /[[{]/.test(line.slice(0, column));
	const rest = line.slice(column);
	const value = (isInBrackets ? /^[^,\]}]*/ : /^.*?(?=\s+#|$)/).exec(rest)![0].trimEnd();
	return line.slice(0, column) + JSON.stringify(value) + rest.slice(value.length);
}

/** A line whose text in double quotes around a column is in single ones; null when there is none. */
function singleQuotesAt(line: string, column: number): string | null {
	for (const { 0: quoted, index } of line.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
		if (index > column || index + quoted.length <= column) continue;
		return `${line.slice(0, index)}'${quoted.slice(1, -1).replaceAll("'", "''")}'${line.slice(index + quoted.length)}`;
	}
	return null;
}
