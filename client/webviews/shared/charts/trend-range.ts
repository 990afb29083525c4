/** One line of a trend chart. */
export interface TrendSeries {
	readonly name: string;
	/** Class that sets `--colour`, see `sparkline`. */
	readonly colour: string;
	/** One per week, null for a week without one. */
	readonly values: readonly (number | null)[];
	/** What is paid for; null for none. */
	readonly paid: number | null;
	/** At the renewal; null for none. */
	readonly projection: TrendProjection | null;
}

/** What is expected at the renewal, with its range. */
export interface TrendProjection {
	readonly expected: number;
	readonly low: number;
	readonly high: number;
}

const DAY_MS = 86_400_000;

/** Days since 1970 of a date or an instant in ISO 8601; what is no date counts as 0. */
export function dayOfIso(date: string): number {
	const time = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
	return Number.isNaN(time) ? 0 : time / DAY_MS;
}

/** First and last day, and the largest value, that a trend chart has to hold. A renewal in the past needs no room. */
export function trendRange(
	days: readonly number[],
	series: readonly TrendSeries[],
	renewal: number | null,
): { readonly first: number; readonly last: number; readonly max: number } {
	const first = days[0] ?? 0;
	const last = Math.max(days.at(-1) ?? first, renewal ?? 0, first + 1);
	const values = series.flatMap(({ values: own, paid, projection }) => [
		...own,
		paid,
		projection?.high ?? null,
		projection?.expected ?? null,
	]);
	return { first, last, max: Math.max(1, ...values.filter((value) => value !== null)) };
}

/** First days of months between two days, at most as many as wanted (2 and more), as `2026-11`. */
export function dateTicks(first: number, last: number, wanted: number): readonly { readonly day: number; readonly text: string }[] {
	const begin = new Date(first * DAY_MS);
	const months: { day: number; text: string }[] = [];
	for (let month = begin.getUTCMonth(); ; month++) {
		const time = Date.UTC(begin.getUTCFullYear(), month, 1);
		if (time / DAY_MS > last) break;
		if (time / DAY_MS >= first) months.push({ day: time / DAY_MS, text: new Date(time).toISOString().slice(0, 7) });
	}
	const step = Math.max(1, Math.ceil(months.length / wanted));
	return months.filter((_, index) => index % step === 0);
}
