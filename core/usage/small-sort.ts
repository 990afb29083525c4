/** Sorts many short lists of numbers, one after the other, without asking for memory each time. */
export interface SmallSort {
	/** Where a list is written, and is sorted in place. */
	readonly numbers: Uint32Array;
	/** Sorts the first numbers, ascending. */
	sort(count: number): void;
}

/** Room for lists of some length, of numbers below a bound. */
export function createSmallSort(length: number, bound: number): SmallSort {
	const numbers = new Uint32Array(length);
	const other = new Uint32Array(length);
	const next = new Uint32Array(DIGITS + 1);
	return {
		numbers,
		sort(count) {
			if (count <= FEW) {
				sortFew(numbers, count);
				return;
			}
			let from = numbers;
			let to = other;
			for (let weight = 1; weight < bound; weight *= DIGITS) {
				const shift = Math.log2(weight);
				next.fill(0);
				for (let place = 0; place < count; place++) next[((from[place]! >>> shift) & (DIGITS - 1)) + 1]!++;
				for (let digit = 0; digit < DIGITS; digit++) next[digit + 1]! += next[digit]!;
				for (let place = 0; place < count; place++) to[next[(from[place]! >>> shift) & (DIGITS - 1)]!++] = from[place]!;
				[from, to] = [to, from];
			}
			if (from !== numbers) for (let place = 0; place < count; place++) numbers[place] = from[place]!;
		},
	};
}

/** Up to so many are sorted by insertion, which is faster for them than digit by digit. */
const FEW = 40;
const DIGITS = 128;

function sortFew(numbers: Uint32Array, count: number): void {
	for (let sorted = 1; sorted < count; sorted++) {
		const number = numbers[sorted]!;
		let place = sorted;
		for (; place > 0 && numbers[place - 1]! > number; place--) numbers[place] = numbers[place - 1]!;
		numbers[place] = number;
	}
}
