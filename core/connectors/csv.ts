import { Parser } from "csv-parse";
import type { DataSource } from "../config/model.ts";
import type { Connector, OpenTable, TableRow } from "./connector.ts";
import { chooseTranscoder, emptyFile, invalidEncoding, malformed, nulByte, readDelimiter, toLayoutError } from "./csv/csv-failures.ts";
import { createCsvScan } from "./csv-scan.ts";
import { type InputFile, openInputFile, refuseBinaryFile } from "./input-file.ts";
import type { Transcoded } from "./text-decoding.ts";

/**
 * Reads delimited text of any size in pieces. Quoted cells may hold delimiters, line breaks and doubled quotes; a line ends
 * with CRLF, LF or CR, also mixed; lines that hold nothing but white space are skipped, and so is a
 * first line such as `sep=;`.
 */
export const csvConnector: Connector = { open: openCsv };

interface CsvRecord {
	readonly number: number;
	readonly cells: readonly string[];
}

async function openCsv(source: DataSource, path: string | null, signal: AbortSignal): Promise<OpenTable> {
	// Before the file is looked for.
	readDelimiter(source);
	const file = await openInputFile(source, path, signal);
	try {
		return await openCsvText(source, file);
	} catch (error) {
		await file.close();
		throw error;
	}
}

/**
 * The table of a file that is open; closing it closes the file.
 * @throws {SourceError} when it is not a table, or its text is faulty near the beginning.
 */
export async function openCsvText(source: DataSource, file: InputFile): Promise<OpenTable> {
	refuseBinaryFile(source, file.head);
	const batches = readRecords(source, file, readDelimiter(source));
	const first = await batches.next();
	if (first.done === true) throw emptyFile(source);
	const begin = first.value.findIndex((record) => !isIgnoredLine(record));
	const columns = readColumns(first.value[begin]!, source.header);
	return {
		columns,
		batches: readRows(first.value.slice(source.header ? begin + 1 : begin), batches, columns.length),
		close: () => file.close(),
	};
}

function readColumns(first: CsvRecord, header: boolean): readonly string[] {
	return first.cells.map((cell, index) => (header ? cell.trim() : "") || `Column ${index + 1}`);
}

async function* readRows(
	first: readonly CsvRecord[],
	rest: AsyncIterable<readonly CsvRecord[]>,
	columnCount: number,
): AsyncGenerator<readonly TableRow[]> {
	const toRows = (records: readonly CsvRecord[]) =>
		records.filter((record) => !isIgnoredLine(record)).map((record) => fitToColumns(record, columnCount));
	yield toRows(first);
	for await (const records of rest) yield toRows(records);
}

/** White space on a line of its own looks like an empty line, in a table of one column too, where it would be null; and Excel's hint is no row. */
function isIgnoredLine(record: CsvRecord): boolean {
	return (record.cells.length === 1 && record.cells[0]!.trim() === "") || isSeparatorHint(record);
}

/** A first line such as `sep=;`, by which Excel is told the delimiter; read with that delimiter it has an empty second cell. */
function isSeparatorHint({ number, cells }: CsvRecord): boolean {
	return number === 1 && cells.length <= 2 && /^sep=.?$/i.test(cells[0]!.trim()) && (cells[1] ?? "") === "";
}

function fitToColumns(record: CsvRecord, columnCount: number): TableRow {
	const { number, cells } = record;
	if (cells.length === columnCount) return { number, cells, surplusCells: 0 };
	if (cells.length < columnCount) {
		const missing: readonly null[] = new Array(columnCount - cells.length).fill(null);
		return { number, cells: [...cells, ...missing], surplusCells: 0 };
	}
	const surplus = cells.slice(columnCount).filter((cell) => cell.trim() !== "");
	return { number, cells: cells.slice(0, columnCount), surplusCells: surplus.length };
}

/** Batches of at least one record; the first has a record that is no blank line. */
async function* readRecords(source: DataSource, file: InputFile, delimiter: string): AsyncGenerator<readonly CsvRecord[]> {
	const transcoder = chooseTranscoder(source, file.head);
	const scan = createCsvScan(Buffer.from(delimiter));
	const records = createParser(source, delimiter);
	const read = async ({ utf8, invalid, invalidOffset }: Transcoded): Promise<readonly CsvRecord[]> => {
		if (utf8.includes(0)) throw nulByte(source, file.head, transcoder.encoding);
		const fault = scan.push(utf8);
		if (fault !== null) throw toLayoutError(source, fault);
		const batch = await records.push(utf8);
		if (invalid) throw invalidEncoding(source, transcoder.encoding, invalidOffset, scan.row());
		return batch;
	};
	let started = false;
	const hasContent = (batch: readonly CsvRecord[]) => {
		started ||= batch.some((record) => !isIgnoredLine(record));
		return started && batch.length > 0;
	};
	for await (const chunk of file.chunks) {
		const batch = await read(transcoder.push(chunk));
		if (hasContent(batch)) yield batch;
	}
	const last = await read(transcoder.finish());
	if (hasContent(last)) yield last;
	const fault = scan.finish();
	if (fault !== null) throw toLayoutError(source, fault);
	const rest = await records.finish();
	if (hasContent(rest)) yield rest;
}

interface RecordParser {
	/** The records that these bytes complete. */
	push(utf8: Buffer): Promise<readonly CsvRecord[]>;
	finish(): Promise<readonly CsvRecord[]>;
}

function createParser(source: DataSource, delimiter: string): RecordParser {
	let batch: CsvRecord[] = [];
	const parser = new Parser({
		delimiter,
		record_delimiter: ["\r\n", "\n", "\r"],
		relax_column_count: true,
		// Quotes in the middle of a cell are text; what stands behind a closing quote is found by the scan before.
		relax_quotes: true,
		skip_empty_lines: true,
		on_record: (cells: string[]) => {
			batch.push({ number: parser.info.records + parser.info.empty_lines, cells });
			// Collected here, so that no record goes through the stream's own queue.
			return null;
		},
	});
	const take = () => {
		const taken = batch;
		batch = [];
		return taken;
	};
	const settle = (start: (done: (error?: Error | null) => void) => void): Promise<readonly CsvRecord[]> =>
		new Promise((resolve, reject) => {
			start((error) => {
				if (error) reject(malformed(source, parser.info.records + parser.info.empty_lines + 1, error.message));
				else resolve(take());
			});
		});
	// The same error arrives by the callbacks below.
	parser.on("error", () => {});
	return {
		push: (utf8) => settle((done) => parser.write(utf8, done)),
		finish: () => settle((done) => parser.end(done)),
	};
}
