import { type NameTable, nameCount, nameStart } from "../columns/name-table.ts";
import { sharedUint8, sharedUint32 } from "../columns/shared-array.ts";

/** The names of several tables as one list, each once, in order of first appearance. */
export interface MergedNames {
	/** How many different names there are. */
	readonly count: number;
	/** By table the place in the list by index in that table. */
	readonly placeOf: readonly Uint32Array[];
	/** A table of some of the names, given by their places; the order stays. */
	pick(places: Uint32Array): NameTable;
}

/** Merges tables without decoding their names. */
export function mergeNames(tables: readonly NameTable[]): MergedNames {
	const [first] = tables;
	if (first !== undefined && tables.length === 1) return nothingToMerge(first);
	const total = tables.reduce((sum, table) => sum + nameCount(table), 0);
	const list: NameList = { tables, tableOf: new Uint32Array(total), indexOf: new Uint32Array(total), hashOf: new Int32Array(total) };
	// Place + 1 of the name in each slot, 0 in a free one. At most half of the slots are taken.
	const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * total + 2)));
	let count = 0;
	const placeOf: Uint32Array[] = [];
	for (const [number, table] of tables.entries()) {
		const places = new Uint32Array(nameCount(table));
		// Tables tend to have the same names in the same order.
		let expected = 0;
		for (let index = 0; index < places.length; index++) {
			let place = expected;
			if (expected >= count || !isSameName(tables[list.tableOf[expected]!]!, list.indexOf[expected]!, table, index)) {
				const hash = hashName(table, index);
				const slot = findSlot(list, slots, table, index, hash);
				if (slots[slot] === 0) {
					list.tableOf[count] = number;
					list.indexOf[count] = index;
					list.hashOf[count] = hash;
					slots[slot] = ++count;
				}
				place = slots[slot]! - 1;
			}
			places[index] = place;
			expected = place + 1;
		}
		placeOf.push(places);
	}
	return { count, placeOf, pick: (places) => pickNames(list, places) };
}

/** Where each name of a list first appeared. */
interface FirstPlaces {
	readonly tables: readonly NameTable[];
	readonly tableOf: Uint32Array;
	readonly indexOf: Uint32Array;
}

/** With the hash of each name. */
interface NameList extends FirstPlaces {
	readonly hashOf: Int32Array;
}

function nothingToMerge(table: NameTable): MergedNames {
	const count = nameCount(table);
	return {
		count,
		placeOf: [countUp(count)],
		pick(places) {
			const isAll = places.length === count && places.every((place, index) => place === index);
			return isAll ? table : pickNames({ tables: [table], tableOf: new Uint32Array(count), indexOf: countUp(count) }, places);
		},
	};
}

/** 0, 1, 2 and so on. */
export function countUp(length: number): Uint32Array {
	const numbers = new Uint32Array(length);
	for (let index = 0; index < length; index++) numbers[index] = index;
	return numbers;
}

function findSlot(
	{ tables, tableOf, indexOf, hashOf }: NameList,
	slots: Uint32Array,
	table: NameTable,
	index: number,
	hash: number,
): number {
	const mask = slots.length - 1;
	let slot = (hash ^ (hash >>> 15)) & mask;
	for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
		const place = entry - 1;
		if (hashOf[place] === hash && isSameName(tables[tableOf[place]!]!, indexOf[place]!, table, index)) break;
		slot = (slot + 1) & mask;
	}
	return slot;
}

function hashName(table: NameTable, index: number): number {
	const { bytes } = table;
	const end = table.ends[index]!;
	let hash = 0x811c9dc5;
	for (let place = nameStart(table, index); place < end; place++) hash = Math.imul(hash ^ bytes[place]!, 0x01000193);
	return hash;
}

function isSameName(one: NameTable, oneIndex: number, other: NameTable, otherIndex: number): boolean {
	const oneStart = nameStart(one, oneIndex);
	const otherStart = nameStart(other, otherIndex);
	const length = one.ends[oneIndex]! - oneStart;
	if (other.ends[otherIndex]! - otherStart !== length) return false;
	for (let place = 0; place < length; place++) if (one.bytes[oneStart + place] !== other.bytes[otherStart + place]) return false;
	return true;
}

function pickNames({ tables, tableOf, indexOf }: FirstPlaces, places: Uint32Array): NameTable {
	const ends = sharedUint32(places.length);
	let length = 0;
	for (let index = 0; index < ends.length; index++) {
		const place = places[index]!;
		const table = tables[tableOf[place]!]!;
		length += table.ends[indexOf[place]!]! - nameStart(table, indexOf[place]!);
		ends[index] = length;
	}
	const bytes = sharedUint8(length);
	for (let index = 0; index < ends.length; ) {
		const from = index;
		const number = tableOf[places[from]!]!;
		const first = indexOf[places[from]!]!;
		// Names that stand together are copied together.
		do index++;
		while (index < ends.length && tableOf[places[index]!] === number && indexOf[places[index]!] === first + index - from);
		copyBytes(tables[number]!.bytes, nameStart(tables[number]!, first), bytes, from === 0 ? 0 : ends[from - 1]!, ends[index - 1]!);
	}
	return { bytes, ends };
}

function copyBytes(source: Uint8Array, start: number, target: Uint8Array, from: number, to: number): void {
	// Few bytes take less time than the making of a view.
	if (to - from > 256) target.set(source.subarray(start, start + to - from), from);
	else for (let place = from; place < to; place++) target[place] = source[start + place - from]!;
}
