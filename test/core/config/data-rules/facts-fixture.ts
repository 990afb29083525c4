import { parseDay } from "../../../../core/dates/day-number.ts";
import type { DateColumnName, DateFacts, SourceFacts } from "../../../../core/usage/source-facts.ts";

/** Facts of a column with so many rows by date (`YYYY-MM-DD`), and so many without one. */
export function makeDates(column: DateColumnName, rows: Readonly<Record<string, number>>, empty = 0): DateFacts {
	const entries = Object.entries(rows).sort(([one], [other]) => (one < other ? -1 : 1));
	const days = Int32Array.from(entries, ([date]) => parseDay(date)!);
	const counts = Uint32Array.from(entries, ([, count]) => count);
	return {
		column,
		dated: counts.reduce((sum, count) => sum + count, 0),
		empty,
		first: days[0] ?? null,
		last: days.at(-1) ?? null,
		lastRow: days.length === 0 ? null : 2,
		days,
		counts,
	};
}

/** Facts of a source of installations, as many rows as its first column of dates has, unless something else is said. */
export function makeFacts(facts: Partial<SourceFacts>): SourceFacts {
	const [first] = facts.dates ?? [];
	const rows = first === undefined ? 0 : first.dated + first.empty;
	return { sourceIndex: 0, provides: "installations", rows, devices: 1, products: 1, dates: [], usedBeforeInstalled: null, ...facts };
}
