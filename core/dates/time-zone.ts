import { type DayNumber, dayNumberOf, FIRST_DAY, LAST_DAY } from "./day-number.ts";
import { type InstantMs, MS_PER_DAY } from "./instant.ts";

/** The clock of one place: which calendar day it shows at an instant, and the instant at which it shows a time. */
export interface TimeZone {
	/** The name it was made from. */
	readonly name: string;
	/** The calendar day that the zone's clock shows at an instant. */
	dayOf(instant: InstantMs): DayNumber;
	/**
	 * The instant at which the zone's clock shows a day and a time, in milliseconds from 0 to 86,399,999. A time that the
	 * clock skips is read with the offset before the gap; of a time that it shows twice, the earlier is meant.
	 */
	instantOf(day: DayNumber, msOfDay: number): InstantMs;
}

/**
 * The time zone of an IANA name such as `Europe/London`, in any case; null when the platform does not know the name.
 * Offsets are kept per day, so that millions of calls over the days of a data source cost little more than a look-up.
 */
export function makeTimeZone(name: string): TimeZone | null {
	// Most sources say UTC, and a format costs more than everything else that reading a small source needs.
	if (name.toUpperCase() === "UTC") return makeUtc(name);
	const format = createFormat(name);
	if (format === null) return null;
	if (format.resolvedOptions().timeZone === "UTC") return makeUtc(name);
	const offsetAt = makeOffsetLookup(format);
	return {
		name,
		dayOf: (instant) => Math.floor((instant + offsetAt(instant)) / MS_PER_DAY),
		instantOf: (day, msOfDay) => instantOfLocal(day * MS_PER_DAY + msOfDay, offsetAt),
	};
}

/** Milliseconds east of UTC at an instant. */
type OffsetLookup = (instant: InstantMs) => number;

/** Before this instant every zone keeps the mean time that it starts with; asking for it avoids years before 1. */
const EARLIEST = (FIRST_DAY + 2) * MS_PER_DAY;
/** The platform's calendar goes on beyond year 9999, which is as far as our days go. */
const LATEST = LAST_DAY * MS_PER_DAY;

function makeUtc(name: string): TimeZone {
	return {
		name,
		dayOf: (instant) => Math.floor(instant / MS_PER_DAY),
		instantOf: (day, msOfDay) => day * MS_PER_DAY + msOfDay,
	};
}

function instantOfLocal(local: number, offsetAt: OffsetLookup): InstantMs {
	// No offset reaches a day, so these two lie before and after any change of the clock near the time that is asked for.
	const before = offsetAt(local - MS_PER_DAY);
	const after = offsetAt(local + MS_PER_DAY);
	if (before === after) return local - before;
	const candidates = [local - before, local - after].filter((instant) => instant + offsetAt(instant) === local);
	return candidates.length === 0 ? local - before : Math.min(...candidates);
}

/** A change of offset inside a UTC day. */
interface Change {
	readonly at: InstantMs;
	readonly before: number;
	readonly after: number;
}

function makeOffsetLookup(format: Intl.DateTimeFormat): OffsetLookup {
	// By UTC day: the offset of the whole day, or the change that happens within it.
	const days = new Map<number, number | Change>();
	return (instant) => {
		const clamped = Math.min(Math.max(instant, EARLIEST), LATEST);
		const day = Math.floor(clamped / MS_PER_DAY);
		let known = days.get(day);
		if (known === undefined) {
			known = readDay(day, format);
			days.set(day, known);
		}
		if (typeof known === "number") return known;
		return clamped < known.at ? known.before : known.after;
	};
}

function readDay(day: number, format: Intl.DateTimeFormat): number | Change {
	let low = day * MS_PER_DAY;
	let high = low + MS_PER_DAY;
	const before = readOffset(low, format);
	const after = readOffset(high, format);
	if (before === after) return before;
	// A clock is changed at most once a day, and always at a whole second.
	while (high - low > 1000) {
		const middle = low + Math.floor((high - low) / 2000) * 1000;
		if (readOffset(middle, format) === before) low = middle;
		else high = middle;
	}
	return { at: high, before, after };
}

function readOffset(instant: InstantMs, format: Intl.DateTimeFormat): number {
	const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
	for (const part of format.formatToParts(instant)) shown[part.type] = Number(part.value);
	const { year, month, day, hour, minute, second } = shown;
	// Year 10000 begins in some zones within the last day that is asked for; its days are counted from the year before.
	const pastEnd = year! > 9999;
	const shownDay = pastEnd ? LAST_DAY + day! : dayNumberOf(year!, month!, day!)!;
	return shownDay * MS_PER_DAY + ((hour! * 60 + minute!) * 60 + second!) * 1000 - instant;
}

function createFormat(name: string): Intl.DateTimeFormat | null {
	try {
		return new Intl.DateTimeFormat("en-US", {
			timeZone: name,
			calendar: "gregory",
			numberingSystem: "latn",
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		});
	} catch (error) {
		// The platform's only way to say that it does not know the name.
		if (error instanceof RangeError) return null;
		throw error;
	}
}
