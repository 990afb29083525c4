import { type LoggedWeek, weeklyDifferenceAt } from "./logged-weeks.ts";

/** A weekly difference that is far outside the server's own history. */
export interface LargeDifference {
	/** Active Registered of the week before, and of the week itself. */
	readonly from: number;
	readonly to: number;
	/** Median of the earlier differences; null when there are too few of them to know what is usual. */
	readonly usual: number | null;
	/** Versions of the system before and after, where both logs have one and they differ: the jump is a break, not an alarm. */
	readonly versions: { readonly from: string; readonly to: string } | null;
}

const HISTORY_WEEKS = 25;
const ENOUGH_DIFFERENCES = 6;
const LEAST_USERS = 5;
const LEAST_PERCENT = 10;
/** 1.4826 makes the median absolute deviation comparable with a standard deviation; 3.5 of those count as far. */
const FAR = 3.5 * 1.4826;

/**
 * Judges the difference from the week before `index` to that week by the differences of the 25 weeks before; null when it is not
 * large, or when the week directly before has no log.
 * @param weeks of one server, in ascending order.
 */
export function findLargeDifference(weeks: readonly LoggedWeek[], index: number): LargeDifference | null {
	const current = weeks[index];
	const before = weeks[index - 1];
	const difference = weeklyDifferenceAt(weeks, index);
	if (current === undefined || before === undefined || difference === null) return null;
	const size = Math.abs(difference);
	if (size < LEAST_USERS || size * 100 < before.log.activeRegistered * LEAST_PERCENT) return null;
	const large = { from: before.log.activeRegistered, to: current.log.activeRegistered, versions: findVersions(before, current) };

	// Weeks ascend without repeats, so that the 25 weeks before lie within the 25 places before.
	const start = Math.max(0, index - HISTORY_WEEKS);
	const earlier = weeks.slice(start, index).flatMap((entry, offset) => {
		if (entry.week < current.week - HISTORY_WEEKS) return [];
		return weeklyDifferenceAt(weeks, start + offset) ?? [];
	});
	if (earlier.length < ENOUGH_DIFFERENCES) return { ...large, usual: null };
	const usual = median(earlier);
	const deviation = median(earlier.map((value) => Math.abs(value - usual)));
	return Math.abs(difference - usual) <= FAR * deviation ? null : { ...large, usual };
}

/**
 * Whether the week at `index` begins with a break: its difference is large, and the system got another version in that week. Then it
 * is the count that changed and not the users, so that no line leads from the week before to this one.
 */
export function isBreak(weeks: readonly LoggedWeek[], index: number): boolean {
	// Most weeks have the version of the week before; their differences need not be judged.
	const before = weeks[index - 1];
	const current = weeks[index];
	if (before === undefined || current === undefined || findVersions(before, current) === null) return false;
	return findLargeDifference(weeks, index) !== null;
}

/** The middle value, or the mean of the two middle ones. The list is not empty. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

function findVersions({ log: before }: LoggedWeek, { log: current }: LoggedWeek): LargeDifference["versions"] {
	const from = before.version;
	const to = current.version;
	return from === undefined || to === undefined || from === to ? null : { from, to };
}
