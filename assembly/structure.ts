// Stage 1: where cells and records end. 64 bytes at a time by SIMD; text with irregular quotes byte by byte.

const QUOTE: u8 = 0x22;
const LF: u8 = 0x0a;
const CR: u8 = 0x0d;

/** Addresses at which a cell ends, in order: those of delimiters and line ends outside of quotes. */
export let cellEnds: usize = 0;
/** By record, the place of its last cell in `cellEnds`. */
export let recordEnds: usize = 0;
export let records: u32 = 0;
/** Whether the text has bytes from 0x80. */
export let hasHighBytes: bool = false;
export let hasNul: bool = false;
export let hasCr: bool = false;
export let hasQuotes: bool = false;
/** Whether text stands behind a closing quote. */
export let isMalformed: bool = false;

/** The delimiter's bytes, the first one lowest, and how many they are. */
export let delimiter: u32 = 0;
export let delimiterLength: u32 = 1;

export function useDelimiter(bytes: u32, length: u32): void {
	delimiter = bytes;
	delimiterLength = length;
}

/** Quote, CR and LF, 16 of each. Read from memory, they stay in registers; constants would be made anew at each use. */
let patterns: usize = 0;

export function usePatterns(region: usize): void {
	patterns = region;
	memory.fill(region, QUOTE, 16);
	memory.fill(region + 16, CR, 16);
	memory.fill(region + 32, LF, 16);
}

export const PATTERN_BYTES: usize = 48;

export function useRegions(ofCells: usize, ofRecords: usize): void {
	cellEnds = ofCells;
	recordEnds = ofRecords;
}

/** Splits text that begins with a record; up to 64 bytes behind it are overwritten. */
export function findStructure(start: usize, end: usize): void {
	hasQuotes = false;
	hasCr = false;
	isMalformed = false;
	// Bytes that mean nothing, whatever the delimiter is.
	memory.fill(end, delimiter == 0x20 ? 0x61 : 0x20, 64);
	if (delimiterLength > 1 || !splitRegular(start, end)) {
		surveyBytes(start, end);
		splitExactly(start, end);
	}
}

function mask(a: v128, b: v128, c: v128, d: v128): u64 {
	return (
		<u64>(<u32>i8x16.bitmask(a) | ((<u32>i8x16.bitmask(b)) << 16)) |
		((<u64>(<u32>i8x16.bitmask(c) | ((<u32>i8x16.bitmask(d)) << 16))) << 32)
	);
}

/** False as soon as a quote stands where it neither opens nor closes a cell nor belongs to a doubled one. */
function splitRegular(start: usize, end: usize): bool {
	const delimiters = i8x16.splat(<i8>delimiter);
	const quotes = v128.load(patterns);
	const crs = v128.load(patterns, 16);
	const lfs = v128.load(patterns, 32);
	let high = i64x2.splat(0);
	let lowest = i8x16.splat(0x7f);
	let out = cellEnds;
	let recordOut = recordEnds;
	/** All ones while a quoted cell goes on. */
	let inside: u64 = 0;
	/** Whether the next byte may begin a cell. */
	let mayOpen: u64 = 1;
	let afterCr: u64 = 0;
	let afterClosing: u64 = 0;
	for (let at = start; at < end; at += 64) {
		const a = v128.load(at);
		const b = v128.load(at, 16);
		const c = v128.load(at, 32);
		const d = v128.load(at, 48);
		high = v128.or(high, v128.or(v128.or(a, b), v128.or(c, d)));
		lowest = i8x16.min_u(lowest, i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d)));
		const special = v128.or(
			v128.or(v128.or(i8x16.eq(a, quotes), i8x16.eq(a, crs)), v128.or(i8x16.eq(b, quotes), i8x16.eq(b, crs))),
			v128.or(v128.or(i8x16.eq(c, quotes), i8x16.eq(c, crs)), v128.or(i8x16.eq(d, quotes), i8x16.eq(d, crs))),
		);
		let lines = mask(i8x16.eq(a, lfs), i8x16.eq(b, lfs), i8x16.eq(c, lfs), i8x16.eq(d, lfs));
		let cells = lines | mask(i8x16.eq(a, delimiters), i8x16.eq(b, delimiters), i8x16.eq(c, delimiters), i8x16.eq(d, delimiters));
		if (v128.any_true(special) || (inside | afterCr | afterClosing) != 0) {
			const quoteBits = mask(i8x16.eq(a, quotes), i8x16.eq(b, quotes), i8x16.eq(c, quotes), i8x16.eq(d, quotes));
			const crBits = mask(i8x16.eq(a, crs), i8x16.eq(b, crs), i8x16.eq(c, crs), i8x16.eq(d, crs));
			const within = prefixXor(quoteBits) ^ inside;
			const outside = ~within;
			const ends = cells | crBits;
			const known = end - at >= 64 ? ~(<u64>0) : ((<u64>1) << (<u64>(end - at))) - 1;
			const opening = quoteBits & within;
			const closing = quoteBits & outside;
			const begins = (((ends & outside) | quoteBits) << 1) | mayOpen;
			const closed = ((closing << 1) | afterClosing) & known;
			if (((opening & ~begins) | (closed & ~(ends | quoteBits))) != 0) return false;
			hasQuotes = hasQuotes || quoteBits != 0;
			hasCr = hasCr || crBits != 0;
			// The LF of a CRLF ends nothing.
			const lfOfCrLf = lines & ((crBits << 1) | afterCr);
			lines = ((lines & ~lfOfCrLf) | crBits) & outside;
			cells = ((cells & ~lfOfCrLf) | crBits) & outside;
			mayOpen = (((ends & outside) | quoteBits) >> 63) & 1;
			afterCr = crBits >> 63;
			afterClosing = closing >> 63;
			inside = <u64>(<i64>within >> 63);
		} else {
			mayOpen = cells >> 63;
		}
		const place = <u32>((out - cellEnds) >> 2) - 1;
		const recordLast = recordOut + ((<usize>popcnt(lines)) << 2);
		store<u32>(recordOut, place + <u32>popcnt(cells & (lines ^ (lines - 1))));
		lines &= lines - 1;
		for (recordOut += 4; recordOut < recordLast; recordOut += 4) {
			store<u32>(recordOut, place + <u32>popcnt(cells & (lines ^ (lines - 1))));
			lines &= lines - 1;
		}
		recordOut = recordLast;
		const last = out + ((<usize>popcnt(cells)) << 2);
		// Eight at once, needed or not: cheaper than a branch that is guessed wrong.
		store<u32>(out, <u32>at + <u32>ctz(cells));
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 4);
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 8);
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 12);
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 16);
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 20);
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 24);
		cells &= cells - 1;
		store<u32>(out, <u32>at + <u32>ctz(cells), 28);
		cells &= cells - 1;
		for (out += 32; out < last; out += 4) {
			store<u32>(out, <u32>at + <u32>ctz(cells));
			cells &= cells - 1;
		}
		out = last;
	}
	records = <u32>((recordOut - recordEnds) >> 2);
	hasHighBytes = i8x16.bitmask(high) != 0;
	hasNul = !i8x16.all_true(lowest);
	return true;
}

/** Bit i is the parity of the bits 0 to i. */
function prefixXor(bits: u64): u64 {
	bits ^= bits << 1;
	bits ^= bits << 2;
	bits ^= bits << 4;
	bits ^= bits << 8;
	bits ^= bits << 16;
	return bits ^ (bits << 32);
}

function surveyBytes(start: usize, end: usize): void {
	let high = i64x2.splat(0);
	let lowest = i8x16.splat(0x7f);
	for (let at = start; at < end; at += 16) {
		const bytes = v128.load(at);
		high = v128.or(high, bytes);
		lowest = i8x16.min_u(lowest, bytes);
	}
	hasHighBytes = i8x16.bitmask(high) != 0;
	hasNul = !i8x16.all_true(lowest);
}

/** The states of a byte's surroundings. */
const CELL_START: u32 = 0;
const PLAIN: u32 = 1;
const QUOTED: u32 = 2;
const QUOTE_IN_QUOTED: u32 = 3;

/** What CSV means, byte by byte. */
function splitExactly(start: usize, end: usize): void {
	hasQuotes = true;
	hasCr = true;
	let out = cellEnds;
	let recordOut = recordEnds;
	let state = CELL_START;
	const first = <u8>delimiter;
	let afterCr = false;
	for (let at = start; at < end; at++) {
		const byte = load<u8>(at);
		if (state == QUOTED) {
			if (byte == QUOTE) state = QUOTE_IN_QUOTED;
			continue;
		}
		if (byte == LF || byte == CR) {
			if (byte == CR || !afterCr) {
				store<u32>(recordOut, <u32>((out - cellEnds) >> 2));
				recordOut += 4;
				store<u32>(out, <u32>at);
				out += 4;
			}
			afterCr = byte == CR;
			state = CELL_START;
			continue;
		}
		afterCr = false;
		// Cut off within a delimiter, perhaps: the record is not complete either way.
		if (byte == first && at + delimiterLength > end) break;
		if (byte == first && isDelimiter(at)) {
			store<u32>(out, <u32>at);
			out += 4;
			at += delimiterLength - 1;
			state = CELL_START;
		} else if (byte == QUOTE && state != PLAIN) {
			state = QUOTED;
		} else if (state == QUOTE_IN_QUOTED) {
			isMalformed = true;
			break;
		} else {
			state = PLAIN;
		}
	}
	records = <u32>((recordOut - recordEnds) >> 2);
}

function isDelimiter(at: usize): bool {
	for (let index: u32 = 1; index < delimiterLength; index++) {
		if (load<u8>(at + index) != <u8>(delimiter >> (index << 3))) return false;
	}
	return true;
}
