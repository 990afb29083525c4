import { CATEGORIES, OUTCOMES } from "./category.ts";
import { LIMIT_NAMES, type LimitName, type Limits, MAX_LIMIT, makeLimits } from "./limits.ts";
import { totalsWithLimits, type UsageProfile } from "./usage-profile.ts";

/** What one limit makes of an estate while the two others stay. */
export interface Sensitivity {
	readonly limit: LimitName;
	/** Days, ascending. */
	readonly values: readonly number[];
	/** By value the installations per category, in the order of `CATEGORIES`. */
	readonly counts: readonly (readonly number[])[];
}

/** Values of one curve at most, beside the limits as they are. */
const MAX_VALUES = 1000;

/** A curve is as good as flat where so much of all that the limit can change has changed: stray dates must not make it long. */
const FLAT_SHARE = 0.995;

/**
 * How the categories change with each limit, in the order of `LIMIT_NAMES`: from 0 days until as good as nothing changes any more, and at least up to twice the
 * largest limit. The limits as they are are always among the values.
 */
export function findSensitivity(profile: UsageProfile, limits: Limits): readonly Sensitivity[] {
	const least = 2 * Math.max(...LIMIT_NAMES.map((name) => limits[name]));
	return LIMIT_NAMES.map((limit) => {
		const countAt = (value: number) => countCategories(totalsWithLimits(profile, withLimit(limits, limit, value)));
		const last = Math.min(MAX_LIMIT, Math.max(least, findFlat(countAt), 1));
		const step = Math.ceil(last / MAX_VALUES);
		const steps = Array.from({ length: Math.floor(last / step) + 1 }, (_, place) => place * step);
		const values = [...new Set([...steps, limits[limit], last])].sort((one, other) => one - other);
		return { limit, values, counts: values.map(countAt) };
	});
}

/** The smallest value from which on as good as nothing changes; every category grows or shrinks all the way, so it can be searched by halves. */
function findFlat(countAt: (value: number) => readonly number[]): number {
	const first = countAt(0);
	const end = countAt(MAX_LIMIT);
	const all = distance(first, end);
	let low = 0;
	let high = MAX_LIMIT;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (distance(countAt(middle), end) <= all * (1 - FLAT_SHARE)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Installations whose category differs, at least. */
function distance(one: readonly number[], other: readonly number[]): number {
	return one.reduce((sum, count, place) => sum + Math.abs(count - other[place]!), 0) / 2;
}

function countCategories(totals: readonly number[]): readonly number[] {
	return CATEGORIES.map((category) =>
		totals.reduce((sum, count, place) => (OUTCOMES[place]!.category === category ? sum + count : sum), 0),
	);
}

function withLimit(limits: Limits, name: LimitName, value: number): Limits {
	const made = makeLimits({ ...limits, [name]: value });
	if (made.value === null) throw new RangeError(`${name} cannot be ${value}.`);
	return made.value;
}
