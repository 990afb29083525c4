import { isBlank, splitLine } from "./caret/scan-lines.ts";

/** One line of a text, without its line break. */
export interface TextLine {
	/** Offset of its first character; a byte-order mark belongs to no line. */
	readonly start: number;
	readonly text: string;
}

/** The lines of a text. */
export function linesOf(text: string): readonly TextLine[] {
	const lines: TextLine[] = [];
	let start = text.startsWith("\uFEFF") ? 1 : 0;
	for (;;) {
		const newline = text.indexOf("\n", start);
		const line = text.slice(start, newline < 0 ? text.length : newline);
		lines.push({ start, text: line.endsWith("\r") ? line.slice(0, -1) : line });
		if (newline < 0) return lines;
		start = newline + 1;
	}
}

/** Index of the line that an offset is in; the line break belongs to the line that it ends. */
export function lineIndexAt(lines: readonly TextLine[], offset: number): number {
	let low = 0;
	let high = lines.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (lines[middle]!.start <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Index of the nearest line with content above (-1) or below (1) another; null when there is none. */
export function neighbourOf(lines: readonly TextLine[], index: number, step: -1 | 1): number | null {
	for (let at = index + step; at >= 0 && at < lines.length; at += step) if (!isBlank(lines[at]!.text)) return at;
	return null;
}

/** Spaces and tabs that a line begins with. */
export function indentOf(line: TextLine): number {
	return /^[ \t]*/.exec(line.text)![0].length;
}

/** Whether a line begins a key of the file itself. */
export function beginsRootKey(line: TextLine): boolean {
	const parts = splitLine(line.text);
	return parts.column === 0 && parts.key !== null;
}

/** What a line says, without its comment and the space around it. */
export function contentOf(line: TextLine): string {
	return line.text.replace(/(^|\s)#[^"']*$/, "").trim();
}
