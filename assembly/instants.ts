// Instants of date cells. What is not read here is for the general parser outside to read or to refuse.
import {
	EPOCH_SECONDS,
	EXCEL_SERIAL,
	format,
	ISO,
	isAt,
	LAST_DAY,
	NARROW_BASE,
	NOT_READ,
	next,
	number,
	readDigits,
	readTen,
	readWrittenDay,
	YEAR_FIRST,
} from "./dates.ts";

const MS_PER_DAY: i64 = 86400000;
/** Instants nearer to the ends of the years that there are depend on the time zone. */
const FIRST_INSTANT: i64 = (-719162 + 2) * MS_PER_DAY;
const LAST_INSTANT: i64 = (2932896 - 2) * MS_PER_DAY;

/** What a cell can be. */
export const NO_INSTANT: u32 = 0;
/** Milliseconds since 1970-01-01T00:00Z. */
export const ABSOLUTE: u32 = 1;
/** Milliseconds since 1970-01-01T00:00 on the clock of the source's time zone. */
export const LOCAL: u32 = 2;
/** As ABSOLUTE, with a day that is known to be at most 12, or not. */
export const EARLY: u32 = 3;
export const LATE: u32 = 4;

/** The milliseconds that were read last. */
export let instant: i64 = 0;

/** Reads a cell's trimmed text; NO_INSTANT for what is not read here. */
export function readInstant(at: usize, length: u32): u32 {
	const end = at + length;
	if (format <= YEAR_FIRST) return readWritten(at, length, end);
	if (format == EXCEL_SERIAL) return readSerial(at, end);
	return readEpoch(at, end, format == EPOCH_SECONDS);
}

function readWritten(at: usize, length: u32, end: usize): u32 {
	if (length >= 10) {
		const stored = readTen(at, 10);
		if (stored != 0) return readTime(at + 10, end, <i64>(<i32>stored + NARROW_BASE) * MS_PER_DAY);
	}
	const day = readWrittenDay(at, end);
	return day == NOT_READ ? NO_INSTANT : readTime(next, end, <i64>day * MS_PER_DAY);
}

/** Reads the time behind a day, whose first instant is given. */
function readTime(at: usize, end: usize, start: i64): u32 {
	instant = start;
	if (at == end) return LOCAL;
	const separator = load<u8>(at);
	if ((separator | 0x20) != 0x74 && separator != 0x20) return NO_INSTANT;
	if (end - at >= 9) {
		// HH:mm:ss
		const word = load<u64>(at, 1) ^ 0x30303a30303a3030;
		const strange = ((word + 0x76767f76767f7676) | word) & 0x8080808080808080;
		const hour = <u32>(word & 0xff) * 10 + (<u32>(word >> 8) & 0xff);
		const minute = (<u32>(word >> 24) & 0xff) * 10 + (<u32>(word >> 32) & 0xff);
		const second = (<u32>(word >> 48) & 0xff) * 10 + <u32>(word >> 56);
		if (<i32>(<u32>(strange == 0) & <u32>(hour < 24) & <u32>(minute < 60) & <u32>(second < 60)) != 0) {
			instant = start + <i64>((minute * 60 + second) * 1000);
			return readHour(at + 9, end, hour, true);
		}
	}
	if (!readDigits(at + 1, end, format == ISO ? 2 : 1, 2) || !isAt(next, end, 0x3a)) return NO_INSTANT;
	const hour = number;
	if (!readDigits(next + 1, end, 2, 2) || number > 59) return NO_INSTANT;
	instant = start + <i64>(number * 60000);
	if (!isAt(next, end, 0x3a)) return readHour(next, end, hour, false);
	if (!readDigits(next + 1, end, 2, 2) || number > 59) return NO_INSTANT;
	instant += <i64>(number * 1000);
	return readHour(next, end, hour, true);
}

/** Adds the hour to the rest of the time, which is known as far as `at`. */
function readHour(at: usize, end: usize, hour: u32, hasSeconds: bool): u32 {
	if (at < end) {
		if (hasSeconds && (load<u8>(at) == 0x2e || load<u8>(at) == 0x2c)) {
			if (!readDigits(at + 1, end, 1, 9)) return NO_INSTANT;
			instant += <i64>milliseconds(at + 1, next);
			at = next;
		}
		if (format != ISO && at < end) {
			const half = isAt(at, end, 0x20) ? at + 1 : at;
			if (end - half >= 2) {
				const letter = load<u8>(half) | 0x20;
				if ((letter == 0x61 || letter == 0x70) && (load<u8>(half, 1) | 0x20) == 0x6d) {
					if (hour < 1 || hour > 12) return NO_INSTANT;
					hour = (hour % 12) + (letter == 0x70 ? 12 : 0);
					at = half + 2;
				}
			}
		}
	}
	if (hour > 23) return NO_INSTANT;
	instant += <i64>(hour * 3600000);
	return at == end ? LOCAL : readOffset(at, end);
}

/** Whole milliseconds of the digits after the point of a second. */
function milliseconds(from: usize, to: usize): u32 {
	let value: u32 = 0;
	for (let at = from; at < from + 3; at++) value = value * 10 + (at < to ? <u32>load<u8>(at) - 0x30 : 0);
	return value;
}

function readOffset(at: usize, end: usize): u32 {
	if (isAt(at, end, 0x20)) at++;
	if (at == end) return NO_INSTANT;
	const sign = load<u8>(at);
	if ((sign | 0x20) == 0x7a) return at + 1 == end ? checked() : NO_INSTANT;
	if (sign != 0x2b && sign != 0x2d) return NO_INSTANT;
	if (!readDigits(at + 1, end, 2, 2) || number > 18) return NO_INSTANT;
	let minutes = number * 60;
	if (next < end) {
		if (!readDigits(isAt(next, end, 0x3a) ? next + 1 : next, end, 2, 2) || number > 59 || next != end) return NO_INSTANT;
		minutes += number;
	}
	instant += sign == 0x2d ? <i64>(minutes * 60000) : -(<i64>(minutes * 60000));
	return checked();
}

function checked(): u32 {
	return instant < FIRST_INSTANT || instant > LAST_INSTANT ? NO_INSTANT : ABSOLUTE;
}

function readEpoch(at: usize, end: usize, isSeconds: bool): u32 {
	const begin = at;
	let value: i64 = 0;
	for (; at < end; at++) {
		const digit = <u32>load<u8>(at) - 0x30;
		if (digit > 9) break;
		value = value * 10 + digit;
	}
	if (at == begin || at - begin > 15) return NO_INSTANT;
	instant = isSeconds ? value * 1000 : value;
	if (at < end) {
		const fraction = at + 1;
		if (load<u8>(at) != 0x2e || fraction == end) return NO_INSTANT;
		for (at = fraction; at < end; at++) if (<u32>load<u8>(at) - 0x30 > 9) return NO_INSTANT;
		if (isSeconds) instant += <i64>milliseconds(fraction, end);
	}
	return checked();
}

/** Serial numbers of Excel: days, and a fraction that is rounded to the nearest millisecond of the same day. */
function readSerial(at: usize, end: usize): u32 {
	if (!readDigits(at, end, 1, 7)) return NO_INSTANT;
	const serial = <i32>number;
	if (serial == 60) return NO_INSTANT;
	const day = serial - 25569 + (serial >= 1 && serial < 60 ? 1 : 0);
	if (day > LAST_DAY) return NO_INSTANT;
	let ms: i64 = 0;
	if (next < end) {
		const fraction = next + 1;
		// More digits than a number holds exactly.
		if (!isAt(next, end, 0x2e) || fraction == end || end - fraction > 15) return NO_INSTANT;
		let digits: i64 = 0;
		let unit: i64 = 1;
		for (at = fraction; at < end; at++) {
			const digit = <u32>load<u8>(at) - 0x30;
			if (digit > 9) return NO_INSTANT;
			digits = digits * 10 + digit;
			unit *= 10;
		}
		const exact = (<f64>digits / <f64>unit) * <f64>MS_PER_DAY;
		const whole = Math.floor(exact);
		ms = min(<i64>whole + (exact - whole >= 0.5 ? 1 : 0), MS_PER_DAY - 1);
	}
	instant = <i64>day * MS_PER_DAY + ms;
	return LOCAL;
}
