/** Counts by days, as the server tells them: ascending days with one count each. Between two days the count of the earlier one holds. */
export interface Steps {
	readonly values: readonly number[];
	readonly counts: readonly number[];
}

/** Place of the last value that is not above a number of days; 0 where all are. */
export function placeAt(values: readonly number[], days: number): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((values[middle] ?? 0) <= days) low = middle + 1;
		else high = middle;
	}
	return Math.max(0, low - 1);
}

/** The part of some steps up to a day, as points of a line with steps; at most two points per pixel, since more cannot be seen. */
export function pointsUpTo({ values, counts }: Steps, lastDay: number, pixels: number): readonly (readonly [day: number, count: number])[] {
	const points: (readonly [number, number])[] = [];
	const resolution = lastDay / Math.max(1, pixels * 2);
	for (const [index, day] of values.entries()) {
		if (day > lastDay) break;
		const previous = points.at(-1);
		const point = [day, counts[index] ?? 0] as const;
		if (previous !== undefined && points.length > 1 && day - previous[0] < resolution) points[points.length - 1] = [previous[0], point[1]];
		else points.push(point);
	}
	const last = points.at(-1);
	if (last !== undefined && last[0] < lastDay) points.push([lastDay, last[1]]);
	return points;
}

/** A value to mark on an axis of days. */
export interface NamedValue {
	readonly days: number;
	readonly name: string;
}

/** Values with equal days as one, with all of their names in the given order; ascending. Days beyond the last one are left out. */
export function joinMarks(
	marks: readonly NamedValue[],
	lastDay: number,
): readonly { readonly days: number; readonly names: readonly string[] }[] {
	const byDay = new Map<number, string[]>();
	for (const { days, name } of marks) {
		if (days > lastDay) continue;
		const names = byDay.get(days);
		if (names === undefined) byDay.set(days, [name]);
		else if (!names.includes(name)) names.push(name);
	}
	return [...byDay].map(([days, names]) => ({ days, names })).sort((one, other) => one.days - other.days);
}
