/** A place in a text: line and column, both from 1, the column in UTF-16 code units. */
export interface TextPosition {
	readonly line: number;
	readonly column: number;
}

/** Finds the line and column of offsets in a text; lines end with LF, CRLF or CR. */
export function createLineIndex(text: string): (offset: number) => TextPosition {
	const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
	return (offset) => {
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >>> 1;
			if (starts[middle]! <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low + 1, column: offset - starts[low]! + 1 };
	};
}
