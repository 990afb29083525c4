import type { TextFindings } from "../csv-kernel.ts";
import { isDelimiterAt } from "../csv-records.ts";

/** Where the cells and records of a text end. */
export interface TextStructure extends TextFindings {
	readonly records: number;
}

/** Finds where cells and records end. */
export interface StructureFinder {
	/** Offsets at which a cell ends: of delimiters and line ends outside of quotes. */
	readonly cellEnds: Uint32Array;
	/** By record, the place of its last cell in `cellEnds`. */
	readonly recordEnds: Uint32Array;
	find(text: Uint8Array, start: number, end: number): TextStructure;
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** A finder for texts of at most so many bytes. */
export function createStructureFinder(capacity: number, delimiter: Uint8Array): StructureFinder {
	const cellEnds = new Uint32Array(capacity + 1);
	const recordEnds = new Uint32Array(capacity + 1);
	/** 1 for bytes that may mean something outside of quotes. */
	const special = new Uint8Array(256);
	for (const byte of [QUOTE, LF, CR, delimiter[0]!]) special[byte] = 1;
	const width = delimiter.length;
	const first = delimiter[0]!;

	function find(text: Uint8Array, start: number, end: number): TextStructure {
		let cells = 0;
		let records = 0;
		let isMalformed = false;
		/** Where the current cell begins. */
		let cellStart = start;
		for (let at = nextSpecial(text, start, end, special); at < end; at = nextSpecial(text, at + 1, end, special)) {
			const byte = text[at]!;
			if (byte === QUOTE) {
				// Inside of a plain cell it is text.
				if (at !== cellStart) continue;
				const closing = closingQuote(text, at + 1, end);
				if (closing === -1 || closing + 1 >= end) break;
				at = closing;
				const next = text[at + 1]!;
				if (
					next === LF ||
					next === CR ||
					(next === first && (width === 1 || at + 1 + width > end || isDelimiterAt(text, at + 1, delimiter)))
				) {
					continue;
				}
				isMalformed = true;
				break;
			}
			if (byte === LF && at > start && text[at - 1] === CR) {
				cellStart = at + 1;
				continue;
			}
			if (byte === LF || byte === CR) recordEnds[records++] = cells;
			else if (at + width > end) break;
			else if (width > 1 && !isDelimiterAt(text, at, delimiter)) continue;
			cellEnds[cells++] = at;
			if (byte !== LF && byte !== CR) at += width - 1;
			cellStart = at + 1;
		}
		return { records, isMalformed, ...survey(text, start, end) };
	}
	return { cellEnds, recordEnds, find };
}

/** A function of its own: the platform makes fast code of what is called often, not of a loop that is long. */
function nextSpecial(text: Uint8Array, start: number, end: number, special: Uint8Array): number {
	let at = start;
	while (at < end && special[text[at]!] === 0) at++;
	return at;
}

function closingQuote(text: Uint8Array, start: number, end: number): number {
	for (let at = text.indexOf(QUOTE, start); at !== -1 && at < end; at = text.indexOf(QUOTE, at + 2)) {
		if (at + 1 >= end || text[at + 1] !== QUOTE) return at;
	}
	return -1;
}

function survey(text: Uint8Array, start: number, end: number): Pick<TextFindings, "hasHighBytes" | "hasNul"> {
	let all = 0;
	for (let at = start; at < end; at++) all |= text[at]!;
	const nul = text.indexOf(0, start);
	return { hasHighBytes: all >= 0x80, hasNul: nul !== -1 && nul < end };
}
