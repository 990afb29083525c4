import { type DayColumn, dayAt } from "../columns/day-column.ts";
import { createDayColumn, createIndexColumn } from "../columns/growing-column.ts";
import { createNames, type Names, namesOf } from "../columns/name-table.ts";
import type { DataSource } from "../config/model.ts";
import type { Cell, CellPage, PackedPage } from "../connectors/connector.ts";
import { type DayNumber, NO_DAY } from "../dates/day-number.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import type { NameColumn, SourceTable } from "../usage/source-table.ts";
import { type CellMeanings, createCellMeanings } from "./cell-meanings.ts";
import { readText } from "./cells.ts";
import { makeDayReader, NOT_A_DAY } from "./day-reader.ts";
import { createRuns, forEachRun } from "./growing-runs.ts";
import { createPackedKernel, type PackedKernel } from "./packed-kernel.ts";
import { createPackedScan } from "./packed-scan.ts";
import { createProblemLog } from "./problem-log.ts";
import { describeMissingKey, describeSurplusCells } from "./problem-texts.ts";
import { foundIn, type SourceRead } from "./source-read.ts";

/** Where one of our columns is. */
export interface ColumnPlace {
	/** Index among the cells of a row. */
	readonly index: number;
	/** The source's own name of the column, for problems. */
	readonly name: string;
}

/** Turns rows of cells into typed columns: neither an object nor a string per row is kept. */
export interface SourceTableBuilder {
	/** Adds a record. Row numbers ascend. */
	add(row: number, cells: readonly Cell[], surplusCells: number): void;
	/** Adds the records of a page. */
	addPage(page: CellPage): void;
	/** How many records were added, also those that were left out. */
	records(): number;
	/** The table with its problems. Nothing may be added any more. */
	finish(): SourceRead;
}

/**
 * A builder without any row for a source of devices or installations.
 * @param columns places by our column names; optional columns that the source does not have are absent.
 */
export function createSourceTableBuilder(
	source: DataSource,
	zone: TimeZone,
	columns: Readonly<Record<string, ColumnPlace>>,
): SourceTableBuilder {
	const isDevices = source.provides === "devices";
	const log = createProblemLog();
	const report: Report = (row, code, column, describe) =>
		log.add(source, code, row, column === null ? null : (columns[column]?.name ?? null), describe);
	const reportDate: ReportDate = (row, column, text) => log.addUnreadDate(source, row, columns[column]?.name ?? null, text, "row is kept");
	const devices = createNames();
	const deviceRuns = createRuns(0);
	const products = isDevices ? null : { names: createNames(), indices: createIndexColumn() };
	const rowNumbers = createRuns(1);
	const fields: (DayField | NameField)[] = [];
	const days = (column: string) => addField(fields, column, columns, (place) => createDayField(source, zone, column, place, reportDate));
	const names = (column: string) => addField(fields, column, columns, createNameField);
	const inventoryDate = isDevices ? days("inventoryDate") : null;
	const installDate = isDevices ? null : days("installDate");
	const lastUsageDate = isDevices ? null : days("lastUsageDate");
	const deviceName = isDevices ? names("deviceName") : null;
	const publisher = isDevices ? null : names("publisher");
	const version = isDevices ? null : names("version");
	const devicePlace = columns["device"]!.index;
	const productPlace = products === null ? -1 : columns["product"]!.index;
	const deviceIndexOf = makeIndexReader(devices);
	const productIndexOf = products === null ? () => 0 : makeIndexReader(products.names);
	const scan = createPackedScan();
	const deviceMeanings = createCellMeanings(ofText(deviceIndexOf));
	const productMeanings = createCellMeanings(ofText(productIndexOf));
	// Reads the pages from the first one on, as long as they are packed and regular.
	let kernel: PackedKernel | null = null;
	let records = 0;
	let lastRecord = 0;
	let rows = 0;

	/** Adds a record by the indices of its keys, negative for one that is missing; false when it is left out for that. */
	function addKeys(row: number, device: number, product: number): boolean {
		records++;
		lastRecord = row;
		if (device < 0 || product < 0) {
			// One problem for the row, whichever keys it lacks: it is left out once.
			const column = device < 0 ? "device" : "product";
			report(row, "source/missing-key", column, () => describeMissingKey(column));
			return false;
		}
		deviceRuns.push(rows, device);
		products?.indices.push(product);
		rowNumbers.push(rows, row);
		rows++;
		return true;
	}

	function add(row: number, cells: readonly Cell[], surplusCells: number): void {
		if (surplusCells > 0) report(row, "source/surplus-cells", null, () => describeSurplusCells(surplusCells));
		if (!addKeys(row, deviceIndexOf(cells[devicePlace]), productIndexOf(cells[productPlace]))) return;
		for (const field of fields) field.push(row, cells[field.place]);
	}

	function addColumns(firstRow: number, length: number, cells: readonly ArrayLike<Cell>[]): void {
		const deviceCells = cells[devicePlace]!;
		const productCells = cells[productPlace];
		for (let index = 0; index < length; index++) {
			if (!addKeys(firstRow + index, deviceIndexOf(deviceCells[index]), productIndexOf(productCells?.[index]))) continue;
			for (const field of fields) field.push(firstRow + index, cells[field.place]![index]);
		}
	}

	/** Goes on from what the kernel has read. */
	function takeOver(table: SourceTable): void {
		for (const name of namesOf(table.devices)) devices.indexOf(name);
		forEachRun(table.deviceRuns, table.rows, (start, value) => deviceRuns.push(start, value));
		forEachRun(table.rowNumbers, table.rows, (start, value, length) => rowNumbers.push(start, value, length));
		if (table.product !== null) {
			for (const name of namesOf(table.product.names)) products!.names.indexOf(name);
			products!.indices.append(Uint32Array.from(table.product.indices));
		}
		inventoryDate?.takeOver(table.inventoryDay!);
		installDate?.takeOver(table.installDay!);
		lastUsageDate?.takeOver(table.lastUsageDay!);
		deviceName?.takeOver(table.deviceName!);
		publisher?.takeOver(table.publisher!);
		version?.takeOver(table.version!);
		rows = table.rows;
		lastRecord = table.records;
	}

	function addPacked(page: PackedPage): void {
		if (records === 0) kernel ??= createPackedKernel(source, zone, page, columns, { report, reportDate });
		if (kernel?.add(page)) return;
		leaveKernel();
		const scanned = scan(page);
		if (scanned === null) {
			for (const cells of page.unpack()) addPage(cells);
			return;
		}
		const { firstRow, length, width, packed } = page;
		const { starts, hashes } = scanned;
		const indexOf = (meanings: CellMeanings, cell: number) => meanings.of(packed, starts[cell]!, starts[cell + 1]! - 1, hashes[cell]!);
		for (let index = 0; index < length; index++) {
			const first = index * width;
			const device = indexOf(deviceMeanings, first + devicePlace);
			const product = productPlace < 0 ? 0 : indexOf(productMeanings, first + productPlace);
			if (!addKeys(firstRow + index, device, product)) continue;
			for (const field of fields) {
				const cell = first + field.place;
				field.pushBytes(firstRow + index, packed, starts[cell]!, starts[cell + 1]! - 1, hashes[cell]!);
			}
		}
	}

	function leaveKernel(): void {
		if (kernel === null) return;
		records = kernel.records();
		takeOver(kernel.finish());
		kernel = null;
	}

	function addPage(page: CellPage): void {
		if ("packed" in page) {
			addPacked(page);
			return;
		}
		leaveKernel();
		if ("columns" in page) addColumns(page.firstRow, page.length, page.columns);
		else for (let index = 0; index < page.rows.length; index++) add(page.firstRow + index, page.rows[index]!, 0);
	}

	return {
		add,
		addPage,
		records: () => kernel?.records() ?? records,
		finish() {
			const table: SourceTable = kernel?.finish() ?? {
				sourceIndex: source.index,
				provides: isDevices ? "devices" : "installations",
				timeZone: source.timeZone,
				rows,
				devices: devices.finish(),
				deviceRuns: deviceRuns.finish(),
				product: products === null ? null : { names: products.names.finish(), indices: products.indices.finish() },
				inventoryDay: inventoryDate?.finish() ?? null,
				installDay: installDate?.finish() ?? null,
				lastUsageDay: lastUsageDate?.finish() ?? null,
				publisher: publisher?.finish() ?? null,
				version: version?.finish() ?? null,
				deviceName: deviceName?.finish() ?? null,
				rowNumbers: rowNumbers.finish(),
				records: lastRecord,
			};
			return { table, failures: [], ...foundIn(log), range: null };
		},
	};
}

type Report = (row: number, code: string, column: string | null, describe: () => string) => void;
type ReportDate = (row: number, column: string, text: () => string) => void;

/** A column beside the keys, while it is written. */
interface Field<Column> {
	/** Index among the cells of a row. */
	readonly place: number;
	push(row: number, cell: Cell | undefined): void;
	/** Appends a cell of text, by its bytes. */
	pushBytes(row: number, bytes: Uint8Array, start: number, end: number, hash: number): void;
	/** Begins with the values of a finished column; nothing may have been added before. */
	takeOver(column: Column): void;
	finish(): Column;
}

type DayField = Field<DayColumn>;
type NameField = Field<NameColumn>;

/** Makes and adds the field of a column that the source has; null for one that it does not have. */
function addField<Added extends DayField | NameField>(
	fields: (DayField | NameField)[],
	column: string,
	columns: Readonly<Record<string, ColumnPlace>>,
	make: (place: number) => Added,
): Added | null {
	const found = columns[column];
	if (found === undefined) return null;
	const field = make(found.index);
	fields.push(field);
	return field;
}

function createDayField(source: DataSource, zone: TimeZone, column: string, place: number, reportDate: ReportDate): DayField {
	const days = createDayColumn();
	const read = makeDayReader(source.dateFormat, zone);
	const meanings = createCellMeanings(ofText(read), MAX_DATES);
	const pushDay = (row: number, day: DayNumber, text: () => string | null) => {
		days.push(day === NOT_A_DAY ? NO_DAY : day);
		if (day === NOT_A_DAY) reportDate(row, column, () => text()!);
	};
	return {
		place,
		push: (row, cell) => pushDay(row, read(cell), () => readText(cell)),
		pushBytes(row, bytes, start, end, hash) {
			pushDay(row, meanings.of(bytes, start, end, hash), () => readText(new TextDecoder().decode(bytes.subarray(start, end))));
		},
		takeOver: (column) => days.append(Int32Array.from(column.days, (_, index) => dayAt(column, index))),
		finish: days.finish,
	};
}

/** Different date cells that are remembered: as many as 2 bytes have days. */
const MAX_DATES = 65_536;

function createNameField(place: number): NameField {
	const names = createNames();
	const indices = createIndexColumn();
	const read = makeIndexReader(names);
	const meanings = createCellMeanings(ofText(read));
	return {
		place,
		push: (_row, cell) => indices.push(read(cell) + 1),
		pushBytes: (_row, bytes, start, end, hash) => indices.push(meanings.of(bytes, start, end, hash) + 1),
		takeOver(column) {
			for (const name of namesOf(column.names)) names.indexOf(name);
			indices.append(Uint32Array.from(column.indices));
		},
		finish: () => ({ names: names.finish(), indices: indices.finish() }),
	};
}

function ofText(read: (text: string) => number): (bytes: Uint8Array) => number {
	return (bytes) => read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
}

/** Reads the index of a cell's text; -1 for a cell without one. */
function makeIndexReader(names: Names): (cell: Cell | undefined) => number {
	return (cell) => {
		const name = readText(cell);
		return name === null ? -1 : names.indexOf(name);
	};
}
