import { t } from "../../texts/translate.ts";
/**
 * Reads whole numbers that are written as runs of one value and as packed bits in turn, the encoding of levels and of codes of a
 * dictionary, until the target is full.
 * @param start where the first run begins, and `end`, where the bytes of all runs end, exclusive.
 * @param width bits per number, 1 to 32.
 * @throws {Error} when there are fewer numbers.
 */
export function readRuns(bytes: Uint8Array, start: number, end: number, width: number, target: Uint8Array | Uint32Array): void {
	const bytesPerValue = (width + 7) >> 3;
	const mask = width === 32 ? 0xffffffff : (1 << width) - 1;
	let at = start;
	let filled = 0;
	while (filled < target.length) {
		let header = 0;
		for (let shift = 0; ; shift += 7) {
			if (at >= end || shift > 28) throw new Error(t("a run of values is cut off"));
			const byte = bytes[at++]!;
			header |= (byte & 0x7f) << shift;
			if (byte < 0x80) break;
		}
		const length = header >>> 1;
		if (length === 0) throw new Error(t("a run without values"));
		if ((header & 1) === 0) {
			if (at + bytesPerValue > end) throw new Error(t("a run of values is cut off"));
			let value = 0;
			for (let place = 0; place < bytesPerValue; place++) value |= bytes[at++]! << (8 * place);
			const last = Math.min(filled + length, target.length);
			target.fill(value >>> 0, filled, last);
			filled = last;
			continue;
		}
		// Groups of eight values; the last one may go on beyond the end, and some writers leave its bytes away.
		const last = Math.min(filled + length * 8, target.length);
		if (at + Math.ceil(((last - filled) * width) / 8) > end) throw new Error(t("packed values are cut off"));
		if (width === 1 && at + length <= bytes.length) unpackBits(bytes, at, target, filled, last);
		else if (width <= 25) unpack(bytes, at, width, mask, target, filled, last);
		else unpackWide(bytes, at, width, mask, target, filled, last);
		filled = last;
		at += length * width;
	}
}

function unpackBits(bytes: Uint8Array, start: number, target: Uint8Array | Uint32Array, from: number, to: number): void {
	let at = start;
	let index = from;
	for (; index + 8 <= to; index += 8) {
		const byte = bytes[at++]!;
		target[index] = byte & 1;
		target[index + 1] = (byte >> 1) & 1;
		target[index + 2] = (byte >> 2) & 1;
		target[index + 3] = (byte >> 3) & 1;
		target[index + 4] = (byte >> 4) & 1;
		target[index + 5] = (byte >> 5) & 1;
		target[index + 6] = (byte >> 6) & 1;
		target[index + 7] = byte >> 7;
	}
	for (let bit = 0; index < to; index++) target[index] = (bytes[at]! >> bit++) & 1;
}

/** Numbers of up to 25 bits, each within four bytes from where it begins. */
function unpack(
	bytes: Uint8Array,
	start: number,
	width: number,
	mask: number,
	target: Uint8Array | Uint32Array,
	from: number,
	to: number,
): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	// Behind the last bytes there is nothing to be read with them.
	const safe = Math.min(to, from + Math.max(0, Math.floor((8 * (bytes.length - start - 4)) / width)));
	let at = start;
	let bit = 0;
	for (let index = from; index < safe; index++) {
		target[index] = (view.getUint32(at, true) >>> bit) & mask;
		bit += width;
		at += bit >> 3;
		bit &= 7;
	}
	if (safe < to) unpackWide(bytes, start, width, mask, target, safe, to, (safe - from) * width);
}

function unpackWide(
	bytes: Uint8Array,
	start: number,
	width: number,
	mask: number,
	target: Uint8Array | Uint32Array,
	from: number,
	to: number,
	firstBit = 0,
): void {
	for (let index = from; index < to; index++) {
		const bit = firstBit + (index - from) * width;
		let value = 0;
		for (let place = 0; place < 5; place++) value += (bytes[start + (bit >>> 3) + place] ?? 0) * 2 ** (8 * place);
		target[index] = (Math.floor(value / 2 ** (bit & 7)) & mask) >>> 0;
	}
}
