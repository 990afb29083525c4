import type { Position, Range } from "vscode-languageserver-protocol";
import { indexLines, type LineIndex } from "../workspace/yaml/line-index.ts";
import type { OffsetRange } from "../workspace/yaml/parse-config.ts";

/** What a position's `character` counts: UTF-16 code units, or bytes of UTF-8 where the client prefers them. */
export type PositionEncoding = "utf-16" | "utf-8";

/** Turns offsets of one text, which count UTF-16 code units, into the protocol's positions and back. */
export interface TextPositions {
	positionAt(offset: number): Position;
	/** A position beyond the end of its line or text is taken as that end. */
	offsetAt(position: Position): number;
	rangeOf(range: OffsetRange): Range;
}

/**
 * The positions of a text in one encoding.
 * @param lines where its lines begin, when that is known already.
 */
export function createTextPositions(text: string, encoding: PositionEncoding, lines: LineIndex = indexLines(text)): TextPositions {
	const positionAt = (offset: number): Position => {
		const at = Math.max(0, Math.min(offset, text.length));
		const { line, start } = lines.lineAt(at);
		const end = beforeLineBreak(text, start, at);
		return { line, character: encoding === "utf-16" ? end - start : utf8LengthOf(text, start, end) };
	};
	return {
		positionAt,
		offsetAt({ line, character }) {
			if (line < 0) return 0;
			const start = lines.startOf(line);
			if (start === null) return text.length;
			const next = lines.startOf(line + 1);
			const end = beforeLineBreak(text, start, next ?? text.length);
			if (encoding === "utf-16") return Math.max(start, Math.min(start + character, end));
			return advanceUtf8(text, start, end, character);
		},
		rangeOf: (range) => ({ start: positionAt(range.start), end: positionAt(range.end) }),
	};
}

/** An offset of a line, or the end of the line's content when it is behind that. */
function beforeLineBreak(text: string, lineStart: number, offset: number): number {
	let end = offset;
	while (end > lineStart && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
	return end;
}

function utf8LengthOf(text: string, start: number, end: number): number {
	let bytes = 0;
	for (let offset = start; offset < end; ) {
		const codePoint = text.codePointAt(offset) ?? 0;
		bytes += utf8Width(codePoint);
		offset += codePoint > 0xffff ? 2 : 1;
	}
	return bytes;
}

function advanceUtf8(text: string, start: number, end: number, bytes: number): number {
	let offset = start;
	for (let left = bytes; left > 0 && offset < end; ) {
		const codePoint = text.codePointAt(offset) ?? 0;
		left -= utf8Width(codePoint);
		offset += codePoint > 0xffff ? 2 : 1;
	}
	return Math.min(offset, end);
}

function utf8Width(codePoint: number): number {
	return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
