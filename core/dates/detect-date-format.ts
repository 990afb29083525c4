import type { DateFormat } from "../config/model.ts";
import { DATE_FORMATS, makeDateParser } from "./date-format.ts";
import { type DayNumber, dayNumberOf } from "./day-number.ts";
import { MS_PER_DAY } from "./instant.ts";
import type { TimeZone } from "./time-zone.ts";

/**
 * The formats in which texts are dates, by what at least nine of ten of them are; empty when they are none. Two formats only where no text tells
 * whether the day or the month comes first. Plain numbers count as dates only where the days that they would mean are those of computers.
 * @param texts trimmed and not empty.
 */
export function detectDateFormats(texts: readonly string[]): readonly DateFormat[] {
	if (texts.length === 0) return [];
	const counts = DATE_FORMATS.map((format) => ({ format, count: countDates(texts, format) }));
	const most = Math.max(...counts.map(({ count }) => count));
	if (most < texts.length * MIN_SHARE) return [];
	return counts.filter(({ count }) => count === most).map(({ format }) => format);
}

/** A few cells say "never", or hold a slip of the pen. */
const MIN_SHARE = 0.9;

function countDates(texts: readonly string[], format: DateFormat): number {
	const parse = makeDateParser(format, UTC);
	const isNumber = NUMBERS.includes(format);
	return texts.filter((text) => {
		const day = parse(text)?.day;
		return day !== undefined && (!isNumber || (day >= FIRST_LIKELY_DAY && day <= LAST_LIKELY_DAY));
	}).length;
}

const NUMBERS: readonly DateFormat[] = ["epochSeconds", "epochMilliseconds", "excelSerial"];

/** No inventory is older, and none will be read by this version that late. */
const FIRST_LIKELY_DAY: DayNumber = dayNumberOf(1990, 1, 1)!;
const LAST_LIKELY_DAY: DayNumber = dayNumberOf(2080, 1, 1)!;

/** Which day it is elsewhere makes no difference here. */
const UTC: TimeZone = {
	name: "UTC",
	dayOf: (instant) => Math.floor(instant / MS_PER_DAY),
	instantOf: (day, msOfDay) => day * MS_PER_DAY + msOfDay,
};
