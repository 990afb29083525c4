import type { DataSource } from "../config/model.ts";
import { civilDateOf, type DayNumber } from "../dates/day-number.ts";
import type { SeenDates } from "../dates/seen-dates.ts";
import type { DataProblem } from "../problems.ts";
import type { Loaded } from "./loaded.ts";
import { describeUnparseableDate } from "./problem-texts.ts";

/** Data problems of one source and code that are kept with their row; of the others only the number is. */
export const KEPT_PROBLEMS = 1000;

/** Collects the data problems of a load. */
export interface ProblemLog {
	/**
	 * Counts a problem and keeps it when it is one of the first of its source and code.
	 * @param row as in {@link DataProblem.row}.
	 * @param describe makes the message; called only when it is kept.
	 */
	add(source: DataSource, code: string, row: number | null, column: string | null, describe: () => string): void;
	/**
	 * Counts a cell that is no date in its source's format, as {@link add} does, and keeps its text when it is one of the first.
	 * @param text of the cell; asked for only when it is kept.
	 */
	addUnreadDate(
		source: DataSource,
		row: number | null,
		column: string | null,
		text: () => string,
		kept: "row is kept" | "row is left out",
	): void;
	/** Counts a date that could be read, where nothing else remembers it. */
	noteDate(source: DataSource, day: DayNumber): void;
	/** Counts such dates, of which some have a day that {@link isEarlyDay}. */
	noteDates(source: DataSource, read: number, early: number): void;
	/** Everything so far; the kept problems by source in the order of the configuration, then by row and code. */
	summarize(): Pick<Loaded<unknown>, "problems" | "problemCount" | "counts" | "seenDates">;
}

/** A log without any problem. */
export function createProblemLog(): ProblemLog {
	const tallies = new Map<
		number,
		{ readonly source: DataSource; readonly codes: Map<string, { count: number; readonly kept: DataProblem[] }> }
	>();
	const dates = new Map<number, { readonly source: DataSource; readonly unread: string[]; read: number; early: number }>();
	const datesOf = (source: DataSource) => getOrAdd(dates, source.index, () => ({ source, unread: [], read: 0, early: 0 }));

	function add(source: DataSource, code: string, row: number | null, column: string | null, describe: () => string): void {
		const { codes } = getOrAdd(tallies, source.index, () => ({ source, codes: new Map() }));
		const tally = getOrAdd(codes, code, () => ({ count: 0, kept: [] }));
		tally.count++;
		if (tally.kept.length >= KEPT_PROBLEMS) return;
		tally.kept.push({ code, source: source.name, row, column, message: describe() });
	}

	return {
		add,
		addUnreadDate(source, row, column, text, kept) {
			add(source, "source/unparseable-date", row, column, () => {
				const written = text();
				// With a wrong mapping the cells can be the names of users, which nothing may show.
				const isPersonal = source.provides === "userActivity";
				if (!isPersonal || DATE_SIGNS.test(written)) datesOf(source).unread.push(written.slice(0, KEPT_LENGTH));
				return describeUnparseableDate(isPersonal ? null : written, source.dateFormat, kept);
			});
		},
		noteDate(source, day) {
			const seen = datesOf(source);
			seen.read++;
			if (isEarlyDay(day)) seen.early++;
		},
		noteDates(source, read, early) {
			const seen = datesOf(source);
			seen.read += read;
			seen.early += early;
		},
		summarize() {
			const sources = [...tallies.values()].sort((a, b) => a.source.index - b.source.index);
			const counts = sources.flatMap(({ source, codes }) => [...codes].map(([code, { count }]) => ({ source: source.name, code, count })));
			const seenDates = [...dates.values()]
				.sort((a, b) => a.source.index - b.source.index)
				.map(({ source, unread, read, early }): SeenDates => ({ source: source.name, unread, read, early }));
			return {
				problems: sources.flatMap(({ codes }) => [...codes.values()].flatMap(({ kept }) => kept).sort(byRowAndCode)),
				problemCount: counts.reduce((sum, { count }) => sum + count, 0),
				counts,
				...(seenDates.length === 0 ? {} : { seenDates }),
			};
		},
	};
}

/** Characters of a cell that are kept: more than any date has. */
const KEPT_LENGTH = 60;

/** Cells without anything of which a name consists, but for numbers. */
const DATE_SIGNS = /^[\d\s./:,TZ+-]{6,}$/;

/** A day of the month that is no later could be a month. */
const MONTHS = 12;

/** Whether the day of the month could be a month. */
export function isEarlyDay(day: DayNumber): boolean {
	return civilDateOf(day).day <= MONTHS;
}

/** By code as well, since which code came first differs between a source and its parts; of one code the order of a row's cells stays. */
function byRowAndCode(a: DataProblem, b: DataProblem): number {
	return (a.row ?? 0) - (b.row ?? 0) || Number(a.code > b.code) - Number(a.code < b.code);
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	let value = map.get(key);
	if (value === undefined) {
		value = make();
		map.set(key, value);
	}
	return value;
}
