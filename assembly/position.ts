// Where reading goes on, whatever the records are.
import { reportSurplus } from "./events.ts";
import { cellEnds, delimiterLength, findStructure } from "./structure.ts";
import { isBlank } from "./text.ts";

export const MAX_RECORD_BYTES: u32 = 1024 * 1024;

/** Columns of the table. */
export let columnCount: u32 = 0;
/** Record of this text, its first cell in `cellEnds`, its address. */
export let record: u32 = 0;
export let cell: u32 = 0;
export let recordStart: usize = 0;
/** Records passed so far. */
export let recordNumber: u32 = 0;
export let isTooLong: bool = false;

let regionEnd: usize = 0;
/** Whether the record before ended with the last byte of the text, a CR: a LF that follows belongs to it. */
let afterCr: bool = false;

export function useColumnCount(count: u32): void {
	columnCount = count;
}

/** Begins a table behind some records. */
export function beginTable(firstRecord: u32): void {
	recordNumber = firstRecord;
	afterCr = false;
	isTooLong = false;
	record = 0;
}

/** Begins a text, which is split into records. */
export function beginText(from: usize, to: usize): void {
	recordStart = from;
	regionEnd = to;
	if (afterCr && to > from) {
		if (load<u8>(recordStart) == 0x0a) recordStart++;
		afterCr = false;
	}
	record = 0;
	cell = 0;
	findStructure(recordStart, regionEnd);
}

/** Notes which record is the next one. */
export function moveTo(nextRecord: u32, nextCell: u32, start: usize, number: u32): void {
	record = nextRecord;
	cell = nextCell;
	recordStart = start;
	recordNumber = number;
}

/** Says that the next record is longer than a record may be. */
export function refuseRecord(): void {
	isTooLong = true;
}

/** Where the record behind a line end begins. */
export function skipLf(end: usize): usize {
	if (load<u8>(end) != 0x0d) return end + 1;
	if (end + 1 == regionEnd) afterCr = true;
	else if (load<u8>(end, 1) == 0x0a) return end + 2;
	return end + 1;
}

/** Reports surplus cells; true for a line that is blank, which is no row. */
export function isIrregular(start: usize, end: usize, first: u32, last: u32, number: u32): bool {
	if (first == last && isBlank(start, end)) return true;
	let surplus: u32 = 0;
	for (let index = first + columnCount; index <= last; index++) {
		const from = <usize>load<u32>(cellEnds + ((<usize>(index - 1)) << 2)) + delimiterLength;
		if (!isBlank(from, <usize>load<u32>(cellEnds + ((<usize>index) << 2)))) surplus++;
	}
	if (surplus > 0) reportSurplus(surplus, number);
	return false;
}
