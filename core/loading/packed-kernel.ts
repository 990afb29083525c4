import { isUtf8 } from "node:buffer";
import type { DataSource } from "../config/model.ts";
import type { PackedPage } from "../connectors/connector.ts";
import type { CsvKernel, CsvLayout, KernelEvents } from "../connectors/csv/csv-kernel.ts";
import { createPlainKernel } from "../connectors/csv/plain-kernel.ts";
import { createTableOutput } from "../connectors/csv/table-output.ts";
import { createWasmKernel } from "../connectors/csv/wasm-kernel.ts";
import { makeDateParser } from "../dates/date-format.ts";
import { NO_DAY } from "../dates/day-number.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import type { SourceTable } from "../usage/source-table.ts";
import { describeMissingKey } from "./problem-texts.ts";

/** Reads packed pages by the kernel of CSV, whose records these are as long as no cell has a meaning of its own there. */
export interface PackedKernel {
	/** Adds the records of the page that follows; false, and nothing added, for a page that has to be read in another way. */
	add(page: PackedPage): boolean;
	/** How many there are so far. */
	records(): number;
	/** The table of all records so far; nothing may be added any more. */
	finish(): SourceTable;
}

/** Says what is wrong with a row in one of our columns. */
export interface RowReports {
	report(row: number, code: string, column: string, describe: () => string): void;
	/** Of a cell that is no date. */
	reportDate(row: number, column: string, text: () => string): void;
}

/**
 * A kernel without any record.
 * @param first the first page, whose rows have to be those that the source begins with.
 * @param places of our columns among the cells of a row.
 */
export function createPackedKernel(
	source: DataSource,
	zone: TimeZone,
	first: PackedPage,
	places: Readonly<Record<string, { readonly index: number }>>,
	{ report, reportDate }: RowReports,
): PackedKernel {
	const place = (column: string) => places[column]?.index ?? null;
	const isDevices = source.provides === "devices";
	const layout: CsvLayout = {
		capacity: PACKED_CAPACITY,
		records: first.firstRow - 1,
		delimiter: Uint8Array.of(first.separator),
		columns: first.width,
		device: place("device")!,
		names: isDevices ? [null, place("deviceName"), null] : [place("product"), place("publisher"), place("version")],
		days: isDevices ? [place("inventoryDate"), null] : [place("installDate"), place("lastUsageDate")],
		dateFormat: source.dateFormat,
		isUtc: zone.name.toUpperCase() === "UTC",
	};
	const kernel: CsvKernel = createWasmKernel() ?? createPlainKernel();
	let done = 0;
	const output = createTableOutput(layout, () => (done === 0 ? 0 : output.rows() / done));
	const parse = makeDateParser(source.dateFormat, zone);
	const dayColumns = isDevices ? ["inventoryDate"] : ["installDate", "lastUsageDate"];
	const events: KernelEvents = {
		parseDate: (text) => parse(text)?.day ?? NO_DAY,
		reportDate: (column, record, text) => reportDate(record, dayColumns[column]!, text),
		reportMissing(key, record) {
			const column = key === 0 ? "device" : "product";
			report(record, "source/missing-key", column, () => describeMissingKey(column));
		},
		// The cells of a row are as many as the page says.
		reportSurplus: () => {},
		addWideDay: output.addWideDay,
	};
	kernel.begin(layout, events);
	return {
		add(page) {
			if (page.firstRow !== kernel.records() + 1 || page.width !== layout.columns || !isRegular(page)) return false;
			kernel.input().set(page.packed);
			kernel.split(0, page.packed.length);
			for (let staged = kernel.take(); staged.rows > 0; staged = kernel.take()) output.append(staged);
			done = page.done;
			return true;
		},
		records: () => kernel.records() - layout.records,
		finish: () => output.finish(source, kernel),
	};
}

/** More than a page that was packed to a measure; no record of it is too long for the kernel. */
export const PACKED_CAPACITY = 1024 * 1024;

const FIRST_PRINTABLE = 0x20;
const DELETE = 0x7f;
const QUOTE = 0x22;
const LINE_END = "\n";

/**
 * Whether all cells of a page are plain text, and the records of the same text as CSV are its rows: no control character beside those
 * that end the cells, and no quote where a cell begins. Text of one column has lines that could be blank.
 */
export function isRegular({ packed, length, width, separator }: PackedPage): boolean {
	if (packed.length > PACKED_CAPACITY || width < 2) return false;
	const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
	const controls = countControls(bytes);
	if (controls.count !== length * width || bytes.includes(DELETE)) return false;
	if (bytes.includes(QUOTE)) {
		const quote = String.fromCharCode(QUOTE);
		if (bytes[0] === QUOTE || bytes.includes(LINE_END + quote) || bytes.includes(String.fromCharCode(separator) + quote)) return false;
	}
	return !controls.hasHighBytes || (isUtf8(bytes) && !bytes.includes(REPLACEMENT) && !hasHighControls(bytes));
}

const REPLACEMENT = Buffer.from("\ufffd");

/** Counts the bytes below the first printable one, four at a time. */
function countControls(bytes: Buffer): { readonly count: number; readonly hasHighBytes: boolean } {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const whole = bytes.length & ~3;
	let count = 0;
	let all = 0;
	for (let start = 0; start < whole; start += LANE_BYTES) {
		const end = Math.min(whole, start + LANE_BYTES);
		// A count of each of the four places, none of which reaches 256.
		let lanes = 0;
		for (let at = start; at < end; at += 4) {
			const word = view.getInt32(at, true);
			all |= word;
			// The highest bit of a byte stays clear only if the byte is below 0x20: no sum carries into the next one.
			lanes += (~(((word & 0x7f7f7f7f) + 0x60606060) | word) & 0x80808080) >>> 7;
		}
		count += (lanes & 0xff) + ((lanes >>> 8) & 0xff) + ((lanes >>> 16) & 0xff) + (lanes >>> 24);
	}
	for (let at = whole; at < bytes.length; at++) {
		all |= bytes[at]!;
		if (bytes[at]! < FIRST_PRINTABLE) count++;
	}
	return { count, hasHighBytes: (all & 0x80808080) !== 0 };
}

/** Less than 256 words. */
const LANE_BYTES = 4 * 240;

/** Whether there is one of the control characters from U+0080 on. */
function hasHighControls(bytes: Buffer): boolean {
	for (let at = bytes.indexOf(0xc2); at !== -1; at = bytes.indexOf(0xc2, at + 1)) if (bytes[at + 1]! < 0xa0) return true;
	return false;
}
