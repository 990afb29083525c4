/**
 * What cells of text mean, by their bytes: every different cell is understood once, as long as there are not too many, and
 * found by its bytes from then on, without a string.
 */
export interface CellMeanings {
	/** The meaning of the bytes from `start` to before `end`. `hash` is any number of 32 bits that equal bytes have alike. */
	of(bytes: Uint8Array, start: number, end: number, hash: number): number;
}

/**
 * Meanings that are still to be found.
 * @param understand the meaning of a cell's bytes, a whole number of 32 bits; always the same for the same bytes.
 * @param limit of different cells that are remembered; behind it, remembering begins anew.
 */
export function createCellMeanings(understand: (bytes: Uint8Array) => number, limit = Number.POSITIVE_INFINITY): CellMeanings {
	let size = 0;
	// Four numbers per slot, which lie together in memory: hash, length + 1 (0 in a free slot), first byte in `kept`, meaning. At most half
	// of the slots are taken.
	let slots = new Int32Array(4 * FIRST_SLOTS);
	let kept = new Uint8Array(FIRST_BYTES);
	let keptBytes = 0;

	function add(bytes: Uint8Array, start: number, end: number, hash: number): number {
		const cell = bytes.subarray(start, end);
		const meaning = understand(cell);
		if (size >= limit) forget();
		if (8 * (size + 1) > slots.length) grow();
		while (keptBytes + end - start > kept.length) kept = enlarged(kept);
		kept.set(cell, keptBytes);
		place(slots, hash, end - start + 1, keptBytes, meaning);
		keptBytes += end - start;
		size++;
		return meaning;
	}

	function grow(): void {
		const larger = new Int32Array(2 * slots.length);
		for (let slot = 0; slot < slots.length; slot += 4) {
			if (slots[slot + 1] !== 0) place(larger, slots[slot]!, slots[slot + 1]!, slots[slot + 2]!, slots[slot + 3]!);
		}
		slots = larger;
	}

	function forget(): void {
		size = 0;
		keptBytes = 0;
		slots.fill(0);
	}

	return {
		of(bytes, start, end, hash) {
			const mask = slots.length - 4;
			const length = end - start + 1;
			for (let slot = (4 * spread(hash)) & mask; slots[slot + 1] !== 0; slot = (slot + 4) & mask) {
				if (slots[slot] !== hash || slots[slot + 1] !== length) continue;
				let own = slots[slot + 2]!;
				let place = start;
				while (place < end && kept[own] === bytes[place]) {
					own++;
					place++;
				}
				if (place === end) return slots[slot + 3]!;
			}
			return add(bytes, start, end, hash);
		},
	};
}

/** Powers of two, as the masks need. */
const FIRST_SLOTS = 512;
const FIRST_BYTES = 4096;

/** Puts an entry into the first free slot for it. */
function place(slots: Int32Array, hash: number, length: number, first: number, meaning: number): void {
	const mask = slots.length - 4;
	let slot = (4 * spread(hash)) & mask;
	while (slots[slot + 1] !== 0) slot = (slot + 4) & mask;
	slots[slot] = hash;
	slots[slot + 1] = length;
	slots[slot + 2] = first;
	slots[slot + 3] = meaning;
}

/** Sums of neighbouring digits lie close together, and slots that are close would form long chains. */
function spread(hash: number): number {
	const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return mixed ^ (mixed >>> 12);
}

function enlarged(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(2 * bytes.length);
	larger.set(bytes);
	return larger;
}
