const QUOTE = 0x22;

/** The content of one cell after another, trimmed as JavaScript's trim() does. */
export interface CellReader {
	/** Reads the cell between two offsets, with its quotes. */
	read(text: Uint8Array, start: number, end: number): void;
	/** The bytes that the content is in: the text itself, unless quotes were doubled. */
	text(): Uint8Array;
	start(): number;
	/** The same as `start` for a cell that is empty, white space or NULL. */
	end(): number;
}

/** A reader of cells; of two whose contents are needed at once each needs its own. */
export function createCellReader(): CellReader {
	let content: Uint8Array = new Uint8Array(0);
	let from = 0;
	let to = 0;
	return {
		read(text, start, end) {
			content = text;
			from = start;
			to = end;
			if (start < end && text[start] === QUOTE) {
				from++;
				to--;
				const quote = text.indexOf(QUOTE, from);
				if (quote !== -1 && quote < to) {
					content = Buffer.from(Buffer.from(text.subarray(from, to)).toString("latin1").replaceAll('""', '"'), "latin1");
					from = 0;
					to = content.length;
				}
			}
			while (from < to) {
				const width = spaceAt(content, from, to);
				if (width === 0) break;
				from += width;
			}
			while (from < to) {
				const width = spaceBefore(content, from, to);
				if (width === 0) break;
				to -= width;
			}
			if (to - from === 4 && isNull(content, from)) to = from;
		},
		text: () => content,
		start: () => from,
		end: () => to,
	};
}

/** Whether nothing but white space is in a cell with its quotes. */
export function isBlankCell(text: Uint8Array, start: number, end: number): boolean {
	const isQuoted = start < end && text[start] === QUOTE;
	const last = isQuoted ? end - 1 : end;
	for (let at = isQuoted ? start + 1 : start; at < last; ) {
		const width = spaceAt(text, at, last);
		if (width === 0) return false;
		at += width;
	}
	return true;
}

function isNull(text: Uint8Array, at: number): boolean {
	return text[at] === 0x4e && text[at + 1] === 0x55 && text[at + 2] === 0x4c && text[at + 3] === 0x4c;
}

/** Length of the white space character that begins here; 0 for any other. */
function spaceAt(text: Uint8Array, at: number, end: number): number {
	const byte = text[at]!;
	if (byte < 0x80) return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) ? 1 : 0;
	if (byte === 0xc2) return at + 2 <= end && text[at + 1] === 0xa0 ? 2 : 0;
	return at + 3 <= end && isWideSpace(text, at) ? 3 : 0;
}

function spaceBefore(text: Uint8Array, start: number, end: number): number {
	const byte = text[end - 1]!;
	if (byte < 0x80) return spaceAt(text, end - 1, end);
	if (start + 2 <= end && text[end - 2] === 0xc2) return byte === 0xa0 ? 2 : 0;
	return start + 3 <= end && isWideSpace(text, end - 3) ? 3 : 0;
}

/** U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000 and U+FEFF. */
function isWideSpace(text: Uint8Array, at: number): boolean {
	const middle = text[at + 1]!;
	const last = text[at + 2]!;
	switch (text[at]) {
		case 0xe1:
			return middle === 0x9a && last === 0x80;
		case 0xe2:
			if (middle === 0x81) return last === 0x9f;
			return middle === 0x80 && ((last >= 0x80 && last <= 0x8a) || last === 0xa8 || last === 0xa9 || last === 0xaf);
		case 0xe3:
			return middle === 0x80 && last === 0x80;
		case 0xef:
			return middle === 0xbb && last === 0xbf;
		default:
			return false;
	}
}
