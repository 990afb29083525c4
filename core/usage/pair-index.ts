/**
 * Gives every distinct pair of whole numbers (0 to 2³¹ − 1) a dense index, in order of first appearance: a hash table
 * with open addressing over typed arrays, without an object or a string per pair.
 */
export interface PairIndex {
	/** How many distinct pairs there are; also the index of the next new one. */
	size(): number;
	/** The pair's index; it is added when it is new. */
	add(first: number, second: number): number;
	/** The pair's index; -1 when it was never added. */
	find(first: number, second: number): number;
	/** Copies of both halves of all pairs, by index. */
	columns(): { readonly first: Int32Array; readonly second: Int32Array };
}

/** An empty index. */
export function createPairIndex(): PairIndex {
	let size = 0;
	let first = new Int32Array(INITIAL_PAIRS);
	let second = new Int32Array(INITIAL_PAIRS);
	// Index + 1 of the pair in each slot, 0 in a free one. At most half of the slots are taken.
	let slots = new Int32Array(2 * INITIAL_PAIRS);

	function slotOf(a: number, b: number): number {
		const mask = slots.length - 1;
		let slot = hashOf(a, b) & mask;
		for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
			if (first[entry - 1] === a && second[entry - 1] === b) break;
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	function grow(): void {
		first = resized(first, 2 * size);
		second = resized(second, 2 * size);
		slots = new Int32Array(4 * size);
		for (let index = 0; index < size; index++) slots[slotOf(first[index]!, second[index]!)] = index + 1;
	}

	return {
		size: () => size,
		add(a, b) {
			const slot = slotOf(a, b);
			const entry = slots[slot]!;
			if (entry !== 0) return entry - 1;
			first[size] = a;
			second[size] = b;
			slots[slot] = ++size;
			if (size === first.length) grow();
			return size - 1;
		},
		find: (a, b) => slots[slotOf(a, b)]! - 1,
		columns: () => ({ first: first.slice(0, size), second: second.slice(0, size) }),
	};
}

/** A copy with another length: cut off, or filled up with zeros. */
export function resized<Column extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(column: Column, length: number): Column {
	const copy = new (column.constructor as new (length: number) => Column)(length);
	copy.set(column.length <= length ? column : column.subarray(0, length));
	return copy;
}

/** A power of two, as the masks need. */
const INITIAL_PAIRS = 64;

function hashOf(a: number, b: number): number {
	const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
	return mixed ^ (mixed >>> 15);
}
