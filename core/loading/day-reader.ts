import type { DateFormat } from "../config/model.ts";
import type { Cell } from "../connectors/connector.ts";
import { makeDateParser } from "../dates/date-format.ts";
import { type DayNumber, dayNumberOf, FIRST_DAY, LAST_DAY, NO_DAY } from "../dates/day-number.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import { readText } from "./cells.ts";

/** Stands for a cell that holds something, but no date in the source's format. */
export const NOT_A_DAY: DayNumber = NO_DAY + 1;

/**
 * A reader of the days of one source's date cells, for millions of them: what `makeDateParser` and `readText` say together, by shorter
 * ways for what is usual. `NO_DAY` where a cell is empty, {@link NOT_A_DAY} where it is no date.
 */
export function makeDayReader(format: DateFormat, zone: TimeZone): (cell: Cell | undefined) => DayNumber {
	const parse = makeDateParser(format, zone);
	const msPerUnit = format === "epochSeconds" ? 1000 : format === "epochMilliseconds" ? 1 : null;
	const isRemembered = format !== "iso" && msPerUnit === null;
	const remembered = new Map<Cell, DayNumber>();
	// Neighbouring rows often have the same date, as a scan or a roll-out leaves it.
	let lastCell: Cell = null;
	let lastDay = NO_DAY;

	function readSlowly(cell: Cell): DayNumber {
		const written = readText(cell);
		if (written === null) return NO_DAY;
		return parse(written)?.day ?? NOT_A_DAY;
	}

	function readRemembered(cell: Cell): DayNumber {
		const known = remembered.get(cell);
		if (known !== undefined) return known;
		if (remembered.size >= MAX_REMEMBERED) remembered.clear();
		const day = readSlowly(cell);
		remembered.set(cell, day);
		return day;
	}

	function read(cell: NonNullable<Cell>): DayNumber {
		if (typeof cell === "string") {
			if (isRemembered) return cell.length <= DATE_LENGTH ? readRemembered(cell) : readSlowly(cell);
			const day = format === "iso" ? readIsoDay(cell) : NOT_A_DAY;
			return day === NOT_A_DAY ? readSlowly(cell) : day;
		}
		if (typeof cell === "number") {
			if (isRemembered) return readRemembered(cell);
			const isExact = msPerUnit !== null && Number.isInteger(cell) && Math.abs(cell) <= MAX_EPOCH;
			return isExact ? checkDay(zone.dayOf(cell * msPerUnit)) : readSlowly(cell);
		}
		if (typeof cell === "bigint") return cell >= -MAX_EXACT && cell <= MAX_EXACT ? read(Number(cell)) : readSlowly(cell);
		if (cell instanceof Date && !Number.isNaN(cell.getTime())) return checkDay(zone.dayOf(cell.getTime()));
		return readSlowly(cell);
	}

	return (cell) => {
		if (cell === null || cell === undefined) return NO_DAY;
		if (cell === lastCell) return lastDay;
		lastDay = read(cell);
		lastCell = cell;
		return lastDay;
	};
}

/** As many days as 2 bytes have, which is more than the dates of an estate are. */
const MAX_REMEMBERED = 65_536;

/** Of a date without a time. */
const DATE_LENGTH = "yyyy-MM-dd".length;

/** Far beyond year 9999 in both units, and exact in milliseconds. */
const MAX_EPOCH = 9e12 * 100;

const MAX_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

function checkDay(day: DayNumber): DayNumber {
	return day < FIRST_DAY || day > LAST_DAY ? NOT_A_DAY : day;
}

/** The day of `yyyy-MM-dd`, also with a time that has seconds and no offset; {@link NOT_A_DAY} for what needs the general parser. */
function readIsoDay(text: string): DayNumber {
	if (text.length !== DATE_LENGTH && !hasPlainTime(text)) return NOT_A_DAY;
	if (text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return NOT_A_DAY;
	const century = readTwoDigits(text, 0);
	const yearOfCentury = readTwoDigits(text, 2);
	const month = readTwoDigits(text, 5);
	const day = readTwoDigits(text, 8);
	// A negative one has a sign bit that the others can't take away.
	if ((century | yearOfCentury | month | day) < 0) return NOT_A_DAY;
	return dayNumberOf(century * 100 + yearOfCentury, month, day) ?? NOT_A_DAY;
}

/** Whether ` HH:mm:ss` and perhaps a fraction stand behind the date. */
function hasPlainTime(text: string): boolean {
	if (text.length < 19) return false;
	const separator = text.charCodeAt(10);
	if (separator !== SPACE && separator !== LETTER_T) return false;
	if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return false;
	const hour = readTwoDigits(text, 11);
	const minute = readTwoDigits(text, 14);
	const second = readTwoDigits(text, 17);
	if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return false;
	return text.length === 19 || isFraction(text, 19);
}

function isFraction(text: string, start: number): boolean {
	const digits = text.length - start - 1;
	if (text.charCodeAt(start) !== POINT || digits < 1 || digits > 9) return false;
	for (let place = start + 1; place < text.length; place++) if (!isDigit(text.charCodeAt(place))) return false;
	return true;
}

/** A number from 0 to 99; negative when they are no digits. */
function readTwoDigits(text: string, place: number): number {
	const tens = text.charCodeAt(place);
	const ones = text.charCodeAt(place + 1);
	return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : -1;
}

function isDigit(code: number): boolean {
	return code >= ZERO && code <= ZERO + 9;
}

const ZERO = "0".charCodeAt(0);
const MINUS = "-".charCodeAt(0);
const COLON = ":".charCodeAt(0);
const POINT = ".".charCodeAt(0);
const SPACE = " ".charCodeAt(0);
const LETTER_T = "T".charCodeAt(0);
