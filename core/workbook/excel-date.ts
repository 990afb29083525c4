import { type DayNumber, dayNumberOf, formatDay } from "../dates/day-number.ts";
import { formatInstant, type InstantMs, MS_PER_DAY, utcDayOf } from "../dates/instant.ts";

/** Serial number of 1970-01-01 in Excel's 1900 date system. */
const SERIAL_OF_EPOCH = 25_569;
/** Before this day the 1900 system miscounts (it has a 1900-02-29) or, before 1900, shows no dates at all. */
const FIRST_TRUE_DAY: DayNumber = dayNumberOf(1900, 3, 1) ?? 0;

/** A day as Excel's serial number; `YYYY-MM-DD` as text before 1900-03-01, which Excel cannot show as a date. */
export function toExcelDay(day: DayNumber): number | string {
	return day < FIRST_TRUE_DAY ? formatDay(day) : day + SERIAL_OF_EPOCH;
}

/** An instant as Excel's serial number in UTC, to the second; ISO 8601 text before 1900-03-01. */
export function toExcelInstant(instant: InstantMs): number | string {
	if (utcDayOf(instant) < FIRST_TRUE_DAY) return formatInstant(instant);
	return (Math.floor(instant / 1000) * 1000) / MS_PER_DAY + SERIAL_OF_EPOCH;
}
