import { type ChunkList, chunkIndexAt } from "./chunks/chunk-list.ts";
import type { Chunk } from "./chunks/parse-chunk.ts";

/** Where the lines of a text begin, as editors count them: a line ends with a line feed, a carriage return, or both. */
export interface LineIndex {
	/** The line, from 0, that an offset is in, and where it begins; a line break belongs to the line that it ends. */
	lineAt(offset: number): { readonly line: number; readonly start: number };
	/** Where a line begins; null behind the last one. */
	startOf(line: number): number | null;
}

/** The lines of pieces, relative to them, as they were found once for all versions that have them. */
export type KnownLines = WeakMap<Chunk, readonly number[]>;

/** The lines of a text. */
export function indexLines(text: string): LineIndex {
	let starts: readonly number[] | null = null;
	const all = () => {
		starts ??= lineStartsOf(text);
		return starts;
	};
	return {
		lineAt(offset) {
			const line = lastAtMost(all(), offset);
			return { line, start: all()[line]! };
		},
		startOf: (line) => all()[line] ?? null,
	};
}

/** The lines of a text in pieces; what it costs depends on their number, not on that of the lines. */
export function indexChunkLines(list: ChunkList, known: KnownLines): LineIndex {
	const { chunks, starts, text } = list;
	let first: readonly number[] | null = null;
	const linesOf = (index: number): readonly number[] => {
		const chunk = chunks[index]!;
		let lines = known.get(chunk);
		if (lines === undefined) {
			lines = lineStartsOf(chunk.text);
			known.set(chunk, lines);
		}
		return lines;
	};
	/** The number of the first line of each piece; the line break at the end of a piece begins the first line of the next. */
	const firstLines = (): readonly number[] => {
		if (first !== null) return first;
		const numbers: number[] = [];
		let line = 0;
		for (let index = 0; index < chunks.length; index++) {
			numbers.push(line);
			line += linesOf(index).length - 1;
		}
		first = numbers;
		return numbers;
	};
	return {
		lineAt(offset) {
			const index = chunkIndexAt(list, offset);
			const lines = linesOf(index);
			const line = lastAtMost(lines, offset - starts[index]!);
			return { line: firstLines()[index]! + line, start: starts[index]! + lines[line]! };
		},
		startOf(line) {
			if (line < 0) return null;
			const index = lastAtMost(firstLines(), line);
			const start = linesOf(index)[line - firstLines()[index]!];
			return start === undefined || starts[index]! + start > text.length ? null : starts[index]! + start;
		},
	};
}

/** The first is 0, and there is one behind a line break at the end. */
function lineStartsOf(text: string): readonly number[] {
	const starts = [0];
	if (!text.includes("\r")) {
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
		return starts;
	}
	const lineBreak = /\r\n?|\n/g;
	while (lineBreak.exec(text) !== null) starts.push(lineBreak.lastIndex);
	return starts;
}

/** Index of the last number that is at most a limit; 0 when all are greater. */
function lastAtMost(numbers: readonly number[], limit: number): number {
	let low = 0;
	let high = numbers.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (numbers[middle]! <= limit) low = middle;
		else high = middle - 1;
	}
	return low;
}
