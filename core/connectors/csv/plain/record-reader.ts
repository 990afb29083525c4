import { MAX_RECORD_BYTES } from "../../csv-scan.ts";
import type { TextFindings, TextLayout } from "../csv-kernel.ts";
import { type CellReader, isBlankCell } from "./cells.ts";
import { createStructureFinder } from "./structure.ts";

/** Goes through the records of a text; most of it is as `CsvKernel` says. */
export interface RecordReader {
	input(): Uint8Array;
	split(from: number, to: number): TextFindings;
	/** Goes on to the next record that is a row; false when none is left, or one is too long. */
	next(): boolean;
	/** Reads the cell of a column of this record; it is empty when the record does not have it. */
	readCell(reader: CellReader, column: number): void;
	/** Records passed so far, with those before the table: the number of this one. */
	records(): number;
	consumed(): number;
	isTooLong(): boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/** A reader of the records of one table. */
export function createRecordReader(layout: TextLayout, reportSurplus: (cells: number, record: number) => void): RecordReader {
	const input = new Uint8Array(layout.capacity + 1);
	const width = layout.delimiter.length;
	const finder = createStructureFinder(layout.capacity + 1, layout.delimiter);
	const { cellEnds, recordEnds } = finder;
	let recordCount = 0;
	/** The next record, its first cell and where it begins. */
	let record = 0;
	let cell = 0;
	let start = 0;
	/** First cell of this record, their number, and where it begins. */
	let first = 0;
	let cells = 0;
	let recordStart = 0;
	let regionEnd = 0;
	let endsWithCr = false;
	let passed = layout.records;
	let tooLong = false;

	/** Whether a record of an unusual number of cells is a row; reports cells beyond the last column. */
	function checkCells(last: number): boolean {
		if (first === last && isBlankCell(input, recordStart, cellEnds[last]!)) return false;
		let surplus = 0;
		for (let index = first + layout.columns; index <= last; index++) {
			if (!isBlankCell(input, cellEnds[index - 1]! + width, cellEnds[index]!)) surplus++;
		}
		if (surplus > 0) reportSurplus(surplus, passed);
		return true;
	}

	/** Goes on to the next record; false when it is no row. */
	function advance(): boolean {
		recordStart = start;
		first = cell;
		const last = recordEnds[record]!;
		const end = cellEnds[last]!;
		if (end - recordStart > MAX_RECORD_BYTES) {
			tooLong = true;
			return false;
		}
		cells = last - first + 1;
		record++;
		passed++;
		cell = last + 1;
		start = end + 1;
		if (input[end] === CR) {
			if (start === regionEnd) endsWithCr = true;
			else if (input[start] === LF) start++;
		}
		return (cells === layout.columns && cells !== 1) || checkCells(last);
	}

	return {
		input: () => input,
		split(from, to) {
			start = from;
			regionEnd = to;
			if (endsWithCr && to > from) {
				if (input[from] === LF) start++;
				endsWithCr = false;
			}
			record = 0;
			cell = 0;
			const structure = finder.find(input, start, to);
			recordCount = structure.records;
			return structure;
		},
		next() {
			while (record < recordCount && !tooLong) if (advance()) return true;
			return false;
		},
		readCell(reader, column) {
			if (column >= cells) reader.read(input, 0, 0);
			else reader.read(input, column === 0 ? recordStart : cellEnds[first + column - 1]! + width, cellEnds[first + column]!);
		},
		records: () => passed,
		consumed: () => start,
		isTooLong: () => tooLong,
	};
}
