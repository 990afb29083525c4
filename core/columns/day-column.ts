import { type DayNumber, FIRST_DAY, NO_DAY } from "../dates/day-number.ts";

/**
 * Calendar days by index in 2 or 4 bytes each: 0 where there is none, otherwise the day number minus `base`. In 2 bytes fit
 * the days from 1900-01-01 to 2079-06-05; one day outside of them makes a column wide.
 */
export interface DayColumn {
	readonly days: Uint16Array | Int32Array;
	readonly base: DayNumber;
}

/** Base of a column of 2 bytes: the day before 1900-01-01. */
export const NARROW_BASE: DayNumber = -25_568;

/** Base of a column of 4 bytes. */
export const WIDE_BASE: DayNumber = FIRST_DAY - 1;

/** The day at an index; `NO_DAY` where there is none. */
export function dayAt({ days, base }: DayColumn, index: number): DayNumber {
	const stored = days[index]!;
	return stored === 0 ? NO_DAY : stored + base;
}
