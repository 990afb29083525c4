import type { Position, Range } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
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

/** The positions of a text in one encoding. */
export function createTextPositions(text: string, encoding: PositionEncoding): TextPositions {
	const document = TextDocument.create("", "", 0, text);
	const positionAt = (offset: number): Position => {
		const position = document.positionAt(offset);
		if (encoding === "utf-16") return position;
		const lineStart = document.offsetAt({ line: position.line, character: 0 });
		return { line: position.line, character: utf8LengthOf(text, lineStart, lineStart + position.character) };
	};
	return {
		positionAt,
		offsetAt(position) {
			if (encoding === "utf-16") return document.offsetAt(position);
			const lineStart = document.offsetAt({ line: position.line, character: 0 });
			const lineEnd = document.offsetAt({ line: position.line, character: text.length });
			return advanceUtf8(text, lineStart, lineEnd, position.character);
		},
		rangeOf: (range) => ({ start: positionAt(range.start), end: positionAt(range.end) }),
	};
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
