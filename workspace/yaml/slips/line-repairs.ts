import { t } from "../../../core/texts/translate.ts";
import { splitLine } from "../caret/scan-lines.ts";
import { contentOf, indentOf, type TextLine } from "../text-lines.ts";
import { bracketRepairs } from "./bracket-repairs.ts";
import { dashColumnsAround, indentRepairs } from "./indent-repairs.ts";
import { type LineRepair, makeRepair } from "./line-repair.ts";

/** The ways in which a line may have slipped, the most telling first: what it lacks itself, then its column, then a dash. */
export function repairsOf(lines: readonly TextLine[], at: number): readonly LineRepair[] {
	const line = lines[at]!;
	if (contentOf(line) === "") return [];
	return [
		...dashSpaceRepairs(line, at),
		...colonRepairs(line, at),
		...bracketRepairs(line, at),
		...twoKeysRepairs(line, at),
		...indentRepairs(lines, at),
		...missingDashRepairs(lines, at),
	];
}

/** `-name: x`. */
function dashSpaceRepairs(line: TextLine, at: number): readonly LineRepair[] {
	const match = /^(\s*(?:- +)*-)(?=[^\s\d.-])/.exec(line.text);
	if (match === null) return [];
	const end = match[1]!.length;
	const message = t("A space is missing after the dash. Write `- ` before each entry of a list.");
	const newText = `${line.text.slice(0, end)} ${line.text.slice(end)}`;
	return [makeRepair(line, at, newText, "yaml/missing-char", message, [end - 1, line.text.trimEnd().length])];
}

/** `name`, `name x`, `name:x`, `name; x` and `name = x`. */
function colonRepairs(line: TextLine, at: number): readonly LineRepair[] {
	const { column, key } = splitLine(line.text);
	// In `columns { device: x }` the first colon stands inside the braces.
	if (key !== null && !/^[\w-]+\s*[[{]/.test(key.text)) return [];
	const rest = line.text.slice(column);
	const match = /^([A-Za-z_][\w-]*)(\s*[;=]|:(?=\S)|(?=\s|$))\s*(.*)$/.exec(rest);
	if (match === null) return [];
	const [, word, sign, value] = match as unknown as [string, string, string, string];
	const written = value === "" || value.startsWith("#") ? `${word}: ${value}`.trimEnd() : `${word}: ${value}`;
	const message =
		sign === ":"
			? t`A space is missing after \`${word}:\`. Write \`${word}: …\`.`
			: sign.trim() === ""
				? t`A colon is missing after \`${word}\`. Write \`${word}: …\`, or indent the line if it continues the text above.`
				: t`After \`${word}\` stands \`${sign.trim()}\` in place of a colon. Write \`${word}: …\`.`;
	const newText = line.text.slice(0, column) + written;
	return [makeRepair(line, at, newText, "yaml/missing-char", message, [column, column + contentOf({ ...line, text: rest }).length])];
}

/** `client: Wexcombe: London`. */
function twoKeysRepairs(line: TextLine, at: number): readonly LineRepair[] {
	const { key, valueColumn } = splitLine(line.text);
	const value = line.text.slice(valueColumn).trimEnd();
	if (key === null || !hasSecondKey(value)) return [];
	const message = t("This line has two keys. Put the second on a line of its own, or the text with the colon in quotes.");
	const newText = line.text.slice(0, valueColumn) + JSON.stringify(value);
	return [makeRepair(line, at, newText, "yaml/block-as-implicit-key", message, [valueColumn, valueColumn + value.length])];
}

/** Whether a colon that makes a key stands in a value that is not in quotes or brackets. */
export function hasSecondKey(value: string): boolean {
	return /^[^"'[{#]/.test(value) && /:(\s|$)/.test(value.replace(/\s#.*$/, ""));
}

/** `name: x` where other entries of the list begin with a dash. */
function missingDashRepairs(lines: readonly TextLine[], at: number): readonly LineRepair[] {
	const line = lines[at]!;
	const indent = indentOf(line);
	const content = line.text.slice(indent);
	const isEntry = splitLine(line.text).key !== null || content.startsWith("{");
	const isListFile = lines.find((each) => contentOf(each) !== "")?.text.startsWith("-") === true;
	if (content.startsWith("-") || !isEntry || isListFile) return [];
	const columns = [indent, ...dashColumnsAround(lines, at).filter((column) => column < indent)].slice(0, 3);
	const message = t("A dash is missing before this. Begin each entry of a list with `- `.");
	return columns.map((column) =>
		makeRepair(line, at, `${" ".repeat(column)}- ${content}`, "yaml/missing-char", message, [indent, line.text.trimEnd().length]),
	);
}
