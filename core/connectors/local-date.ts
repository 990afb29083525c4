import { type DayNumber, FIRST_DAY, formatDay, LAST_DAY } from "../dates/day-number.ts";
import { formatInstant, type InstantMs, MS_PER_DAY } from "../dates/instant.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import type { Cell } from "./connector.ts";

/** Whether there is a number for a day. */
export function isDay(day: number): boolean {
	return day >= FIRST_DAY && day <= LAST_DAY;
}

/**
 * A cell for a day and a time on the clock of the source's zone: the instant that the loader finds the same day for. Null for a day
 * outside the years 1 to 9999.
 */
export function toDateCell(day: DayNumber, msOfDay: number, zone: TimeZone): Cell {
	if (!isDay(day)) return null;
	const instant = zone.instantOf(day, msOfDay);
	// Where a zone went without that whole day, its name is the only way to say it.
	return zone.dayOf(instant) === day ? new Date(instant) : formatLocalTime(day, msOfDay);
}

/** `2026-11-04`, with a time other than midnight `2026-11-04T21:00:00`: as it stands in the source, without any zone. */
export function formatLocalTime(day: DayNumber, msOfDay: number): string {
	if (msOfDay === 0) return formatDay(day);
	const instant: InstantMs = day * MS_PER_DAY + msOfDay;
	return formatInstant(instant).slice(0, -1);
}
