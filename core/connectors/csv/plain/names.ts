import type { NameTable } from "../../../columns/name-table.ts";

/** Different names by index, found by their bytes. */
export interface ByteNames {
	/** The index of the name between two offsets, which is added when it is new. The name is not empty. */
	indexOf(text: Uint8Array, start: number, end: number): number;
	count(): number;
	/** All names; a view that the next new name may make stale. */
	table(): NameTable;
}

/** An empty dictionary: open addressing over an arena of bytes. */
export function createByteNames(): ByteNames {
	let slots = new Int32Array(64);
	let hashes = new Int32Array(64);
	let arena = new Uint8Array(512);
	let ends = new Uint32Array(32);
	let count = 0;
	let used = 0;

	function isName(index: number, text: Uint8Array, start: number, length: number): boolean {
		const from = index === 0 ? 0 : ends[index - 1]!;
		if (ends[index]! - from !== length) return false;
		for (let place = 0; place < length; place++) if (arena[from + place] !== text[start + place]) return false;
		return true;
	}

	function add(text: Uint8Array, start: number, end: number): number {
		const length = end - start;
		if (used + length > arena.length) arena = enlarged(arena, new Uint8Array(Math.max(2 * arena.length, used + length)));
		if (count === ends.length) ends = enlarged(ends, new Uint32Array(2 * count));
		arena.set(text.subarray(start, end), used);
		used += length;
		ends[count] = used;
		return count++;
	}

	function rehash(): void {
		const oldSlots = slots;
		const oldHashes = hashes;
		slots = new Int32Array(2 * oldSlots.length);
		hashes = new Int32Array(2 * oldSlots.length);
		for (let old = 0; old < oldSlots.length; old++) {
			if (oldSlots[old] === 0) continue;
			let place = oldHashes[old]! & (slots.length - 1);
			while (slots[place] !== 0) place = (place + 1) & (slots.length - 1);
			slots[place] = oldSlots[old]!;
			hashes[place] = oldHashes[old]!;
		}
	}

	return {
		indexOf(text, start, end) {
			let hash = end - start;
			for (let at = start; at < end; at++) hash = Math.imul(hash ^ text[at]!, 0x01000193);
			hash ^= hash >>> 15;
			const mask = slots.length - 1;
			for (let place = hash & mask; ; place = (place + 1) & mask) {
				const found = slots[place]!;
				if (found === 0) {
					const index = add(text, start, end);
					slots[place] = index + 1;
					hashes[place] = hash;
					if (2 * count > slots.length) rehash();
					return index;
				}
				if (hashes[place] === hash && isName(found - 1, text, start, end - start)) return found - 1;
			}
		},
		count: () => count,
		table: () => ({ bytes: arena.subarray(0, used), ends: ends.subarray(0, count) }),
	};
}

function enlarged<Values extends Uint8Array | Uint32Array>(values: Values, larger: Values): Values {
	larger.set(values);
	return larger;
}
