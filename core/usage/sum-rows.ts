import { sharedUint32 } from "../columns/shared-array.ts";
import type { Categorization } from "./categorization.ts";
import { OUTCOMES } from "./category.ts";
import { outcomeIndexOfRule } from "./count-outcomes.ts";
import { deviceCount, productCount } from "./estate-lookups.ts";

/** First and last place of some rows of an order, from 0, both included. */
export type PlaceRange = readonly [first: number, last: number];

/** Some places of an order of installations. */
export interface SumRowsInput {
	readonly categorization: Categorization;
	/** Installations, each at most once. */
	readonly order: Uint32Array;
	/** As {@link mergeRanges} gives them. */
	readonly ranges: readonly PlaceRange[];
}

/** What stands at some places of an order. */
export interface RowTotals {
	readonly rows: number;
	/** Different ones. */
	readonly devices: number;
	readonly products: number;
	/** Installations by product × outcome, in shared memory. */
	readonly byProduct: Uint32Array;
}

/** Ranges in their order that do not overlap or touch, within an order of some length; what lies outside of it is cut off. */
export function mergeRanges(ranges: readonly PlaceRange[], length: number): readonly PlaceRange[] {
	const merged: [number, number][] = [];
	const within = ranges.map(([first, last]): [number, number] => [Math.max(0, first), Math.min(length - 1, last)]);
	for (const [first, last] of within.filter((range) => range[0] <= range[1]).sort((one, other) => one[0] - other[0])) {
		const latest = merged.at(-1);
		if (latest !== undefined && first <= latest[1] + 1) latest[1] = Math.max(latest[1], last);
		else merged.push([first, last]);
	}
	return merged;
}

/** How many places ranges have that do not overlap. */
export function countPlaces(ranges: readonly PlaceRange[]): number {
	return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Adds up some places of an order; takes a byte per installation while it runs. */
export function sumRows({ categorization, order, ranges }: SumRowsInput): RowTotals {
	const { estate, rule } = categorization;
	const { installationStarts, productOf } = estate;
	const width = OUTCOMES.length;
	const chosen = new Uint8Array(rule.length);
	const byProduct = sharedUint32(productCount(estate) * width);
	for (const [first, last] of ranges) {
		for (let place = first; place <= last; place++) {
			const installation = order[place]!;
			chosen[installation] = 1;
			byProduct[productOf[installation]! * width + outcomeIndexOfRule(rule[installation]!)]!++;
		}
	}
	let devices = 0;
	for (let device = 0; device < deviceCount(estate); device++) {
		const end = installationStarts[device + 1]!;
		let installation = installationStarts[device]!;
		while (installation < end && chosen[installation] === 0) installation++;
		if (installation < end) devices++;
	}
	let products = 0;
	for (let start = 0; start < byProduct.length; start += width) {
		let cell = start;
		while (cell < start + width && byProduct[cell] === 0) cell++;
		if (cell < start + width) products++;
	}
	return { rows: countPlaces(ranges), devices, products, byProduct };
}
