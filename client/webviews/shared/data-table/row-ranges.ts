/** First and last of some rows, both included. */
export type RowRange = readonly [number, number];

/** Selected rows. `ranges` ascend and neither touch nor overlap. */
export interface Selection {
	readonly ranges: readonly RowRange[];
	/** Where a selection by Shift begins. */
	readonly anchor: number;
}

export const NOTHING_SELECTED: Selection = { ranges: [], anchor: 0 };

/** One row alone. */
export function selectOnly(row: number): Selection {
	return { ranges: [[row, row]], anchor: row };
}

/** All rows; none of an empty table. */
export function selectAll(rows: number): Selection {
	return rows === 0 ? NOTHING_SELECTED : { ranges: [[0, rows - 1]], anchor: 0 };
}

/** Adds a row, or takes it away when it is selected. */
export function toggleRow({ ranges }: Selection, row: number): Selection {
	return { ranges: isSelected(ranges, row) ? without(ranges, row) : join([...ranges, [row, row]]), anchor: row };
}

/** The rows from the anchor to this one, beside those selected before or in place of them. */
export function extendTo({ ranges, anchor }: Selection, row: number, keepOthers: boolean): Selection {
	const range: RowRange = [Math.min(anchor, row), Math.max(anchor, row)];
	return { ranges: keepOthers ? join([...ranges, range]) : [range], anchor };
}

/** What is left of a selection when a table has only so many rows. */
export function within({ ranges, anchor }: Selection, rows: number): Selection {
	const left = ranges.filter(([first]) => first < rows).map(([first, last]): RowRange => [first, Math.min(last, rows - 1)]);
	return { ranges: left, anchor: Math.max(0, Math.min(anchor, rows - 1)) };
}

/** The same rows where they are now; those for which there is no place any more are not selected. */
export function followRows({ ranges, anchor }: Selection, placeOf: (row: number) => number | null): Selection {
	const places = ranges.flatMap(([first, last]) =>
		Array.from({ length: last - first + 1 }, (_, offset) => placeOf(first + offset) ?? []).flat(),
	);
	return { ranges: join(places.map((row): RowRange => [row, row])), anchor: placeOf(anchor) ?? 0 };
}

/** Whether a row is among them; in a logarithmic number of steps. */
export function isSelected(ranges: readonly RowRange[], row: number): boolean {
	let [low, high] = [0, ranges.length - 1];
	while (low <= high) {
		const middle = (low + high) >> 1;
		const [first, last] = ranges[middle]!;
		if (row < first) high = middle - 1;
		else if (row > last) low = middle + 1;
		else return true;
	}
	return false;
}

/** How many rows they hold. */
export function countRows(ranges: readonly RowRange[]): number {
	return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** A selection that a view kept; nothing when it is none. */
export function readSelection(kept: unknown): Selection {
	if (typeof kept !== "object" || kept === null) return NOTHING_SELECTED;
	const { ranges, anchor } = kept as { readonly ranges?: unknown; readonly anchor?: unknown };
	if (!Array.isArray(ranges) || !isRow(anchor)) return NOTHING_SELECTED;
	return ranges.every(isRange) ? { ranges: join(ranges), anchor } : NOTHING_SELECTED;
}

function isRange(value: unknown): value is RowRange {
	if (!Array.isArray(value) || value.length !== 2) return false;
	const [first, last]: readonly unknown[] = value;
	return isRow(first) && isRow(last) && first <= last;
}

function isRow(value: unknown): value is number {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function without(ranges: readonly RowRange[], row: number): readonly RowRange[] {
	return ranges.flatMap(([first, last]): readonly RowRange[] => {
		if (row < first || row > last) return [[first, last]];
		const parts: readonly RowRange[] = [
			[first, row - 1],
			[row + 1, last],
		];
		return parts.filter(([from, to]) => from <= to);
	});
}

/** In ascending order, with those made one that touch or overlap. */
function join(ranges: readonly RowRange[]): readonly RowRange[] {
	const joined: [number, number][] = [];
	for (const [first, last] of [...ranges].sort((one, other) => one[0] - other[0])) {
		const before = joined.at(-1);
		if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
		else joined.push([first, last]);
	}
	return joined;
}
