// Bytes of a CSV file → values of columns. The kernel is one of two implementations of the interface in
// core/connectors/csv/kernel.ts, which says what each function does.
import { takeAccesses, useAccessColumns, useAccessDates, useAccessTables, useWaitingRoom, WAITING_BYTES } from "./accesses.ts";
import { fillTable, NARROW_BASE, NOT_READ, readDate, readTen, TABLE_BYTES, useFormat } from "./dates.ts";
import { addWideDay, parseDate, reportDate, reportMissing } from "./events.ts";
import { allocate, releaseFrom } from "./memory.ts";
import { addressOf, arenaOf, countOf, createNames, endsOf, indexOfName, isEqual, usedOf } from "./names.ts";
import {
	beginTable,
	beginText,
	cell,
	columnCount,
	isIrregular,
	isTooLong,
	MAX_RECORD_BYTES,
	moveTo,
	record,
	recordNumber,
	recordStart,
	refuseRecord,
	skipLf,
	useColumnCount,
} from "./position.ts";
import {
	cellEnds,
	delimiterLength,
	hasCr,
	hasHighBytes,
	hasNul,
	isMalformed,
	PATTERN_BYTES,
	recordEnds,
	records,
	useDelimiter,
	usePatterns,
	useRegions,
} from "./structure.ts";
import { beginRecord, cellAt, cellLength, isPlain, readCell, useScratch } from "./text.ts";

/** Rows that are staged before they have to be taken away. */
const STAGE: u32 = 8192;
/** Different texts of dates that are remembered. */
const MAX_DATES: u32 = 1 << 17;
/** Bytes before and behind each region of text, which SIMD may touch. */
const SLACK: usize = 128;
const NO_COLUMN: u32 = 0xffffffff;

/** Everything that a table is worked out in begins here; before it lies what never changes. */
let base: usize = 0;

let input: usize = 0;
let stage: usize = 0;
let devices: usize = 0;
let dates: usize = 0;
let dateDays: usize = 0;
/** Dictionary, column in the table and width of a stored value, of product and up to two others. */
let names0: usize = 0;
let names1: usize = 0;
let names2: usize = 0;

let deviceColumn: u32 = 0;
let column0: u32 = NO_COLUMN;
let column1: u32 = NO_COLUMN;
let column2: u32 = NO_COLUMN;
let dayColumn0: u32 = NO_COLUMN;
let dayColumn1: u32 = NO_COLUMN;

/** Rows so far. */
let rowNumber: u32 = 0;
let lastDevice: u32 = NO_COLUMN;
let lastDeviceAt: usize = 0;
let lastDeviceLength: u32 = 0;
/** The number that the next row's record has when it follows the one before directly. */
let expectedNumber: u32 = 0;

/** Runs staged by the last call of `take`. */
let deviceRuns: u32 = 0;
let numberRuns: u32 = 0;

// Places in the stage.
const PRODUCTS: usize = 0;
const NAMES1: usize = 4 * 8192;
const NAMES2: usize = 8 * 8192;
const DAYS0: usize = 12 * 8192;
const DAYS1: usize = 14 * 8192;
const DEVICE_STARTS: usize = 16 * 8192;
const DEVICE_VALUES: usize = 20 * 8192;
const NUMBER_STARTS: usize = 24 * 8192;
const NUMBER_VALUES: usize = 28 * 8192;
const STAGE_BYTES: usize = 32 * 8192;

/** Begins a table: forgets all of the one before. `capacity` is the length of the longest text. */
export function begin(bytes: u32, firstRecord: u32): void {
	const capacity = <usize>bytes;
	if (base == 0) {
		releaseFrom(__heap_base);
		fillTable(allocate(TABLE_BYTES));
		usePatterns(allocate(PATTERN_BYTES));
		stage = allocate(STAGE_BYTES);
		base = allocate(0);
	}
	releaseFrom(base);
	input = allocate(capacity + 2 * SLACK) + SLACK;
	useScratch(allocate(capacity + SLACK));
	useRegions(allocate((capacity + SLACK) << 2), allocate((capacity + SLACK) << 2));
	devices = createNames();
	names0 = createNames();
	names1 = createNames();
	names2 = createNames();
	dates = createNames();
	dateDays = allocate(MAX_DATES << 2);
	beginTable(firstRecord);
	rowNumber = 0;
	lastDevice = NO_COLUMN;
	// No name is that long.
	lastDeviceLength = NO_COLUMN;
	expectedNumber = 0;
}

export function setDialect(delimiter: u32, length: u32, format: u32, isUtc: bool): void {
	useDelimiter(delimiter, length);
	useFormat(format, isUtc);
}

export function setColumns(count: u32, device: u32, product: u32, name1: u32, name2: u32, day0: u32, day1: u32): void {
	useColumnCount(count);
	deviceColumn = device;
	column0 = product;
	column1 = name1;
	column2 = name2;
	dayColumn0 = day0;
	dayColumn1 = day1;
}

export function setAccessColumns(count: u32, server: u32, user: u32, userType: u32, accessedAt: u32): void {
	useColumnCount(count);
	useAccessColumns(server, user, userType, accessedAt);
	useAccessTables(stage, devices, names0);
	useWaitingRoom(allocate(WAITING_BYTES));
	useAccessDates(dates, allocate(MAX_DATES << 3), allocate(MAX_DATES));
}

export function inputAddress(): usize {
	return input;
}

export function stageAddress(): usize {
	return stage;
}

/** Splits the text between two offsets of the input: bit 0 malformed, bit 1 bytes from 0x80, bit 2 NUL bytes. */
export function split(from: u32, to: u32): u32 {
	beginText(input + from, input + to);
	return (isMalformed ? 1 : 0) | (hasHighBytes ? 2 : 0) | (hasNul ? 4 : 0);
}

/** Offset in the input at which the first record stands that is not taken. */
export function consumed(): u32 {
	return <u32>(recordStart - input);
}

export function recordsPassed(): u32 {
	return recordNumber;
}

export function deviceRunsStaged(): u32 {
	return deviceRuns;
}

export function numberRunsStaged(): u32 {
	return numberRuns;
}

export function tooLong(): bool {
	return isTooLong;
}

/** Dictionary of the devices (0), or of a column of names (1 to 3). */
export function dictionary(which: u32): usize {
	return which == 0 ? devices : which == 1 ? names0 : which == 2 ? names1 : names2;
}

export { arenaOf, countOf, endsOf, takeAccesses, usedOf };

/** Stages rows until the stage is full, no record is left or one is too long, which is then the next one; answers how many. */
export function take(wide0: bool, wide1: bool, wide2: bool): u32 {
	const count = records;
	const ends = cellEnds;
	const width = <usize>delimiterLength;
	const checksCr = hasCr;
	const target = stage;
	const namesWanted = column1 != NO_COLUMN || column2 != NO_COLUMN;
	const firstRow = rowNumber;
	let row: u32 = 0;
	let index = record;
	let first = cell;
	let next = recordStart;
	let number = recordNumber;
	let expected = expectedNumber;
	deviceRuns = 0;
	numberRuns = 0;
	while (index < count && row < STAGE) {
		const start = next;
		const base = ends + ((<usize>first) << 2);
		const last = load<u32>(recordEnds + ((<usize>index) << 2));
		const end = <usize>load<u32>(ends + ((<usize>last) << 2));
		const cells = last - first + 1;
		if (end - start > MAX_RECORD_BYTES) {
			refuseRecord();
			break;
		}
		next = end + 1;
		index++;
		number++;
		if (checksCr) next = skipLf(end);
		if (cells != columnCount || cells == 1) {
			if (isIrregular(start, end, first, last, number)) {
				first = last + 1;
				continue;
			}
		}
		first = last + 1;
		beginRecord();

		// The keys: a row that lacks one leaves nothing in the dictionaries.
		let from = deviceColumn == 0 ? start : <usize>load<u32>(base + ((<usize>deviceColumn) << 2) - 4) + width;
		let length = <u32>(<usize>load<u32>(base + ((<usize>deviceColumn) << 2)) - from);
		if (deviceColumn >= cells) {
			from = start;
			length = 0;
		}
		// The same bytes with quotes around them would mean another name.
		const isSame = length == lastDeviceLength && isEqual(lastDeviceAt, from, length) && load<u8>(from) != 0x22;
		let deviceAt = from;
		let deviceLength = length;
		if (!isSame) {
			if (!isPlain(from, length)) {
				readCell(from, from + length);
				deviceAt = cellAt;
				deviceLength = cellLength;
				if (deviceLength == 0) {
					reportMissing(0, number);
					continue;
				}
			}
		}
		if (column0 != NO_COLUMN) {
			from = column0 == 0 ? start : <usize>load<u32>(base + ((<usize>column0) << 2) - 4) + width;
			length = <u32>(<usize>load<u32>(base + ((<usize>column0) << 2)) - from);
			if (column0 >= cells) {
				from = start;
				length = 0;
			}
			if (!isPlain(from, length)) {
				readCell(from, from + length);
				from = cellAt;
				length = cellLength;
				if (length == 0) {
					reportMissing(1, number);
					continue;
				}
			}
			const product = indexOfName(names0, from, length);
			if (wide0) store<u32>(target + ((<usize>row) << 2), product, PRODUCTS);
			else store<u16>(target + ((<usize>row) << 1), product, PRODUCTS);
		}
		if (!isSame) startDevice(deviceAt, deviceLength, firstRow + row);
		if (number != expected) startNumbers(firstRow + row, number);
		expected = number + 1;

		if (dayColumn0 < cells) {
			from = dayColumn0 == 0 ? start : <usize>load<u32>(base + ((<usize>dayColumn0) << 2) - 4) + width;
			length = <u32>(<usize>load<u32>(base + ((<usize>dayColumn0) << 2)) - from);
			let day = readTen(from, length);
			if (length != 0 && day == 0) day = readDay(from, length, 0, row, number);
			store<u16>(target + ((<usize>row) << 1), day, DAYS0);
		} else store<u16>(target + ((<usize>row) << 1), 0, DAYS0);
		if (dayColumn1 < cells) {
			from = dayColumn1 == 0 ? start : <usize>load<u32>(base + ((<usize>dayColumn1) << 2) - 4) + width;
			length = <u32>(<usize>load<u32>(base + ((<usize>dayColumn1) << 2)) - from);
			let day = readTen(from, length);
			if (length != 0 && day == 0) day = readDay(from, length, 1, row, number);
			store<u16>(target + ((<usize>row) << 1), day, DAYS1);
		} else store<u16>(target + ((<usize>row) << 1), 0, DAYS1);
		if (namesWanted) {
			if (column1 != NO_COLUMN) storeName(NAMES1, row, column1 < cells ? optionalName(names1, start, base, column1) : 0, wide1);
			if (column2 != NO_COLUMN) storeName(NAMES2, row, column2 < cells ? optionalName(names2, start, base, column2) : 0, wide2);
		}
		row++;
	}
	moveTo(index, first, next, number);
	rowNumber = firstRow + row;
	expectedNumber = expected;
	return row;
}

export function startDevice(at: usize, length: u32, row: u32): void {
	const device = indexOfName(devices, at, length);
	if (device == lastDevice) return;
	const run = stage + ((<usize>deviceRuns) << 2);
	deviceRuns++;
	store<u32>(run, row, DEVICE_STARTS);
	store<u32>(run, device, DEVICE_VALUES);
	lastDevice = device;
	lastDeviceAt = addressOf(devices, device);
	lastDeviceLength = length;
}

export function startNumbers(row: u32, number: u32): void {
	const run = stage + ((<usize>numberRuns) << 2);
	numberRuns++;
	store<u32>(run, row, NUMBER_STARTS);
	store<u32>(run, number, NUMBER_VALUES);
}

function storeName(place: usize, row: u32, value: u32, isWide: bool): void {
	if (isWide) store<u32>(stage + place + ((<usize>row) << 2), value);
	else store<u16>(stage + place + ((<usize>row) << 1), value);
}

/** Index + 1 of the name in a cell; 0 where there is none. */
export function optionalName(names: usize, start: usize, base: usize, column: u32): u32 {
	const from = column == 0 ? start : <usize>load<u32>(base + ((<usize>column) << 2) - 4) + delimiterLength;
	const length = <u32>(<usize>load<u32>(base + ((<usize>column) << 2)) - from);
	if (isPlain(from, length)) return indexOfName(names, from, length) + 1;
	readCell(from, from + length);
	return cellLength == 0 ? 0 : indexOfName(names, cellAt, cellLength) + 1;
}

/** The stored day of any date cell. */
export function readDay(from: usize, length: u32, column: u32, row: u32, number: u32): u32 {
	readCell(from, from + length);
	const at = cellAt;
	length = cellLength;
	if (length == 0) return 0;
	const known = readTen(at, length);
	if (known != 0) return known;
	let day = readDate(at, length);
	if (day == NOT_READ) day = rememberedDay(at, length);
	if (day == NOT_READ) {
		reportDate(column, number, at, length);
		return 0;
	}
	const stored = day - NARROW_BASE;
	if (stored > 0 && stored <= 0xffff) return stored;
	addWideDay(column, row, day);
	return 0;
}

function rememberedDay(at: usize, length: u32): i32 {
	const known = countOf(dates);
	if (known == MAX_DATES) return parseDate(at, length);
	const index = indexOfName(dates, at, length);
	if (index == known) store<i32>(dateDays + ((<usize>index) << 2), parseDate(at, length));
	return load<i32>(dateDays + ((<usize>index) << 2));
}
