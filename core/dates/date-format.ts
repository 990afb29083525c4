import type { DateFormat } from "../config/model.ts";
import { type DayNumber, dayNumberOf, FIRST_DAY, LAST_DAY } from "./day-number.ts";
import { type InstantMs, MS_PER_DAY, parseOffsetMinutes } from "./instant.ts";
import type { TimeZone } from "./time-zone.ts";

/** What a date cell says. */
export interface ParsedDate {
	/** The day as written; for a cell that names an instant (an offset, an epoch) that instant's day in the source's zone. */
	readonly day: DayNumber;
	/** The instant of the cell; midnight of the day in the source's zone when the cell has no time. */
	readonly instant: InstantMs;
}

/** All formats, in the order in which messages list them. */
export const DATE_FORMATS: readonly DateFormat[] = [
	"iso",
	"dd/MM/yyyy",
	"MM/dd/yyyy",
	"yyyy/MM/dd",
	"epochSeconds",
	"epochMilliseconds",
	"excelSerial",
];

/**
 * A parser of one source's date cells. It takes trimmed, non-empty text and answers null for whatever is not a date in
 * the format: other separators, days and times that do not exist, years outside 1 to 9999. Fractions of a millisecond
 * are cut off.
 */
export function makeDateParser(format: DateFormat, zone: TimeZone): (text: string) => ParsedDate | null {
	switch (format) {
		case "iso":
			return (text) => parseWritten(ISO.exec(text), zone);
		case "dd/MM/yyyy":
			return (text) => parseWritten(DAY_FIRST.exec(text), zone);
		case "MM/dd/yyyy":
			return (text) => parseWritten(MONTH_FIRST.exec(text), zone);
		case "yyyy/MM/dd":
			return (text) => parseWritten(YEAR_FIRST.exec(text), zone);
		case "epochSeconds":
			return (text) => parseEpoch(text, 1000, zone);
		case "epochMilliseconds":
			return (text) => parseEpoch(text, 1, zone);
		case "excelSerial":
			return (text) => parseExcelSerial(text, zone);
	}
}

const MINUTES_AND_SECONDS = String.raw`(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const OFFSET = String.raw`(?:\s*(?<offset>Z|[+-]\d{2}(?::?\d{2})?))?`;
const LOOSE_TIME = String.raw`(?:(?:T|\s+)(?<hour>\d{1,2}):${MINUTES_AND_SECONDS}(?:\s*(?<half>[AP])M)?${OFFSET})?`;

const ISO = new RegExp(
	String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:(?:T|\s+)(?<hour>\d{2}):${MINUTES_AND_SECONDS}${OFFSET})?$`,
	"i",
);
const DAY_FIRST = new RegExp(String.raw`^(?<day>\d{1,2})/(?<month>\d{1,2})/(?<year>\d{4})${LOOSE_TIME}$`, "i");
const MONTH_FIRST = new RegExp(String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})${LOOSE_TIME}$`, "i");
const YEAR_FIRST = new RegExp(String.raw`^(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})${LOOSE_TIME}$`, "i");

function parseWritten(match: RegExpExecArray | null, zone: TimeZone): ParsedDate | null {
	const parts = match?.groups;
	if (parts === undefined) return null;
	const day = dayNumberOf(Number(parts["year"]), Number(parts["month"]), Number(parts["day"]));
	if (day === null) return null;
	const msOfDay = readTime(parts);
	if (msOfDay === null) return null;
	const offset = parts["offset"];
	if (offset === undefined) return { day, instant: zone.instantOf(day, msOfDay) };
	const offsetMinutes = parseOffsetMinutes(offset);
	return offsetMinutes === null ? null : dateOfInstant(day * MS_PER_DAY + msOfDay - offsetMinutes * 60_000, zone);
}

/** Milliseconds since midnight; 0 without a time, null when there is no such time. */
function readTime(parts: Readonly<Record<string, string | undefined>>): number | null {
	const hour = readHour(Number(parts["hour"] ?? 0), parts["half"]);
	const minute = Number(parts["minute"] ?? 0);
	const second = Number(parts["second"] ?? 0);
	if (hour === null || minute > 59 || second > 59) return null;
	return ((hour * 60 + minute) * 60 + second) * 1000 + millisecondsOf(parts["fraction"] ?? "");
}

function readHour(written: number, half: string | undefined): number | null {
	if (half === undefined) return written > 23 ? null : written;
	if (written < 1 || written > 12) return null;
	return (written % 12) + (half.toUpperCase() === "P" ? 12 : 0);
}

/** Whole milliseconds of the digits after the point of a second. */
function millisecondsOf(fraction: string): number {
	return Number(fraction.slice(0, 3).padEnd(3, "0"));
}

function parseEpoch(text: string, msPerUnit: 1 | 1000, zone: TimeZone): ParsedDate | null {
	const match = /^(-?)(\d{1,18})(?:\.(\d+))?$/.exec(text);
	if (match === null) return null;
	const fraction = match[3] ?? "";
	// Worked out in digits: a product of floating-point numbers could fall on the other side of midnight.
	const keptDigits = msPerUnit === 1000 ? 3 : 0;
	const ms = Number(match[2]) * msPerUnit + (msPerUnit === 1000 ? millisecondsOf(fraction) : 0);
	const hasRest = /[1-9]/.test(fraction.slice(keptDigits));
	return dateOfInstant(match[1] === "-" ? 0 - ms - (hasRest ? 1 : 0) : ms, zone);
}

function dateOfInstant(instant: InstantMs, zone: TimeZone): ParsedDate | null {
	const day = zone.dayOf(instant);
	return day < FIRST_DAY || day > LAST_DAY ? null : { day, instant };
}

/** Serial number that Excel gives to 1900-02-29, a day that never was. */
const EXCEL_NO_DAY = 60;
/** Excel's serial number of 1970-01-01. */
const EXCEL_EPOCH = 25_569;

function parseExcelSerial(text: string, zone: TimeZone): ParsedDate | null {
	const match = /^(\d{1,7})(\.\d+)?$/.exec(text);
	if (match === null) return null;
	const serial = Number(match[1]);
	if (serial === EXCEL_NO_DAY) return null;
	// Days before the one that never was have a number too small by one; 0 is the day before Excel's first, as databases read it.
	const day = serial - EXCEL_EPOCH + (serial >= 1 && serial < EXCEL_NO_DAY ? 1 : 0);
	if (day > LAST_DAY) return null;
	// A time is a rounded fraction of a day: to the nearest millisecond, but never into the next day.
	const msOfDay = Math.min(Math.round(Number(match[2] ?? 0) * MS_PER_DAY), MS_PER_DAY - 1);
	return { day, instant: zone.instantOf(day, msOfDay) };
}
