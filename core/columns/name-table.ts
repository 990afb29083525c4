import { sharedUint8, sharedUint32 } from "./shared-array.ts";

/**
 * Different names by index, as UTF-8 one after the other: no string exists until one is asked for, and the buffers can be
 * shared between threads. A name is not empty and has no white space around it.
 */
export interface NameTable {
	readonly bytes: Uint8Array;
	/** Where each name ends in `bytes`, exclusive; the next one begins there. One entry per name. */
	readonly ends: Uint32Array;
}

/** Number of names. */
export function nameCount({ ends }: NameTable): number {
	return ends.length;
}

/** The name at an index; it is decoded anew each time. */
export function nameAt(table: NameTable, index: number): string {
	return DECODER.decode(table.bytes.subarray(nameStart(table, index), table.ends[index]!));
}

/** Where a name begins in `bytes`. */
export function nameStart({ ends }: NameTable, index: number): number {
	return index === 0 ? 0 : ends[index - 1]!;
}

/** All names by index. */
export function namesOf(table: NameTable): string[] {
	return Array.from(table.ends, (_, index) => nameAt(table, index));
}

/** The index of a name, compared exactly; -1 when there is none. Looks through the whole table. */
export function findName({ bytes, ends }: NameTable, name: string): number {
	const wanted = encodeNames([name]).bytes;
	let start = 0;
	for (let index = 0; index < ends.length; index++) {
		const end = ends[index]!;
		if (end - start === wanted.length && startsWith(bytes, start, wanted)) return index;
		start = end;
	}
	return -1;
}

/** A table of different names, in their order. Half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD. */
export function makeNameTable(names: readonly string[]): NameTable {
	return encodeNames(names);
}

/** Compares two names of one table by their UTF-16 code units, as `compareCodeUnits` does, without decoding them. */
export function compareNames(table: NameTable, left: number, right: number): number {
	const { bytes, ends } = table;
	const leftStart = nameStart(table, left);
	const rightStart = nameStart(table, right);
	const leftLength = ends[left]! - leftStart;
	const rightLength = ends[right]! - rightStart;
	const common = Math.min(leftLength, rightLength);
	for (let place = 0; place < common; place++) {
		const one = bytes[leftStart + place]!;
		const other = bytes[rightStart + place]!;
		if (one !== other) return codeUnitRank(one) - codeUnitRank(other);
	}
	return leftLength - rightLength;
}

/** Growing names with dense indices in order of first appearance. */
export interface Names {
	/** The index of a name; a new one is added. Names that differ only in halves of surrogate pairs are one. */
	indexOf(name: string): number;
	/** How many there are so far. */
	count(): number;
	/** The table of all names so far. */
	finish(): NameTable;
}

/** No name yet. */
export function createNames(): Names {
	const names: string[] = [];
	const indices = new Map<string, number>();
	// Sources tend to list a device's installations together, which saves most look-ups.
	let lastName: string | null = null;
	let lastIndex = -1;

	function add(name: string): number {
		const whole = name.replace(HALF_PAIRS, "\ufffd");
		let index = indices.get(whole);
		if (index === undefined) {
			index = names.push(whole) - 1;
			indices.set(whole, index);
		}
		if (whole !== name) indices.set(name, index);
		return index;
	}

	return {
		indexOf(name) {
			if (name === lastName) return lastIndex;
			lastIndex = indices.get(name) ?? add(name);
			lastName = name;
			return lastIndex;
		},
		count: () => names.length,
		finish: () => encodeNames(names),
	};
}

/** With the flag `u`, halves of whole pairs don't match. */
const HALF_PAIRS = /\p{Surrogate}/gu;

// The pure parts of core are compiled without the types of any platform; Node and every browser have this one.
declare const TextDecoder: new (label: string, options: { readonly ignoreBOM: boolean }) => { decode(bytes: Uint8Array): string };

/** A mark at the beginning is a part of the name. */
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** UTF-16 puts U+E000 to U+FFFF, whose first bytes in UTF-8 are 0xEE and 0xEF, behind the characters beyond U+FFFF. */
function codeUnitRank(byte: number): number {
	return byte === 0xee || byte === 0xef ? byte + 0x10 : byte;
}

function startsWith(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
	for (let place = 0; place < wanted.length; place++) if (bytes[start + place] !== wanted[place]) return false;
	return true;
}

function encodeNames(names: readonly string[]): NameTable {
	const ends = sharedUint32(names.length);
	let length = 0;
	for (let index = 0; index < names.length; index++) {
		length += utf8Length(names[index]!);
		ends[index] = length;
	}
	const bytes = sharedUint8(length);
	let start = 0;
	for (let index = 0; index < names.length; index++) {
		encodeAt(bytes, start, names[index]!);
		start = ends[index]!;
	}
	return { bytes, ends };
}

function utf8Length(name: string): number {
	let length = name.length;
	for (let place = 0; place < name.length; place++) {
		if (name.charCodeAt(place) < 0x80) continue;
		const point = name.codePointAt(place)!;
		// A pair is two code units and four bytes.
		length += point < 0x800 ? 1 : 2;
		if (point > 0xffff) place++;
	}
	return length;
}

function encodeAt(bytes: Uint8Array, start: number, name: string): void {
	let to = start;
	for (let place = 0; place < name.length; place++) {
		const unit = name.charCodeAt(place);
		if (unit < 0x80) {
			bytes[to++] = unit;
			continue;
		}
		const found = name.codePointAt(place)!;
		const point = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
		if (point < 0x800) bytes[to++] = 0xc0 | (point >> 6);
		else {
			if (point < 0x10000) bytes[to++] = 0xe0 | (point >> 12);
			else {
				bytes[to++] = 0xf0 | (point >> 18);
				bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
				place++;
			}
			bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
		}
		bytes[to++] = 0x80 | (point & 0x3f);
	}
}
