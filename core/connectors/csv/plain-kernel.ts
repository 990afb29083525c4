import { NARROW_BASE } from "../../columns/day-column.ts";
import { NO_DAY } from "../../dates/day-number.ts";
import { MAX_RECORD_BYTES } from "../csv-scan.ts";
import { type CsvKernel, type CsvLayout, type KernelEvents, REMEMBERED_DATES, STAGED_ROWS } from "./csv-kernel.ts";
import { type CellReader, createCellReader, isBlankCell } from "./plain/cells.ts";
import { createDayReader } from "./plain/dates.ts";
import { type ByteNames, createByteNames } from "./plain/names.ts";
import { createStructureFinder } from "./plain/structure.ts";

/** The kernel in TypeScript, for platforms without WebAssembly, and to test the other against. */
export function createPlainKernel(): CsvKernel {
	let table: PlainTable | null = null;
	return {
		begin(layout, events) {
			table = createTable(layout, events);
		},
		input: () => table!.input(),
		split: (from, to) => table!.split(from, to),
		take: () => table!.take(),
		records: () => table!.records(),
		consumed: () => table!.consumed(),
		isTooLong: () => table!.isTooLong(),
		names: (which) => table!.names(which),
	};
}

type PlainTable = Omit<CsvKernel, "begin">;

const LF = 0x0a;
const CR = 0x0d;

function createTable(layout: CsvLayout, events: KernelEvents): PlainTable {
	const input = new Uint8Array(layout.capacity + 1);
	const width = layout.delimiter.length;
	const finder = createStructureFinder(layout.capacity + 1, layout.delimiter);
	const { cellEnds, recordEnds } = finder;
	const devices = createByteNames();
	const dictionaries = layout.names.map(() => createByteNames());
	const readDay = createRememberingReader(layout, events);
	const names = layout.names.map((column) => (column === null ? null : new Uint32Array(STAGED_ROWS)));
	const days = layout.days.map((column) => (column === null ? null : new Uint16Array(STAGED_ROWS)));
	const deviceStarts = new Uint32Array(STAGED_ROWS);
	const deviceValues = new Uint32Array(STAGED_ROWS);
	const numberStarts = new Uint32Array(STAGED_ROWS);
	const numberValues = new Uint32Array(STAGED_ROWS);
	const deviceCell = createCellReader();
	const otherCell = createCellReader();
	let recordCount = 0;
	/** The next record, its first cell and where it begins. */
	let record = 0;
	let cell = 0;
	let start = 0;
	let regionEnd = 0;
	let endsWithCr = false;
	let passed = layout.records;
	let rowsBefore = 0;
	let lastDevice = -1;
	let expected = 0;
	let tooLong = false;
	/** Rows and runs that are staged. */
	let rows = 0;
	let deviceRuns = 0;
	let numberRuns = 0;

	/** Reads the cell of a column of the record whose first cell and number of cells are given. */
	function readCell(reader: CellReader, column: number, first: number, cells: number, recordStart: number): void {
		if (column >= cells) reader.read(input, 0, 0);
		else reader.read(input, column === 0 ? recordStart : cellEnds[first + column - 1]! + width, cellEnds[first + column]!);
	}

	function nameOf(dictionary: ByteNames, reader: CellReader): number {
		return dictionary.indexOf(reader.text(), reader.start(), reader.end());
	}

	function stageDays(row: number, first: number, cells: number, recordStart: number): void {
		for (let which = 0; which < days.length; which++) {
			const column = days[which];
			if (column == null) continue;
			readCell(otherCell, layout.days[which]!, first, cells, recordStart);
			column[row] = 0;
			if (otherCell.start() === otherCell.end()) continue;
			const day = readDay(otherCell);
			if (day === NO_DAY) {
				const text = Buffer.from(otherCell.text().subarray(otherCell.start(), otherCell.end()));
				events.reportDate(which, passed, () => text.toString());
			} else if (day > NARROW_BASE && day <= NARROW_BASE + 0xffff) column[row] = day - NARROW_BASE;
			else events.addWideDay(which, row, day);
		}
	}

	/** Whether a record of an unusual number of cells is a row; reports cells beyond the last column. */
	function checkCells(recordStart: number, first: number, last: number): boolean {
		if (first === last && isBlankCell(input, recordStart, cellEnds[last]!)) return false;
		let surplus = 0;
		for (let index = first + layout.columns; index <= last; index++) {
			if (!isBlankCell(input, cellEnds[index - 1]! + width, cellEnds[index]!)) surplus++;
		}
		if (surplus > 0) events.reportSurplus(surplus, passed);
		return true;
	}

	/** Stages the next record, if it is a row. A function of its own: the platform makes fast code of what is called often. */
	function stageRecord(): void {
		const recordStart = start;
		const first = cell;
		const last = recordEnds[record]!;
		const end = cellEnds[last]!;
		if (end - recordStart > MAX_RECORD_BYTES) {
			tooLong = true;
			return;
		}
		const cells = last - first + 1;
		record++;
		passed++;
		cell = last + 1;
		start = end + 1;
		if (input[end] === CR) {
			if (start === regionEnd) endsWithCr = true;
			else if (input[start] === LF) start++;
		}
		if ((cells !== layout.columns || cells === 1) && !checkCells(recordStart, first, last)) return;
		readCell(deviceCell, layout.device, first, cells, recordStart);
		if (deviceCell.start() === deviceCell.end()) {
			events.reportMissing(0, passed);
			return;
		}
		if (names[0] != null) {
			readCell(otherCell, layout.names[0]!, first, cells, recordStart);
			if (otherCell.start() === otherCell.end()) {
				events.reportMissing(1, passed);
				return;
			}
			names[0][rows] = nameOf(dictionaries[0]!, otherCell);
		}
		const device = nameOf(devices, deviceCell);
		if (device !== lastDevice) {
			deviceStarts[deviceRuns] = rowsBefore + rows;
			deviceValues[deviceRuns++] = device;
			lastDevice = device;
		}
		if (passed !== expected) {
			numberStarts[numberRuns] = rowsBefore + rows;
			numberValues[numberRuns++] = passed;
		}
		expected = passed + 1;
		stageDays(rows, first, cells, recordStart);
		for (let which = 1; which < names.length; which++) {
			const column = names[which];
			if (column == null) continue;
			readCell(otherCell, layout.names[which]!, first, cells, recordStart);
			column[rows] = otherCell.start() === otherCell.end() ? 0 : nameOf(dictionaries[which]!, otherCell) + 1;
		}
		rows++;
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
		take() {
			rows = 0;
			deviceRuns = 0;
			numberRuns = 0;
			while (record < recordCount && rows < STAGED_ROWS && !tooLong) stageRecord();
			rowsBefore += rows;
			return {
				rows,
				names: names.map((column, which) => column && narrowed(column.subarray(0, rows), dictionaries[which]!.count())),
				days: days.map((column) => column?.subarray(0, rows) ?? null),
				deviceStarts: deviceStarts.subarray(0, deviceRuns),
				deviceValues: deviceValues.subarray(0, deviceRuns),
				numberStarts: numberStarts.subarray(0, numberRuns),
				numberValues: numberValues.subarray(0, numberRuns),
			};
		},
		records: () => passed,
		consumed: () => start,
		isTooLong: () => tooLong,
		names: (which) => (which === 0 ? devices : dictionaries[which - 1]!).table(),
	};
}

function narrowed(values: Uint32Array, count: number): Uint16Array | Uint32Array {
	return count < 0xffff ? new Uint16Array(values) : values;
}

/** Reads days, those that need the general parser once per text. */
function createRememberingReader(layout: CsvLayout, events: KernelEvents): (cell: CellReader) => number {
	const read = createDayReader(layout.dateFormat, layout.isUtc);
	const texts = createByteNames();
	const days: number[] = [];
	return (cell) => {
		const text = cell.text();
		const day = read(text, cell.start(), cell.end());
		if (day !== NO_DAY) return day;
		const decode = () => Buffer.from(text.subarray(cell.start(), cell.end())).toString();
		if (texts.count() === REMEMBERED_DATES) return events.parseDate(decode());
		const index = texts.indexOf(text, cell.start(), cell.end());
		if (index === days.length) days.push(events.parseDate(decode()));
		return days[index]!;
	};
}
