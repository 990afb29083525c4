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
	const first = tables[0];
	if (first === undefined) return { count: 0, placeOf: [], pick: () => pickNames([], new Uint32Array(0), new Uint32Array(0)) };
	if (tables.length === 1) return nothingToMerge(first);
	const total = tables.reduce((sum, table) => sum + nameCount(table), 0);
	const list: NameList = { tables, tableOf: new Uint32Array(total), indexOf: new Uint32Array(total), hashOf: new Int32Array(total) };
	// Place + 1 of the name in each slot, 0 in a free one. At most half of the slots are taken.
	const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * total + 2)));
	let count = 0;
	const placeOf = tables.map((table, number) => {
		const places = new Uint32Array(nameCount(table));
		for (let index = 0; index < places.length; index++) {
			const hash = hashName(table, index);
			const slot = findSlot(list, slots, table, index, hash);
			if (slots[slot] === 0) {
				list.tableOf[count] = number;
				list.indexOf[count] = index;
				list.hashOf[count] = hash;
				slots[slot] = ++count;
			}
			places[index] = slots[slot]! - 1;
		}
		return places;
	});
	return {
		count,
		placeOf,
		pick: (places) =>
			pickNames(
				tables,
				places.map((place) => list.tableOf[place]!),
				places.map((place) => list.indexOf[place]!),
			),
	};
}

/** Where each name of a list first appeared, and its hash. */
interface NameList {
	readonly tables: readonly NameTable[];
	readonly tableOf: Uint32Array;
	readonly indexOf: Uint32Array;
	readonly hashOf: Int32Array;
}

function nothingToMerge(table: NameTable): MergedNames {
	const count = nameCount(table);
	return {
		count,
		placeOf: [countUp(count)],
		pick(places) {
			const isAll = places.length === count && places.every((place, index) => place === index);
			return isAll ? table : pickNames([table], new Uint32Array(places.length), places);
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

function pickNames(tables: readonly NameTable[], tableOf: Uint32Array, indexOf: Uint32Array): NameTable {
	const ends = sharedUint32(indexOf.length);
	let length = 0;
	for (let place = 0; place < ends.length; place++) {
		const table = tables[tableOf[place]!]!;
		length += table.ends[indexOf[place]!]! - nameStart(table, indexOf[place]!);
		ends[place] = length;
	}
	const bytes = sharedUint8(length);
	let to = 0;
	for (let place = 0; place < ends.length; place++) {
		const table = tables[tableOf[place]!]!;
		for (let from = nameStart(table, indexOf[place]!); to < ends[place]!; from++) bytes[to++] = table.bytes[from]!;
	}
	return { bytes, ends };
}
