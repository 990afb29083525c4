import type { DayNumber } from "../dates/day-number.ts";
import type { InstantMs } from "../dates/instant.ts";
import { makeTimeZone } from "../dates/time-zone.ts";

/** Sets of time zones that dates came from, while sources are consolidated; a set is known by its index. */
export interface ZoneSets {
	/** The set of one zone, in order of first appearance. */
	indexOf(zone: string): number;
	/** The set of all zones of two sets. */
	unite(one: number, other: number): number;
	/** All sets so far by index; at least one. */
	finish(): readonly (readonly string[])[];
}

/** Indices must fit in a byte; the last one is for the set of all zones. */
const ALL_ZONES = 255;

/**
 * No set yet. Beyond 255 different ones, a set of all zones takes their place: by it more dates are in the future, which can only
 * keep an installation from being reclaimed.
 * @param zones all zones that there are.
 */
export function createZoneSets(zones: readonly string[]): ZoneSets {
	const sets: (readonly string[])[] = [];
	const indices = new Map<string, number>();
	const united = new Map<number, number>();

	function add(set: readonly string[]): number {
		const key = JSON.stringify(set);
		const known = indices.get(key);
		if (known !== undefined) return known;
		const index = Math.min(sets.length, ALL_ZONES);
		sets[index] = index === ALL_ZONES ? [...new Set(zones)] : set;
		indices.set(key, index);
		return index;
	}

	return {
		indexOf: (zone) => add([zone]),
		unite(one, other) {
			if (one === other) return one;
			const pair = one * (ALL_ZONES + 1) + other;
			const known = united.get(pair);
			if (known !== undefined) return known;
			const index = add([...new Set([...sets[one]!, ...sets[other]!])].sort());
			united.set(pair, index);
			return index;
		},
		finish: () => (sets.length === 0 ? [["UTC"]] : sets),
	};
}

/**
 * By zone set the last day that is not in the future at an instant: the earliest of the days that clocks in its zones show, since a
 * date counts as future when it is in the future for any of the sources that gave it.
 */
export function lastPresentDays(zoneSets: readonly (readonly string[])[], asOf: InstantMs): Int32Array<ArrayBuffer> {
	const days = new Map<string, DayNumber>();
	for (const name of new Set(zoneSets.flat())) {
		const zone = makeTimeZone(name);
		if (zone === null) throw new Error(`${name} is no time zone`);
		days.set(name, zone.dayOf(asOf));
	}
	return Int32Array.from(zoneSets, (zones) => Math.min(...zones.map((zone) => days.get(zone)!)));
}
