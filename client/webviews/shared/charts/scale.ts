import { ticks } from "d3-array";

/** Turns values into places along an axis and back, in equal steps. */
export interface Scale {
	/** Place of a value, in pixels; values outside the domain lie outside the range. */
	at(value: number): number;
	/** Value at a place. */
	invert(place: number): number;
	/** First and last value. */
	readonly domain: readonly [number, number];
	/** Places of the first and the last value, in pixels; may descend. */
	readonly range: readonly [number, number];
}

/** A scale between two values that differ; where they are equal, every value lies at the beginning. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
	const [first, last] = domain;
	const [from, to] = range;
	const span = last - first;
	return {
		at: (value) => (span === 0 ? from : from + ((value - first) / span) * (to - from)),
		invert: (place) => (to === from ? first : first + ((place - from) / (to - from)) * span),
		domain,
		range,
	};
}

/** Round whole numbers from 0 to a maximum, about as many as wanted, of which the last is not below the maximum: an axis of counts. */
export function countTicks(max: number, wanted: number): readonly number[] {
	const top = Math.max(1, max);
	const found = ticks(0, top, wanted).filter(Number.isInteger);
	const step = Math.max(1, (found[1] ?? 1) - (found[0] ?? 0));
	const all: number[] = [];
	for (let value = 0; value < top; value += step) all.push(value);
	all.push(all.length * step);
	return all;
}

/** Steps that people count days in. */
const DAY_STEPS = [1, 2, 5, 7, 10, 14, 15, 30, 60, 90, 180, 365, 730, 1825, 3650, 7300];

/** Days from 0 to at most a maximum, at most as many as wanted (2 and more), in steps that people count days in. */
export function dayTicks(max: number, wanted: number): readonly number[] {
	const step = DAY_STEPS.find((days) => max / days <= wanted - 1) ?? Math.ceil(max / Math.max(1, wanted - 1));
	return Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => index * step);
}
