import type { ConfigFix } from "../../core/problems.ts";
import { editsForFix, type TextEdit } from "../yaml/edits/edit-config.ts";
import { type ParsedConfig, parseConfig } from "../yaml/parse-config.ts";

/**
 * The edits of a fix with all its further steps, on the file as it is now: none overlaps another. Empty when the fix, or a step of it,
 * does not fit the file; half a repair is none.
 */
export function carryOutFix(parsed: ParsedConfig, fix: ConfigFix): readonly TextEdit[] {
	const { further = [], ...first } = fix;
	const edits = editsForFix(parsed, first);
	if (further.length === 0 || edits.length === 0) return edits;
	let text = applyEdits(parsed.text, edits);
	for (const step of further) {
		const stepEdits = carryOutFix(parseConfig(text), step);
		if (stepEdits.length === 0) return [];
		text = applyEdits(text, stepEdits);
	}
	return [differenceOf(parsed.text, text)];
}

/** A text after edits that do not overlap; of several insertions at one place, the first comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
	const inOrder = edits.toSorted((left, right) => left.range.start - right.range.start);
	let edited = "";
	let end = 0;
	for (const { range, newText } of inOrder) {
		edited += text.slice(end, range.start) + newText;
		end = range.end;
	}
	return edited + text.slice(end);
}

/** The one edit that turns a text into another, by whole lines, so that no character and no line break is cut in half. */
export function differenceOf(before: string, after: string): TextEdit {
	const lines = before.split(/(?<=\n)/);
	const newLines = after.split(/(?<=\n)/);
	const shorter = Math.min(lines.length, newLines.length);
	let head = 0;
	while (head < shorter && lines[head] === newLines[head]) head++;
	let tail = 0;
	while (tail < shorter - head && lines.at(-1 - tail) === newLines.at(-1 - tail)) tail++;
	const start = lengthOf(lines.slice(0, head));
	return {
		range: { start, end: before.length - lengthOf(lines.slice(lines.length - tail)) },
		newText: newLines.slice(head, newLines.length - tail).join(""),
	};
}

function lengthOf(lines: readonly string[]): number {
	return lines.reduce((sum, line) => sum + line.length, 0);
}
