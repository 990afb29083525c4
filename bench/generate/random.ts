/** Pseudo-random numbers that are the same on every machine: each call gives the next whole number from 0 to 2³² − 1. */
export interface Random {
	/** Goes on from a place that depends on nothing but the number. */
	reseed(seed: number): void;
	/** A whole number from 0 to below `limit`. */
	below(limit: number): number;
	/** Whether something happens that happens `permyriad` times in 10,000. */
	chance(permyriad: number): boolean;
}

/** Makes a sequence that depends on the seed alone. */
export function createRandom(seed: number): Random {
	// An array of one element keeps the state a machine word; a captured variable would become an object.
	const state = new Int32Array([seed]);

	function next(): number {
		const at = (state[0]! + 0x6d2b79f5) | 0;
		state[0] = at;
		let mixed = Math.imul(at ^ (at >>> 15), at | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	}

	const below = (limit: number) => Math.floor((next() / 0x1_0000_0000) * limit);
	return {
		reseed(number) {
			state[0] = Math.imul(number + 1, 0x9e3779b1) ^ seed;
			next();
		},
		below,
		chance: (permyriad) => below(10_000) < permyriad,
	};
}

/** Picks ranks from 0 with the frequencies of Zipf's law, in the same time for every rank (Vose's alias method). */
export function createZipf(ranks: number, exponent: number): (random: Random) => number {
	const weights = Float64Array.from({ length: ranks }, (_, rank) => 1 / (rank + 1) ** exponent);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const share = weights.map((weight) => (weight * ranks) / total);
	const alias = new Uint32Array(ranks);
	const small: number[] = [];
	const large: number[] = [];
	for (let rank = 0; rank < ranks; rank++) (share[rank]! < 1 ? small : large).push(rank);
	while (small.length > 0 && large.length > 0) {
		const low = small.pop()!;
		const high = large.pop()!;
		alias[low] = high;
		share[high] = share[high]! + share[low]! - 1;
		(share[high]! < 1 ? small : large).push(high);
	}
	// What is left over differs from 1 by rounding only.
	for (const rank of [...small, ...large]) share[rank] = 1;
	const fraction = 0x1_0000;
	return (random) => {
		const rank = random.below(ranks);
		return random.below(fraction) < share[rank]! * fraction ? rank : alias[rank]!;
	};
}
