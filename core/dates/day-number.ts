/**
 * A calendar day as the number of whole days since 1970-01-01 (day 0), in the proleptic Gregorian calendar.
 * Years 1 to 9999, so -719162 to 2932896; {@link NO_DAY} stands for a missing date in typed columns.
 */
export type DayNumber = number;

/** Marks a missing date in an `Int32Array` of day numbers; smaller than every real day, so that `max` ignores it. */
export const NO_DAY: DayNumber = -0x80000000;

/** 0001-01-01, the first day that there is a number for. */
export const FIRST_DAY: DayNumber = -719_162;

/** 9999-12-31, the last day that there is a number for. */
export const LAST_DAY: DayNumber = 2_932_896;

/** Day number of a civil date; null when there is no such day (2026-02-30) or the year is outside 1 to 9999. Months count from 1. */
export function dayNumberOf(year: number, month: number, day: number): DayNumber | null {
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
	const shiftedYear = month <= 2 ? year - 1 : year;
	const era = Math.floor(shiftedYear / 400);
	const yearOfEra = shiftedYear - era * 400;
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The civil date of a day number, in 1 to 9999 / 1 to 12 / 1 to 31. */
export function civilDateOf(day: DayNumber): { readonly year: number; readonly month: number; readonly day: number } {
	const shifted = day + 719468;
	const era = Math.floor(shifted / 146097);
	const dayOfEra = shifted - era * 146097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
	return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

/** `YYYY-MM-DD`. */
export function formatDay(day: DayNumber): string {
	const civil = civilDateOf(day);
	return `${pad(civil.year, 4)}-${pad(civil.month, 2)}-${pad(civil.day, 2)}`;
}

/** Reads `YYYY-MM-DD` and nothing else; null when the text is not such a date or the day does not exist. */
export function parseDay(text: string): DayNumber | null {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	return match === null ? null : dayNumberOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

function daysInMonth(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function pad(value: number, width: number): string {
	return String(value).padStart(width, "0");
}
