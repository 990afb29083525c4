// The trimmed content of cells, exactly as JavaScript's trim() leaves it.

const QUOTE: u8 = 0x22;
/** The letters NULL. */
const NULL: u32 = 0x4c4c554e;

/** Content of the cell that was read last; without length when it is empty, white space or NULL. */
export let cellAt: usize = 0;
export let cellLength: u32 = 0;

/** Where cells with doubled quotes are written without them, so that the text of the record stays as it is. */
let scratch: usize = 0;
let scratchUsed: usize = 0;

export function useScratch(region: usize): void {
	scratch = region;
}

/** Forgets what the cells of the record before needed. */
export function beginRecord(): void {
	scratchUsed = 0;
}

/** Whether a cell stands for its trimmed self: no quote, no white space around it, not NULL, not empty. */
export function isPlain(from: usize, length: u32): bool {
	const first = <u32>load<u8>(from) - 0x23;
	const last = <u32>load<u8>(from + length - 1) - 0x21;
	return length != 0 && <i32>(<u32>(first < 0x5c) & <u32>(last < 0x5e)) != 0 && (length != 4 || load<u32>(from) != NULL);
}

/** Reads a cell with its quotes. */
export function readCell(start: usize, end: usize): void {
	if (start < end && load<u8>(start) == QUOTE) {
		start++;
		end--;
		for (let at = start; at < end; at++) {
			if (load<u8>(at) != QUOTE) continue;
			const target = scratch + scratchUsed;
			end = target + <usize>undouble(start, end, target);
			start = target;
			scratchUsed += end - start;
			break;
		}
	}
	trim(start, end);
	if (cellLength == 4 && load<u32>(cellAt) == NULL) cellLength = 0;
}

/** Whether nothing but white space is in a cell with its quotes. */
export function isBlank(start: usize, end: usize): bool {
	if (start < end && load<u8>(start) == QUOTE) {
		start++;
		end--;
	}
	trim(start, end);
	return cellLength == 0;
}

function undouble(start: usize, end: usize, target: usize): u32 {
	let out = target;
	for (let at = start; at < end; at++) {
		const byte = load<u8>(at);
		store<u8>(out++, byte);
		if (byte == QUOTE) at++;
	}
	return <u32>(out - target);
}

function trim(start: usize, end: usize): void {
	while (start < end) {
		const width = spaceAt(start, end);
		if (width == 0) break;
		start += width;
	}
	while (start < end) {
		const width = spaceBefore(start, end);
		if (width == 0) break;
		end -= width;
	}
	cellAt = start;
	cellLength = <u32>(end - start);
}

/** Length of the white space character that begins here; 0 for any other. */
function spaceAt(at: usize, end: usize): u32 {
	const byte = load<u8>(at);
	if (byte < 0x80) return byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) ? 1 : 0;
	if (byte == 0xc2) return at + 2 <= end && load<u8>(at, 1) == 0xa0 ? 2 : 0;
	return at + 3 <= end && isWideSpace(at) ? 3 : 0;
}

function spaceBefore(start: usize, end: usize): u32 {
	const byte = load<u8>(end - 1);
	if (byte < 0x80) return byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) ? 1 : 0;
	if (start + 2 <= end && load<u8>(end - 2) == 0xc2) return byte == 0xa0 ? 2 : 0;
	return start + 3 <= end && isWideSpace(end - 3) ? 3 : 0;
}

/** U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000 and U+FEFF. */
function isWideSpace(at: usize): bool {
	const lead = load<u8>(at);
	const middle = load<u8>(at, 1);
	const last = load<u8>(at, 2);
	if (lead == 0xe2) {
		if (middle == 0x81) return last == 0x9f;
		return middle == 0x80 && ((last >= 0x80 && last <= 0x8a) || last == 0xa8 || last == 0xa9 || last == 0xaf);
	}
	if (lead == 0xe1) return middle == 0x9a && last == 0x80;
	if (lead == 0xe3) return middle == 0x80 && last == 0x80;
	return lead == 0xef && middle == 0xbb && last == 0xbf;
}
