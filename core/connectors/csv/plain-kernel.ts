import { NARROW_BASE } from "../../columns/day-column.ts";
import { NO_DAY } from "../../dates/day-number.ts";
import { type CsvKernel, type CsvLayout, type KernelEvents, REMEMBERED_DATES, STAGED_ROWS } from "./csv-kernel.ts";
import { createAccessTable } from "./plain/accesses.ts";
import { type CellReader, createCellReader } from "./plain/cells.ts";
import { createDayReader } from "./plain/dates.ts";
import { type ByteNames, createByteNames } from "./plain/names.ts";
import { createRecordReader } from "./plain/record-reader.ts";

/** The kernel in TypeScript, for platforms without WebAssembly, and to test the other against. */
export function createPlainKernel(): CsvKernel {
	let table: PlainTable | null = null;
	return {
		begin(layout, events) {
			table = { ...createTable(layout, events), takeAccesses: notThisTable };
		},
		beginAccesses(layout, events) {
			table = { ...createAccessTable(layout, events), take: notThisTable };
		},
		input: () => table!.input(),
		split: (from, to) => table!.split(from, to),
		take: () => table!.take(),
		takeAccesses: () => table!.takeAccesses(),
		records: () => table!.records(),
		consumed: () => table!.consumed(),
		isTooLong: () => table!.isTooLong(),
		names: (which) => table!.names(which),
	};
}

type PlainTable = Omit<CsvKernel, "begin" | "beginAccesses">;

function notThisTable(): never {
	throw new Error("The table that was begun has other rows.");
}

function createTable(layout: CsvLayout, events: KernelEvents): Omit<PlainTable, "takeAccesses"> {
	const records = createRecordReader(layout, events.reportSurplus);
	const { readCell } = records;
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
	let rowsBefore = 0;
	let lastDevice = -1;
	let expected = 0;
	/** Rows and runs that are staged. */
	let rows = 0;
	let deviceRuns = 0;
	let numberRuns = 0;

	function nameOf(dictionary: ByteNames, reader: CellReader): number {
		return dictionary.indexOf(reader.text(), reader.start(), reader.end());
	}

	function stageDays(row: number): void {
		for (let which = 0; which < days.length; which++) {
			const column = days[which];
			if (column == null) continue;
			readCell(otherCell, layout.days[which]!);
			column[row] = 0;
			if (otherCell.start() === otherCell.end()) continue;
			const day = readDay(otherCell);
			if (day === NO_DAY) {
				const text = Buffer.from(otherCell.text().subarray(otherCell.start(), otherCell.end()));
				events.reportDate(which, records.records(), () => text.toString());
			} else if (day > NARROW_BASE && day <= NARROW_BASE + 0xffff) column[row] = day - NARROW_BASE;
			else events.addWideDay(which, row, day);
		}
	}

	/** Stages a row, if it has its keys. A function of its own: the platform makes fast code of what is called often. */
	function stageRecord(): void {
		const passed = records.records();
		readCell(deviceCell, layout.device);
		if (deviceCell.start() === deviceCell.end()) {
			events.reportMissing(0, passed);
			return;
		}
		if (names[0] != null) {
			readCell(otherCell, layout.names[0]!);
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
		stageDays(rows);
		for (let which = 1; which < names.length; which++) {
			const column = names[which];
			if (column == null) continue;
			readCell(otherCell, layout.names[which]!);
			column[rows] = otherCell.start() === otherCell.end() ? 0 : nameOf(dictionaries[which]!, otherCell) + 1;
		}
		rows++;
	}

	return {
		...records,
		take() {
			rows = 0;
			deviceRuns = 0;
			numberRuns = 0;
			while (rows < STAGED_ROWS && records.next()) stageRecord();
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
