import { sharedUint16, sharedUint32 } from "../columns/shared-array.ts";

/**
 * How many installations of each group have which age in days. Only ages that occur have a cell. The lowest ages have a table besides: what
 * one limit asks of it for all groups stands together, so that counting for thousands of products waits for no memory.
 */
export interface AgeHistogram {
	readonly groups: number;
	/** First cell by group, and at the end the number of cells. */
	readonly starts: Uint32Array;
	/** Age by cell, ascending within a group. */
	readonly ages: Uint16Array;
	/** By cell, the group's installations of this age or a lower one: the lower 16 bits, since few groups have more. */
	readonly upTo: Uint16Array;
	/** Cells at which that number passes a multiple of 2¹⁶, ascending, as often as it does. */
	readonly carries: Uint32Array;
	/** First carry by group, and at the end the number of carries. */
	readonly carryStarts: Uint32Array;
	/** The highest age that `below` has. */
	readonly tableAge: number;
	/** By age (from 0 to `tableAge`) × group, the group's installations below that age. */
	readonly below: Uint32Array;
	/** All installations by group. */
	readonly all: Uint32Array;
}

/** A group's installations below an age, which is from 0 to 2³¹ − 1. */
export function countYounger(histogram: AgeHistogram, group: number, age: number): number {
	const { groups, starts, ages, tableAge, below } = histogram;
	if (age <= tableAge) return below[age * groups + group]!;
	const first = starts[group]!;
	let low = first;
	// Ages are different and not negative, so at most `age` of them are below it: low limits need few steps.
	let size = Math.min(starts[group + 1]! - first, age);
	// A step adds the half or nothing by the sign of the difference, since a jump that nothing predicts would cost more than all the rest.
	while (size > 0) {
		const half = (size + 1) >>> 1;
		low += half & ((ages[low + half - 1]! - age) >> 31);
		size -= half;
	}
	return low === first ? 0 : countUpTo(histogram, group, low - 1);
}

/** A group's installations of a cell's age or a lower one. */
function countUpTo({ upTo, carries, carryStarts }: Cells, group: number, cell: number): number {
	const first = carryStarts[group]!;
	let low = first;
	let high = carryStarts[group + 1]!;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (carries[middle]! <= cell) low = middle + 1;
		else high = middle;
	}
	return upTo[cell]! + (low - first) * CARRY;
}

const CARRY = 0x10000;

type Cells = Pick<AgeHistogram, "groups" | "starts" | "ages" | "upTo" | "carries" | "carryStarts">;

/** Ages product by product, in no order within one. */
export interface AgeBuckets {
	readonly ages: Uint16Array;
	/** First place by product; not every place need be used. */
	readonly starts: Uint32Array;
	/** By product the place behind its last age so far. */
	readonly next: Uint32Array;
}

/** Room for so many ages by product. */
export function makeAgeBuckets(sizes: Uint32Array): AgeBuckets {
	const starts = new Uint32Array(sizes.length);
	let total = 0;
	for (let product = 0; product < sizes.length; product++) {
		starts[product] = total;
		total += sizes[product]!;
	}
	return { ages: new Uint16Array(total), starts, next: starts.slice() };
}

/**
 * The histogram of all ages that were put into the buckets, by product and, as one more group, of all products; uses the buckets up.
 * @param maxTableAge the highest age that the table may have; it has fewer where few ages occur, so that it takes less room than the cells.
 */
export function sumUpAges({ ages, starts, next }: AgeBuckets, maxTableAge: number): AgeHistogram {
	const products = starts.length;
	const maxAge = highestOf(ages);
	const cellStarts = sharedUint32(products + 2);
	const all = new Uint32Array(maxAge + 1);
	const counts = new Uint32Array(maxAge + 1);
	const different = new Uint16Array(maxAge + 1);
	let upTo = new Uint32Array(1024);
	let cells = 0;
	const appendCounts = (size: number, countOf: Uint32Array) => {
		if (cells + size > upTo.length) {
			const larger = new Uint32Array(Math.max(2 * upTo.length, cells + size));
			larger.set(upTo);
			upTo = larger;
		}
		let sum = 0;
		for (let cell = 0; cell < size; cell++) {
			sum += countOf[different[cell]!]!;
			upTo[cells + cell] = sum;
		}
	};
	for (let product = 0; product < products; product++) {
		cellStarts[product] = cells;
		const end = next[product]!;
		let size = 0;
		let lowest = maxAge;
		let highest = 0;
		for (let place = starts[product]!; place < end; place++) {
			const age = ages[place]!;
			if (counts[age]!++ !== 0) continue;
			different[size++] = age;
			if (age < lowest) lowest = age;
			if (age > highest) highest = age;
		}
		// Where most ages occur, looking at each is quicker than sorting; where few do, a stray one must not make it slow.
		if (highest - lowest < DENSE_SPREAD * size) listAges(counts, lowest, highest, different);
		else different.subarray(0, size).sort();
		appendCounts(size, counts);
		for (let cell = 0; cell < size; cell++) {
			const age = different[cell]!;
			all[age]! += counts[age]!;
			counts[age] = 0;
			// A product has at most as many different ages as ages, so this overtakes nothing that is still to be read.
			ages[cells + cell] = age;
		}
		cells += size;
	}
	cellStarts[products] = cells;
	const size = listAges(all, 0, maxAge, different);
	appendCounts(size, all);
	cellStarts[products + 1] = cells + size;
	const cellAges = sharedUint16(cells + size);
	cellAges.set(ages.subarray(0, cells));
	cellAges.set(different.subarray(0, size), cells);
	return addTable({ groups: products + 1, starts: cellStarts, ages: cellAges, ...packCounts(cellStarts, upTo) }, maxTableAge);
}

/** @param upTo at least as many numbers as cells, ascending within a group. */
function packCounts(starts: Uint32Array, upTo: Uint32Array): Pick<AgeHistogram, "upTo" | "carries" | "carryStarts"> {
	const groups = starts.length - 1;
	const packed = sharedUint16(starts[groups]!);
	const carryStarts = sharedUint32(groups + 1);
	const carries: number[] = [];
	for (let group = 0; group < groups; group++) {
		let carried = 0;
		for (let cell = starts[group]!; cell < starts[group + 1]!; cell++) {
			const count = upTo[cell]!;
			packed[cell] = count;
			for (; count - carried >= CARRY; carried += CARRY) carries.push(cell);
		}
		carryStarts[group + 1] = carries.length;
	}
	const shared = sharedUint32(carries.length);
	shared.set(carries);
	return { upTo: packed, carries: shared, carryStarts };
}

function addTable(cells: Cells, maxTableAge: number): AgeHistogram {
	const { groups, starts, ages } = cells;
	const tableAge = Math.min(maxTableAge, Math.floor(ages.length / groups));
	const below = sharedUint32((tableAge + 1) * groups);
	const all = sharedUint32(groups);
	for (let group = 0; group < groups; group++) {
		let cell = starts[group]!;
		const end = starts[group + 1]!;
		let count = 0;
		for (let age = 0; age < tableAge; age++) {
			if (cell < end && ages[cell] === age) count = countUpTo(cells, group, cell++);
			below[(age + 1) * groups + group] = count;
		}
		if (end > starts[group]!) all[group] = countUpTo(cells, group, end - 1);
	}
	return { ...cells, tableAge, below, all };
}

function highestOf(ages: Uint16Array): number {
	let highest = 0;
	for (let place = 0; place < ages.length; place++) highest = Math.max(highest, ages[place]!);
	return highest;
}

/** How many ages may be looked at for each that occurs, before sorting is quicker. */
const DENSE_SPREAD = 8;

/** Writes the ages that occur, from the lowest to the highest (both inclusive), in ascending order; answers how many. */
function listAges(counts: Uint32Array, lowest: number, highest: number, found: Uint16Array): number {
	let size = 0;
	for (let age = lowest; age <= highest; age++) if (counts[age] !== 0) found[size++] = age;
	return size;
}
