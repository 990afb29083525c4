import { isUtf8 } from "node:buffer";
import type { DataSource } from "../../config/model.ts";
import { createCsvScan, MAX_RECORD_BYTES } from "../csv-scan.ts";
import { completeLength, validLength } from "../text-decoding.ts";
import type { CsvBytes } from "./csv-bytes.ts";
import { emptyFile, invalidEncoding, nulByte, toLayoutError } from "./csv-failures.ts";
import { cellsOf, nextRecordStart } from "./csv-records.ts";

/** What stands at the beginning of a CSV file. */
export interface CsvHeader {
	/** Names of the columns, trimmed; `Column 1`… where there is none. */
	readonly columns: readonly string[];
	/** Bytes of text before the first record that may be a row. */
	readonly length: number;
	/** Records before it. */
	readonly records: number;
}

const HEADER_BYTES = 64 * 1024;

/**
 * Reads the columns of a CSV file.
 * @throws {SourceError} when there is no record, or the text up to the first is faulty.
 */
export function readCsvHeader(source: DataSource, bytes: CsvBytes, delimiter: Uint8Array): CsvHeader {
	const text = bytes.textFrom(bytes.textStart);
	const chunkBytes = Math.min(HEADER_BYTES, bytes.size + 1);
	let buffer = Buffer.alloc(0);
	/** Bytes of text before the buffer. */
	let passed = 0;
	let filled = 0;
	let records = 0;
	for (let isEnd = false; ; ) {
		let start = 0;
		for (;;) {
			let next = nextRecordStart(buffer, start, filled, delimiter);
			if (next === -1 && isEnd && start < filled) next = filled;
			if (next === -1) break;
			const end = endOfRecord(buffer, start, next);
			checkText(source, bytes, buffer.subarray(start, next), passed + start, records, isEnd, delimiter);
			const cells = cellsOf(buffer, start, end, delimiter);
			if (!isIgnoredRecord(records + 1, cells)) {
				return {
					columns: cells.map((cell, index) => (source.header ? cell.trim() : "") || `Column ${index + 1}`),
					length: passed + (source.header ? next : start),
					records: source.header ? records + 1 : records,
				};
			}
			records++;
			start = next;
		}
		const rest = buffer.subarray(start, filled);
		if (isEnd || rest.length > MAX_RECORD_BYTES) {
			checkText(source, bytes, rest, passed + start, records, isEnd, delimiter, text.isInvalid());
			throw emptyFile(source);
		}
		const larger = Buffer.alloc(rest.length + chunkBytes);
		larger.set(rest);
		passed += start;
		const length = text.read(larger.subarray(rest.length));
		isEnd = length === 0;
		filled = rest.length + length;
		buffer = larger;
	}
}

/** Whether a record is a blank line, or on the first line a hint such as `sep=;`, by which Excel is told the delimiter. */
function isIgnoredRecord(number: number, cells: readonly string[]): boolean {
	if (cells.length === 1 && cells[0]!.trim() === "") return true;
	return number === 1 && cells.length <= 2 && /^sep=.?$/i.test(cells[0]!.trim()) && (cells[1] ?? "") === "";
}

function endOfRecord(text: Uint8Array, start: number, next: number): number {
	let end = next;
	if (end > start && text[end - 1] === 0x0a) {
		end--;
		return end > start && text[end - 1] === 0x0d ? end - 1 : end;
	}
	return end > start && text[end - 1] === 0x0d ? end - 1 : end;
}

/**
 * Looks for faults, as the parser of usage logs does.
 * @param text begins with a record.
 * @param offset of it in the text of the file.
 * @param records before it.
 * @param isEnd whether nothing follows.
 * @param isInvalid whether bytes follow that are not of the encoding.
 * @throws {SourceError} when there is one.
 */
export function checkText(
	source: DataSource,
	bytes: CsvBytes,
	text: Uint8Array,
	offset: number,
	records: number,
	isEnd: boolean,
	delimiter: Uint8Array,
	isInvalid = false,
): void {
	const complete = isEnd ? text.length : completeLength(text);
	const valid = bytes.isUtf8 && !isUtf8(text.subarray(0, complete)) ? validLength(text.subarray(0, complete)) : complete;
	const part = text.subarray(0, valid);
	if (part.includes(0)) throw nulByte(source, bytes.head, bytes.encoding);
	const scan = createCsvScan(delimiter);
	const fault = scan.push(part);
	if (fault !== null) throw toLayoutError(source, { ...fault, row: records + fault.row });
	if (valid < complete) throw invalidEncoding(source, bytes.encoding, bytes.textStart + offset + valid, records + scan.row());
	if (isInvalid) throw invalidEncoding(source, bytes.encoding, null, records + scan.row());
	const open = isEnd ? scan.finish() : null;
	if (open !== null) throw toLayoutError(source, { ...open, row: records + open.row });
}
