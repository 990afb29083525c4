/** Numbers pairs of numbers from 0 in the order in which they first come. */
export interface PairSlots {
	/** The number of a pair; a new one gets the next. */
	placeOf(first: number, second: number): number;
	/** The same of so many pairs at once. */
	placesOf(firsts: Uint32Array, seconds: Uint32Array, length: number, places: Uint32Array): void;
	count(): number;
	/**
	 * By number of the pair so many words, of which the first two are the pair itself; the others are 0 at first, and free to use. The
	 * next new pair may put other words in their place.
	 */
	records(): Uint32Array;
}

const FIRST_SLOTS = 1024;

/** Without any pair. @param words of a pair's record, 2 or more. */
export function createPairSlots(words: number): PairSlots {
	let count = 0;
	// Places + 1 by hash; 0 in a free slot. At most half of the slots are taken.
	let slots = new Uint32Array(FIRST_SLOTS);
	let records = new Uint32Array((FIRST_SLOTS / 2) * words);

	function grow(): void {
		slots = new Uint32Array(2 * slots.length);
		const larger = new Uint32Array(2 * records.length);
		larger.set(records);
		records = larger;
		const mask = slots.length - 1;
		for (let pair = 0; pair < count; pair++) {
			let slot = hashOf(records[pair * words]!, records[pair * words + 1]!) & mask;
			while (slots[slot] !== 0) slot = (slot + 1) & mask;
			slots[slot] = pair + 1;
		}
	}

	function placeOf(first: number, second: number): number {
		const mask = slots.length - 1;
		let slot = hashOf(first, second) & mask;
		for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
			const at = (found - 1) * words;
			if (records[at + 1] === second && records[at] === first) return found - 1;
			slot = (slot + 1) & mask;
		}
		records[count * words] = first;
		records[count * words + 1] = second;
		slots[slot] = ++count;
		if (2 * count === slots.length) grow();
		return count - 1;
	}

	return {
		placeOf,
		placesOf(firsts, seconds, length, places) {
			// In two loops without much else, so that a processor that waits for the memory of one pair is busy with the next ones.
			const mask = slots.length - 1;
			for (let index = 0; index < length; index++) places[index] = slots[hashOf(firsts[index]!, seconds[index]!) & mask]!;
			for (let index = 0; index < length; index++) {
				const found = places[index]!;
				const at = (found - 1) * words;
				const isFound = found !== 0 && records[at] === firsts[index] && records[at + 1] === seconds[index];
				places[index] = isFound ? found - 1 : placeOf(firsts[index]!, seconds[index]!);
			}
		},
		count: () => count,
		records: () => records,
	};
}

function hashOf(first: number, second: number): number {
	const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
	return hash ^ (hash >>> 15);
}
