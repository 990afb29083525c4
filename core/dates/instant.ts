import { type DayNumber, dayNumberOf, FIRST_DAY, formatDay, LAST_DAY } from "./day-number.ts";

/** A point in time as milliseconds since 1970-01-01T00:00:00Z. */
export type InstantMs = number;

export const MS_PER_DAY = 86_400_000;

/** ISO 8601 in UTC with second precision, such as `2026-11-04T21:00:00Z`; fractions of a second are cut off. */
export function formatInstant(instant: InstantMs): string {
	const day = Math.floor(instant / MS_PER_DAY);
	const second = Math.floor((instant - day * MS_PER_DAY) / 1000);
	const two = (value: number) => String(value).padStart(2, "0");
	return `${formatDay(day)}T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}Z`;
}

/**
 * Reads an ISO 8601 instant: a date, or a date and time with `T` or a space, with `Z` or a numeric offset; without an
 * offset UTC is meant. A date alone is its midnight in UTC. Null for anything else, including days that do not exist and instants outside the years 1 to 9999 of UTC.
 */
export function parseInstant(text: string): InstantMs | null {
	const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i.exec(
		text.trim(),
	);
	if (match === null) return null;
	const day = dayNumberOf(Number(match[1]), Number(match[2]), Number(match[3]));
	const hour = Number(match[4] ?? 0);
	const minute = Number(match[5] ?? 0);
	const second = Number(match[6] ?? 0);
	if (day === null || hour > 23 || minute > 59 || second > 59) return null;
	const millisecond = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
	const offsetMinutes = parseOffsetMinutes(match[8] ?? "Z");
	if (offsetMinutes === null) return null;
	const instant = day * MS_PER_DAY + (hour * 60 + minute - offsetMinutes) * 60_000 + second * 1000 + millisecond;
	// An offset can lead out of the years that have four digits.
	return utcDayOf(instant) < FIRST_DAY || utcDayOf(instant) > LAST_DAY ? null : instant;
}

/** Minutes east of UTC of `Z`, `+hh`, `+hhmm` or `+hh:mm`; null when out of range (more than 18 hours or 59 minutes). */
export function parseOffsetMinutes(text: string): number | null {
	if (text === "Z" || text === "z") return 0;
	const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
	if (match === null) return null;
	const hours = Number(match[2]);
	const minutes = Number(match[3] ?? 0);
	if (hours > 18 || minutes > 59) return null;
	return (match[1] === "-" ? -1 : 1) * (hours * 60 + minutes);
}

/** The UTC calendar day that contains an instant. */
export function utcDayOf(instant: InstantMs): DayNumber {
	return Math.floor(instant / MS_PER_DAY);
}
