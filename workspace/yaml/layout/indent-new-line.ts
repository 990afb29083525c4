import { scanFlow } from "../caret/scan-flow.ts";
import { isBlank, scanLinesBefore, splitLine } from "../caret/scan-lines.ts";
import { endOfLine, startOfLine } from "../edits/node-site.ts";
import { linesOf } from "../text-lines.ts";

/**
 * The column in which an empty line goes on after the line above it, as one has just pressed Enter there; null where that cannot be told: after another
 * empty line, or when there is something on the line already.
 *
 * | the line above              | the new line begins                         |
 * |-----------------------------|---------------------------------------------|
 * | `key:`, `- key:`            | one step right of the key                   |
 * | `key: value`, `- key: value` | below the key                              |
 * | `- value`                   | below the dash                              |
 * | `-`                         | two columns right of the dash               |
 * | opens brackets              | one step right of the line with the bracket |
 * | goes on in brackets, in a text begun with a bar or in quotes, or is a comment | as that line |
 *
 * @param offset within the empty line.
 */
export function columnOfNewLine(text: string, offset: number, indentStep: number): number | null {
	const lineStart = startOfLine(offset, text);
	if (lineStart < 2 || text.slice(lineStart, endOfLine(lineStart, text)).trim() !== "") return null;
	const aboveStart = startOfLine(lineStart - 1, text);
	const above = text.slice(aboveStart, endOfLine(aboveStart, text));
	if (above.trim() === "") return null;
	const indent = above.length - above.trimStart().length;
	const before = scanLinesBefore(text, aboveStart);
	const after = scanLinesBefore(text, lineStart);
	if (before.inText) return after.inText ? indent : (after.levels.at(-1)?.column ?? indent);
	if (after.openFlowAt !== null) {
		const opened = scanFlow(text, after.openFlowAt, lineStart).levels.length;
		const wasOpen = before.openFlowAt === null ? 0 : scanFlow(text, before.openFlowAt, aboveStart).levels.length;
		return opened > wasOpen ? columnOfContent(above) + indentStep : indent;
	}
	// Brackets that are never closed end where a key begins.
	const isClosed = before.openFlowAt !== null && scanFlow(text, before.openFlowAt, lineStart).levels.length === 0;
	if (isClosed) return after.levels.at(-1)?.column ?? indent;
	if (isBlank(above)) return indent;
	const { dashes, column, key, valueColumn } = splitLine(above);
	const value = above.slice(valueColumn).replace(/^([&!]\S*(\s+|$))+/, "");
	if (key !== null) return isBlank(value) || after.inText ? column + indentStep : column;
	const dash = dashes.at(-1);
	if (dash === undefined) return indent;
	return isBlank(value) ? dash + 2 : dash;
}

/** Columns from a key to the keys below it, by the first example in a text that may be broken; null when there is none. */
export function stepOfLines(text: string): number | null {
	let outer: number | null = null;
	for (const line of linesOf(text)) {
		if (isBlank(line.text)) continue;
		const { dashes, column, key, valueColumn } = splitLine(line.text);
		if (outer !== null && dashes.length === 0 && key !== null && column > outer) return column - outer;
		outer = key !== null && isBlank(line.text.slice(valueColumn)) ? column : null;
	}
	return null;
}

/** Column of what follows the dashes. */
function columnOfContent(line: string): number {
	return splitLine(line).column;
}
