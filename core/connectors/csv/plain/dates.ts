import type { DateFormat } from "../../../config/model.ts";
import { type DayNumber, dayNumberOf, LAST_DAY, NO_DAY } from "../../../dates/day-number.ts";

/** Reads the day of trimmed text; `NO_DAY` for what the general parser must look at. */
export type DayReader = (text: Uint8Array, start: number, end: number) => DayNumber;

const NUL_DIGIT = 0x30;
const COLON = 0x3a;
const SPACE = 0x20;

/** A reader of the common ways to write dates in a format, also with a time of day where that changes nothing. */
export function createDayReader(format: DateFormat, isUtc: boolean): DayReader {
	switch (format) {
		case "iso":
		case "dd/MM/yyyy":
		case "MM/dd/yyyy":
		case "yyyy/MM/dd":
			return (text, start, end) => readWritten(text, start, end, format, isUtc);
		case "epochSeconds":
		case "epochMilliseconds":
			return isUtc ? (text, start, end) => readEpoch(text, start, end, format === "epochSeconds" ? 86_400 : 86_400_000) : () => NO_DAY;
		case "excelSerial":
			return readSerial;
	}
}

function readWritten(text: Uint8Array, start: number, end: number, format: DateFormat, isUtc: boolean): DayNumber {
	const isIso = format === "iso";
	const separator = isIso ? 0x2d : 0x2f;
	const least = isIso ? 2 : 1;
	const yearFirst = isIso || format === "yyyy/MM/dd";
	const first = digitsEnd(text, start, end, yearFirst ? 4 : 2);
	if (first - start < (yearFirst ? 4 : 1) || first === end || text[first] !== separator) return NO_DAY;
	const second = digitsEnd(text, first + 1, end, 2);
	if (second - first - 1 < least || second === end || text[second] !== separator) return NO_DAY;
	const third = digitsEnd(text, second + 1, end, yearFirst ? 2 : 4);
	if (third - second - 1 < (yearFirst ? least : 4)) return NO_DAY;
	if (third < end && !isTime(text, third, end, isIso, isUtc)) return NO_DAY;
	const one = numberAt(text, start, first);
	const two = numberAt(text, first + 1, second);
	const three = numberAt(text, second + 1, third);
	if (yearFirst) return dayNumberOf(one, two, three) ?? NO_DAY;
	return (format === "dd/MM/yyyy" ? dayNumberOf(three, two, one) : dayNumberOf(three, one, two)) ?? NO_DAY;
}

/** Whether a time of day follows that exists; of offsets only Z, where that changes nothing. */
function isTime(text: Uint8Array, start: number, end: number, isStrict: boolean, isUtc: boolean): boolean {
	if ((text[start]! | 0x20) !== 0x74 && text[start] !== SPACE) return false;
	const hourEnd = digitsEnd(text, start + 1, end, 2);
	if (hourEnd - start - 1 < (isStrict ? 2 : 1) || hourEnd === end || text[hourEnd] !== COLON) return false;
	let at = digitsEnd(text, hourEnd + 1, end, 2);
	if (at - hourEnd < 3 || numberAt(text, hourEnd + 1, at) > 59) return false;
	if (at < end && text[at] === COLON) {
		const secondEnd = digitsEnd(text, at + 1, end, 2);
		if (secondEnd - at < 3 || numberAt(text, at + 1, secondEnd) > 59) return false;
		at = secondEnd;
		if (at < end && (text[at] === 0x2e || text[at] === 0x2c)) {
			const fractionEnd = digitsEnd(text, at + 1, end, 9);
			if (fractionEnd === at + 1) return false;
			at = fractionEnd;
		}
	}
	const hour = numberAt(text, start + 1, hourEnd);
	if (!isStrict && isHalf(text, text[at] === SPACE ? at + 1 : at, end)) return hour >= 1 && hour <= 12;
	if (hour > 23) return false;
	return at === end || (isUtc && end - at === 1 && (text[at]! | 0x20) === 0x7a);
}

/** Whether the rest is AM or PM. */
function isHalf(text: Uint8Array, at: number, end: number): boolean {
	if (end - at !== 2) return false;
	const letter = text[at]! | 0x20;
	return (letter === 0x61 || letter === 0x70) && (text[at + 1]! | 0x20) === 0x6d;
}

function readEpoch(text: Uint8Array, start: number, end: number, unitsPerDay: number): DayNumber {
	if (end - start > 15 || digitsEnd(text, start, end, 15) !== end) return NO_DAY;
	const day = Math.floor(numberAt(text, start, end) / unitsPerDay);
	return day > LAST_DAY ? NO_DAY : day;
}

/** Serial numbers of days after the one that never was. */
function readSerial(text: Uint8Array, start: number, end: number): DayNumber {
	const wholeEnd = digitsEnd(text, start, end, 7);
	if (wholeEnd === start) return NO_DAY;
	if (wholeEnd < end) {
		const fraction = wholeEnd + 1;
		if (text[wholeEnd] !== 0x2e || fraction === end || digitsEnd(text, fraction, end, end - fraction) !== end) return NO_DAY;
	}
	const serial = numberAt(text, start, wholeEnd);
	const day = serial - 25_569;
	return serial > 60 && day <= LAST_DAY ? day : NO_DAY;
}

/** Where the digits end that begin here, at most so many. */
function digitsEnd(text: Uint8Array, start: number, end: number, most: number): number {
	const last = Math.min(end, start + most);
	let at = start;
	while (at < last && text[at]! >= NUL_DIGIT && text[at]! <= NUL_DIGIT + 9) at++;
	return at;
}

function numberAt(text: Uint8Array, start: number, end: number): number {
	let number = 0;
	for (let at = start; at < end; at++) number = number * 10 + text[at]! - NUL_DIGIT;
	return number;
}
