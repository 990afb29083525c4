const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Where the record behind the one that begins at `start` begins; -1 when it has no line end before `end`, or when that is a CR at
 * the very end, which a LF may follow. Text behind a closing quote is passed over: finding it is the matter of the scan.
 */
export function nextRecordStart(text: Uint8Array, start: number, end: number, delimiter: Uint8Array): number {
	let mayOpen = true;
	let isQuoted = false;
	for (let at = start; at < end; at++) {
		const byte = text[at]!;
		if (isQuoted) {
			// A doubled quote closes and opens again.
			if (byte === QUOTE) {
				isQuoted = false;
				mayOpen = true;
			}
			continue;
		}
		if (byte === LF) return at + 1;
		if (byte === CR) {
			if (at + 1 === end) return -1;
			return text[at + 1] === LF ? at + 2 : at + 1;
		}
		if (byte === QUOTE && mayOpen) {
			isQuoted = true;
			mayOpen = false;
		} else if (byte === delimiter[0] && isDelimiterAt(text, at, delimiter)) {
			at += delimiter.length - 1;
			mayOpen = true;
		} else mayOpen = false;
	}
	return -1;
}

/** The cells of the record between two offsets, without its line end and without faults. */
export function cellsOf(text: Uint8Array, start: number, end: number, delimiter: Uint8Array): readonly string[] {
	const cells: string[] = [];
	for (let from = start; ; ) {
		const to = text[from] === QUOTE && from < end ? quotedEnd(text, from + 1, end) : plainEnd(text, from, end, delimiter);
		cells.push(cellText(text, from, to));
		if (to >= end) return cells;
		from = to + delimiter.length;
	}
}

/** Offset behind the quote that closes a cell. */
function quotedEnd(text: Uint8Array, from: number, end: number): number {
	for (let at = from; at < end; at++) {
		if (text[at] !== QUOTE) continue;
		if (at + 1 === end || text[at + 1] !== QUOTE) return at + 1;
		at++;
	}
	return end;
}

function plainEnd(text: Uint8Array, from: number, end: number, delimiter: Uint8Array): number {
	for (let at = from; at < end; at++) if (isDelimiterAt(text, at, delimiter)) return at;
	return end;
}

/** Whether a delimiter stands at an offset. */
export function isDelimiterAt(text: Uint8Array, at: number, delimiter: Uint8Array): boolean {
	for (let index = 0; index < delimiter.length; index++) if (text[at + index] !== delimiter[index]) return false;
	return true;
}

/** Offset behind the first line end whose last byte is at `start` or later; -1 when there is none, or a CR is the last byte. */
export function behindLineEnd(text: Uint8Array, start: number, end: number): number {
	for (let at = start; at < end; at++) {
		if (text[at] === LF) return at + 1;
		if (text[at] !== CR) continue;
		if (at + 1 === end) return -1;
		return text[at + 1] === LF ? at + 2 : at + 1;
	}
	return -1;
}

function cellText(text: Uint8Array, from: number, to: number): string {
	const written = Buffer.from(text.buffer, text.byteOffset + from, to - from).toString();
	return text[from] === QUOTE && from < to ? written.slice(1, -1).replaceAll('""', '"') : written;
}
