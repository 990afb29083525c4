import type { InstantMs } from "../dates/instant.ts";
import { median } from "./large-difference.ts";
import { startOfWeek, type UsageWeek } from "./usage-week.ts";

/** Weeks that a trend looks at: the one of the report and the 25 before it. */
export const TREND_WEEKS = 26;
/** Weeks with a log below which there is no trend. */
const LEAST_TREND_WEEKS = 6;

/** Active users of one kind in one week. */
export interface TrendPoint {
	readonly week: UsageWeek;
	readonly active: number;
}

/** Users gained per week, negative for lost ones: the Theil–Sen slope, and the bounds of its 95 % confidence interval. */
export interface Trend {
	readonly perWeek: number;
	readonly low: number;
	readonly high: number;
}

/** Active users at one instant, never below 0; `low` ≤ `expected` ≤ `high`. */
export interface TrendForecast {
	readonly expected: number;
	readonly low: number;
	readonly high: number;
}

/** 97.5 % of the standard normal distribution lie below it. */
const Z = 1.959963984540054;

/**
 * The Theil–Sen slope, the median of the slopes between all pairs of weeks, with the interval of Sen (1968), "Estimates of the
 * Regression Coefficient Based on Kendall's Tau": of the ordered slopes those at places (N ± z × σ) / 2, where σ² is the variance of
 * Kendall's S with its correction for ties (weeks with equal figures). Places are rounded and kept within the list. Null for fewer
 * than 6 points.
 * @param points of distinct weeks, in ascending order; missing weeks are just absent.
 */
export function findTrend(points: readonly TrendPoint[]): Trend | null {
	if (points.length < LEAST_TREND_WEEKS) return null;
	// As it is on most servers for most user types.
	if (points.every(({ active }) => active === points[0]!.active)) return { perWeek: 0, low: 0, high: 0 };
	const slopes = sortedSlopes(points);
	const spread = Z * Math.sqrt(varianceOfS(points));
	const last = slopes.length - 1;
	const lowest = Math.max(0, Math.round((slopes.length - spread) / 2) - 1);
	const highest = Math.min(last, Math.round((slopes.length + spread) / 2));
	const perWeek = (slopes[Math.floor(last / 2)]! + slopes[Math.ceil(last / 2)]!) / 2;
	return { perWeek, low: slopes[lowest]!, high: slopes[highest]! };
}

/**
 * Where a trend leads: the median of what the active users of each week would have become by then. `low` and `high` are the same with
 * the bounds of the slope; they say how sure the trend is, not how much single weeks vary.
 * @param points from which the trend was found; not empty.
 * @param instant not before the beginning of any of their weeks.
 */
export function projectTrend(points: readonly TrendPoint[], { perWeek, low, high }: Trend, instant: InstantMs): TrendForecast {
	const at = weeksUntil(instant);
	const become = (slope: number) => Math.max(0, median(points.map(({ week, active }) => active + slope * (at - week))));
	return { expected: become(perWeek), low: become(low), high: become(high) };
}

function sortedSlopes(points: readonly TrendPoint[]): Float64Array {
	const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
	let count = 0;
	for (let right = 1; right < points.length; right++) {
		for (let left = 0; left < right; left++) {
			const { week, active } = points[right]!;
			slopes[count++] = (active - points[left]!.active) / (week - points[left]!.week);
		}
	}
	return slopes.sort();
}

function varianceOfS(points: readonly TrendPoint[]): number {
	const ties = new Map<number, number>();
	for (const { active } of points) ties.set(active, (ties.get(active) ?? 0) + 1);
	const part = (size: number) => size * (size - 1) * (2 * size + 5);
	return [...ties.values()].reduce((rest, size) => rest - part(size), part(points.length)) / 18;
}

/** An instant on the scale of the week numbers, with fractions. */
function weeksUntil(instant: InstantMs): number {
	const length = startOfWeek(1) - startOfWeek(0);
	return (instant - startOfWeek(0)) / length;
}
