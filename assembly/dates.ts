// Days of date cells. What is not read here is for the general parser outside to read or to refuse.

/** Stands for "not read here". */
export const NOT_READ: i32 = i32.MIN_VALUE;

export const ISO: u32 = 0;
export const DAY_FIRST: u32 = 1;
export const MONTH_FIRST: u32 = 2;
export const YEAR_FIRST: u32 = 3;
export const EPOCH_SECONDS: u32 = 4;
export const EPOCH_MILLISECONDS: u32 = 5;
export const EXCEL_SERIAL: u32 = 6;

/** As NARROW_BASE in core/columns/day-column.ts: a stored day is the day minus this one. */
export const NARROW_BASE: i32 = -25568;
export const LAST_DAY: i32 = 2932896;

const FIRST_YEAR: u32 = 1900;
const YEARS: u32 = 180;
/** Month and day as four digits, 0000 to 1231. */
const DAYS_OF_YEAR: u32 = 1232;
export const TABLE_BYTES: usize = 180 * 1232 * 2;

let table: usize = 0;
export let format: u32 = ISO;
let isUtc: bool = true;
let isYearFirst: bool = true;
/** What the first 8 bytes of a date of 10 characters look like, and how to check them; the last 2 are digits. */
let pattern: u64 = 0;
let check: u64 = 0;

/** Fills the table of stored days by year, month and day; it takes TABLE_BYTES. */
export function fillTable(region: usize): void {
	table = region;
	memory.fill(region, 0, TABLE_BYTES);
	let stored: u32 = 1;
	for (let year: u32 = 0; year < YEARS; year++) {
		for (let month: u32 = 1; month <= 12; month++) {
			const days = daysInMonth(year + FIRST_YEAR, month);
			for (let day: u32 = 1; day <= days && stored <= 0xffff; day++) {
				store<u16>(region + ((year * DAYS_OF_YEAR + month * 100 + day) << 1), stored++);
			}
		}
	}
}

export function useFormat(which: u32, utc: bool): void {
	format = which;
	isUtc = utc;
	isYearFirst = which == ISO || which == YEAR_FIRST;
	if (isYearFirst) {
		pattern = which == ISO ? 0x2d30302d30303030 : 0x2f30302f30303030;
		check = 0x7f76767f76767676;
	} else if (which == DAY_FIRST || which == MONTH_FIRST) {
		pattern = 0x30302f30302f3030;
		check = 0x76767f76767f7676;
	} else {
		// Refuses all text.
		pattern = 0;
		check = 0x8080808080808080;
	}
}

/**
 * The stored day of a written date of exactly 10 characters from 1900-01-01 to 2079-06-05; 0 when it is none. Without branches:
 * which cells are empty cannot be guessed.
 */
export function readTen(at: usize, length: usize): u32 {
	const head = load<u64>(at) ^ pattern;
	const tail = <u32>load<u16>(at, 8) ^ 0x3030;
	const strange = (((head + check) | head) & 0x8080808080808080) | <u64>(((tail + 0x7676) | tail) & 0x8080);
	let digits: u64;
	if (isYearFirst) {
		digits = (head & 0xffffffff) | (((head >> 40) & 0xffff) << 32) | ((<u64>tail) << 48);
	} else {
		const first = head & 0xffff;
		const second = (head >> 24) & 0xffff;
		digits = (head >> 48) | ((<u64>tail) << 16);
		digits |= format == DAY_FIRST ? (second << 32) | (first << 48) : (first << 32) | (second << 48);
	}
	digits = ((digits * 2561) >> 8) & 0x00ff00ff00ff00ff;
	digits = (digits * 6553601) >> 16;
	const year = <u32>(digits & 0xffff) - FIRST_YEAR;
	const monthAndDay = <u32>(digits >> 32) & 0xffff;
	const isKnown = <u32>(strange == 0) & <u32>(length == 10) & <u32>(year < YEARS) & <u32>(monthAndDay < DAYS_OF_YEAR);
	// The first entry stands for a day that there is not.
	return load<u16>(table + (select<u32>(year * DAYS_OF_YEAR + monthAndDay, 0, isKnown) << 1));
}

/** The day number of trimmed text, also with a time whose day needs no conversion. */
export function readDate(at: usize, length: u32): i32 {
	const end = at + length;
	if (format <= YEAR_FIRST) return readWritten(at, end);
	if (format == EXCEL_SERIAL) return readSerial(at, end);
	return isUtc ? readEpoch(at, end) : NOT_READ;
}

/** Where the number that was read last ended, and its value. */
export let next: usize = 0;
export let number: u32 = 0;

/** Reads digits, as many as there may be; false when they are too few. */
export function readDigits(at: usize, end: usize, least: u32, most: u32): bool {
	number = 0;
	next = at;
	while (next < end && <u32>(next - at) < most) {
		const digit = <u32>load<u8>(next) - 0x30;
		if (digit > 9) break;
		number = number * 10 + digit;
		next++;
	}
	return <u32>(next - at) >= least;
}

export function isAt(at: usize, end: usize, byte: u8): bool {
	return at < end && load<u8>(at) == byte;
}

function readWritten(at: usize, end: usize): i32 {
	const day = readWrittenDay(at, end);
	return next < end && !isTime(next, end, format == ISO) ? NOT_READ : day;
}

/** The day at the beginning of a text; `next` is where it ends. */
export function readWrittenDay(at: usize, end: usize): i32 {
	const strict = format == ISO;
	const separator: u8 = strict ? 0x2d : 0x2f;
	const least: u32 = strict ? 2 : 1;
	const yearFirst = strict || format == YEAR_FIRST;
	if (!readDigits(at, end, yearFirst ? 4 : 1, yearFirst ? 4 : 2) || !isAt(next, end, separator)) return NOT_READ;
	const first = number;
	if (!readDigits(next + 1, end, least, 2) || !isAt(next, end, separator)) return NOT_READ;
	const second = number;
	if (!readDigits(next + 1, end, yearFirst ? least : 4, yearFirst ? 2 : 4)) return NOT_READ;
	const third = number;
	if (yearFirst) return dayNumberOf(first, second, third);
	return format == DAY_FIRST ? dayNumberOf(third, second, first) : dayNumberOf(third, first, second);
}

/** Whether a time of day follows that exists; with an offset only Z where that changes nothing. */
function isTime(at: usize, end: usize, strict: bool): bool {
	const separator = load<u8>(at);
	if (separator != 0x54 && separator != 0x74 && separator != 0x20) return false;
	if (!readDigits(at + 1, end, strict ? 2 : 1, 2) || !isAt(next, end, 0x3a)) return false;
	const hour = number;
	if (!readDigits(next + 1, end, 2, 2) || number > 59) return false;
	if (isAt(next, end, 0x3a)) {
		if (!readDigits(next + 1, end, 2, 2) || number > 59) return false;
		if ((isAt(next, end, 0x2e) || isAt(next, end, 0x2c)) && !readDigits(next + 1, end, 1, 9)) return false;
	}
	if (!strict && end - next >= 2) {
		let half = next;
		if (load<u8>(half) == 0x20) half++;
		if (end - half == 2) {
			const letter = load<u8>(half) | 0x20;
			if ((letter == 0x61 || letter == 0x70) && (load<u8>(half, 1) | 0x20) == 0x6d) return hour >= 1 && hour <= 12;
		}
	}
	if (hour > 23) return false;
	if (isUtc && end - next == 1 && (load<u8>(next) | 0x20) == 0x7a) return true;
	return next == end;
}

function readEpoch(at: usize, end: usize): i32 {
	if (end - at > 15) return NOT_READ;
	let value: i64 = 0;
	for (; at < end; at++) {
		const digit = <u32>load<u8>(at) - 0x30;
		if (digit > 9) return NOT_READ;
		value = value * 10 + digit;
	}
	const day = value / (format == EPOCH_SECONDS ? 86400 : 86400000);
	return day > LAST_DAY ? NOT_READ : <i32>day;
}

/** Serial numbers from the day after the one that never was. */
function readSerial(at: usize, end: usize): i32 {
	if (!readDigits(at, end, 1, 7)) return NOT_READ;
	const serial = <i32>number;
	if (next < end) {
		if (!isAt(next, end, 0x2e) || next + 1 == end) return NOT_READ;
		for (let digit = next + 1; digit < end; digit++) {
			if (<u32>load<u8>(digit) - 0x30 > 9) return NOT_READ;
		}
	}
	const day = serial - 25569;
	return serial > 60 && day <= LAST_DAY ? day : NOT_READ;
}

/** As dayNumberOf in core/dates/day-number.ts. */
function dayNumberOf(year: u32, month: u32, day: u32): i32 {
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NOT_READ;
	const shifted = month <= 2 ? year - 1 : year;
	const era = shifted / 400;
	const yearOfEra = shifted - era * 400;
	const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return <i32>(era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear) - 719468;
}

function daysInMonth(year: u32, month: u32): u32 {
	if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}
