/** A source of repeatable chance: the same seed gives the same sequence on every machine. */
export interface Random {
	/** A number from 0 (inclusive) to 1 (exclusive). */
	next(): number;
	/** A whole number between two bounds, both inclusive. */
	between(low: number, high: number): number;
	/** True with a probability from 0 to 1. */
	chance(probability: number): boolean;
	/** One element of a list that is not empty. */
	pick<Item>(items: readonly Item[]): Item;
}

/** Starts a sequence from a text, so that every sample file can have one of its own and does not move when another changes. */
export function createRandom(seed: string): Random {
	let state = 0x811c9dc5;
	for (let index = 0; index < seed.length; index++) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);

	// Mulberry32: 32 bits of state are plenty for a few hundred thousand draws.
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	return {
		next,
		between,
		chance: (probability) => next() < probability,
		pick: (items) => items[between(0, items.length - 1)]!,
	};
}
