import { isUtf8 } from "node:buffer";
import type { DataSource } from "../../config/model.ts";
import { makeDateParser } from "../../dates/date-format.ts";
import { NO_DAY } from "../../dates/day-number.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import { mapColumns, wantedIndices } from "../../loading/column-mapping.ts";
import { createProblemLog, type ProblemLog } from "../../loading/problem-log.ts";
import { describeMissingKey, describeSurplusCells } from "../../loading/problem-texts.ts";
import { timeZoneOf, toColumnFailure, toFailure } from "../../loading/source-failures.ts";
import { foundIn, type ReadProgress, type SourcePart, type SourceRead, type SourceRequest } from "../../loading/source-read.ts";
import type { SourceTable } from "../../usage/source-table.ts";
import type { OpenTable } from "../connector.ts";
import { csvConnector } from "../csv.ts";
import { MAX_RECORD_BYTES } from "../csv-scan.ts";
import { completeLength } from "../text-decoding.ts";
import { type CsvBytes, type CsvText, openCsvBytes } from "./csv-bytes.ts";
import { readDelimiter } from "./csv-failures.ts";
import { type CsvHeader, checkText, readCsvHeader } from "./csv-header.ts";
import type { CsvKernel, CsvLayout, KernelEvents, KernelKind } from "./csv-kernel.ts";
import { behindLineEnd, nextRecordStart } from "./csv-records.ts";
import { createPlainKernel } from "./plain-kernel.ts";
import { createTableOutput, type TableOutput } from "./table-output.ts";
import { createWasmKernel } from "./wasm-kernel.ts";

/** What reading needs beside its request. */
export interface CsvTableOptions {
	/** Noticed within 100 ms. */
	readonly signal: AbortSignal;
	/** Called every 50 ms at most, and at the end. */
	readonly onProgress: (progress: ReadProgress) => void;
	/** Which kernel reads; by default the one in WebAssembly, or where there is none the plain one. A kernel may be used again. */
	readonly kernel?: KernelKind | CsvKernel;
	/** Bytes that are read at once; by default as many as a processor keeps near to itself. */
	readonly chunkBytes?: number;
}

/**
 * Reads a CSV source of devices or installations, or a part of one, into typed columns: no string or object per row. A part begins
 * with the first record whose line end before it ends at `from` or later. Messages about whole files name rows as they are counted in
 * the part: when a part that is not the first cannot be read, or does not begin where the one before it ended, what counts is what
 * reading on from there says. Of a file that is not UTF-8, a part from 0 is all and every other is empty.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readCsvTable(request: SourceRequest, options: CsvTableOptions): Promise<SourceRead> {
	const { source, path } = request;
	return readCsvBytes(request, options, {
		bytes: () => openCsvBytes(source, path, options.signal),
		table: () => csvConnector.open(source, path, options.signal),
	});
}

/** Where the content of a source comes from. */
export interface CsvOrigin {
	readonly bytes: () => Promise<CsvBytes>;
	/** The same as rows of cells. */
	readonly table: () => Promise<OpenTable>;
}

/** As {@link readCsvTable}, from anywhere. */
export async function readCsvBytes(
	{ source, part, viewColumns = true }: SourceRequest,
	options: CsvTableOptions,
	origin: CsvOrigin,
): Promise<SourceRead> {
	const log = createProblemLog();
	const opened: { bytes: CsvBytes | null } = { bytes: null };
	try {
		options.signal.throwIfAborted();
		const zone = timeZoneOf(source);
		const delimiter = Buffer.from(readDelimiter(source));
		const bytes = await origin.bytes();
		opened.bytes = bytes;
		const header = readCsvHeader(source, bytes, delimiter);
		const mapping = mapColumns(source.provides, source.columns, header.columns, source.type);
		if (mapping.failures.length > 0) {
			// What is wrong with the text near the beginning goes before what is wrong with the columns.
			await (await origin.table()).close();
			const failures = mapping.failures.map((failure) => toColumnFailure(source, failure));
			return failed(failures, log);
		}
		const reading: Reading = { source, zone, delimiter, bytes, header, indices: wantedIndices(mapping, viewColumns), log, options };
		const { table, range } = await readPart(reading, part);
		await bytes.checkUnchanged();
		return { table, failures: [], ...foundIn(log), range: part === null ? null : range };
	} catch (error) {
		return failed([toFailure(source, error, options.signal)], log);
	} finally {
		opened.bytes?.close();
	}
}

/** Bytes of a file from which on two threads are faster than one. */
const DIVIDED_BYTES = 100_000_000;

/**
 * Divides a CSV file that is large enough for two threads; null when it is better read in one piece. What is wrong with the source is
 * left for its reading to tell.
 */
export async function planCsvParts(
	source: DataSource,
	path: string,
	dividedBytes: number = DIVIDED_BYTES,
): Promise<readonly SourcePart[] | null> {
	try {
		const bytes = await openCsvBytes(source, path, new AbortController().signal);
		bytes.close();
		if (!bytes.isUtf8 || bytes.size < dividedBytes) return null;
		const middle = Math.floor(bytes.size / 2);
		return [
			{ from: 0, to: middle, exact: true },
			{ from: middle, to: null, exact: false },
		];
	} catch {
		return null;
	}
}

interface Reading {
	readonly source: DataSource;
	readonly zone: TimeZone;
	readonly delimiter: Uint8Array;
	readonly bytes: CsvBytes;
	readonly header: CsvHeader;
	readonly indices: Readonly<Record<string, number>>;
	readonly log: ProblemLog;
	readonly options: CsvTableOptions;
}

interface PartRead {
	readonly table: SourceTable;
	readonly range: { readonly from: number; readonly to: number };
}

/** Small enough to stay in the cache of a core with everything that is made of it. */
const CHUNK_BYTES = 256 * 1024;
/** Milliseconds of work after which other work of the thread is let through. */
const PATIENCE = 8;
const PROGRESS_INTERVAL = 50;

async function readPart(reading: Reading, part: SourcePart | null): Promise<PartRead> {
	const { source, delimiter, bytes, header, options } = reading;
	const chunkBytes = Math.min(options.chunkBytes ?? CHUNK_BYTES, bytes.size + 64);
	const capacity = chunkBytes + Math.min(MAX_RECORD_BYTES, 4 * bytes.size) + 64;
	const kernel = chooseKernel(options.kernel);
	const isFirst = part === null || part.from === 0;
	const records = isFirst ? header.records : 0;
	const layout = layoutOf(reading, capacity, records);
	const progress = { begin: 0, position: 0, end: bytes.size };
	const output = createTableOutput(layout, () => {
		const done = (progress.position - progress.begin) / Math.max(1, progress.end - progress.begin);
		return done === 0 ? 0 : output.rows() / done;
	});
	kernel.begin(layout, eventsOf(reading, output));

	const begin = isFirst ? bytes.textStart + header.length : beginOfPart(reading, part);
	const limit = part?.to ?? null;
	const end = limit === null || !bytes.isUtf8 ? bytes.size : Math.max(begin, Math.min(limit, bytes.size));
	Object.assign(progress, { begin, end });
	const text = bytes.isUtf8 ? bytes.textFrom(begin) : skip(bytes.textFrom(0), isFirst ? header.length : Number.POSITIVE_INFINITY);
	/** Text in the input of the kernel, which begins with a record. */
	let filled = 0;
	/** Bytes of text before it. */
	let offset = begin;
	let lastReport = performance.now();
	let lastPause = lastReport;
	const report = () => options.onProgress({ rows: kernel.records() - records, bytes: text.position() - begin, totalBytes: end - begin });

	/** Takes the records of the input up to `to`; whatever is left is moved to its beginning. */
	const take = (to: number, isEnd: boolean) => {
		const input = kernel.input();
		let splitTo = to;
		if (isEnd && to > 0 && input[to - 1] !== LF && input[to - 1] !== CR) input[splitTo++] = LF;
		const before = kernel.records();
		const findings = kernel.split(0, splitTo);
		const start = kernel.consumed();
		const isBad = findings.hasNul || findings.isMalformed || (isEnd && text.isInvalid());
		if (
			isBad ||
			(bytes.isUtf8 &&
				findings.hasHighBytes &&
				!isUtf8(input.subarray(start, isEnd ? to : start + completeLength(input.subarray(start, to)))))
		) {
			checkText(source, bytes, input.subarray(start, to), offset + start - bytes.textStart, before, isEnd, delimiter, text.isInvalid());
		}
		for (let staged = kernel.take(); staged.rows > 0; staged = kernel.take()) {
			output.append(staged);
		}
		const consumed = Math.min(kernel.consumed(), to);
		const rest = to - consumed;
		const after = kernel.input();
		if (kernel.isTooLong() || rest > MAX_RECORD_BYTES || (isEnd && rest > 0)) {
			checkText(source, bytes, after.subarray(consumed, to), offset + consumed - bytes.textStart, kernel.records(), isEnd, delimiter);
		}
		after.copyWithin(0, consumed, filled);
		filled -= consumed;
		offset += consumed;
	};
	const pause = async () => {
		const now = performance.now();
		if (now - lastReport >= PROGRESS_INTERVAL) {
			report();
			lastReport = now;
		}
		if (now - lastPause < PATIENCE) return;
		await new Promise(setImmediate);
		options.signal.throwIfAborted();
		lastPause = performance.now();
	};
	/** Reads on, at most so many bytes; false at the end of the text. */
	const fill = (most: number): boolean => {
		const length = text.read(kernel.input().subarray(filled, filled + most));
		filled += length;
		progress.position = text.position();
		return length > 0;
	};

	while (limit === null || !bytes.isUtf8 || text.position() < end) {
		const isEnd = !fill(limit === null || !bytes.isUtf8 ? chunkBytes : Math.min(chunkBytes, end - text.position()));
		take(filled, isEnd);
		if (isEnd) break;
		await pause();
	}
	if (bytes.isUtf8 && limit !== null && limit < bytes.size && begin < limit) await finishPart();
	report();
	options.signal.throwIfAborted();
	return {
		table: output.finish(source, kernel),
		range: { from: isFirst ? 0 : begin, to: bytes.isUtf8 ? Math.max(offset, begin) : bytes.size },
	};

	/** Takes the record that the part ends in; when it ends between records, the LF of a CRLF may be left. */
	async function finishPart(): Promise<void> {
		if (filled === 0) {
			if (fill(1)) kernel.split(0, 1);
			offset += filled === 0 ? 0 : kernel.consumed();
			return;
		}
		for (;;) {
			const next = nextRecordStart(kernel.input(), 0, filled, delimiter);
			if (next !== -1 || filled > MAX_RECORD_BYTES) {
				take(next === -1 ? filled : next, false);
				return;
			}
			if (!fill(chunkBytes)) {
				take(filled, true);
				return;
			}
			await pause();
		}
	}
}

const LF = 0x0a;
const CR = 0x0d;

function chooseKernel(kernel: KernelKind | CsvKernel | undefined): CsvKernel {
	if (typeof kernel === "object") return kernel;
	return (kernel === "plain" ? null : createWasmKernel()) ?? createPlainKernel();
}

function layoutOf({ source, zone, delimiter, header, indices }: Reading, capacity: number, records: number): CsvLayout {
	const place = (column: string) => indices[column] ?? null;
	const isDevices = source.provides === "devices";
	return {
		capacity,
		records,
		delimiter,
		columns: header.columns.length,
		device: indices["device"]!,
		names: isDevices ? [null, place("deviceName"), null] : [place("product"), place("publisher"), place("version")],
		days: isDevices ? [place("inventoryDate"), null] : [place("installDate"), place("lastUsageDate")],
		dateFormat: source.dateFormat,
		// Under another name it only takes longer.
		isUtc: zone.name.toUpperCase() === "UTC",
	};
}

function eventsOf({ source, zone, header, indices, log }: Reading, output: TableOutput): KernelEvents {
	const parse = makeDateParser(source.dateFormat, zone);
	const days = source.provides === "devices" ? ["inventoryDate"] : ["installDate", "lastUsageDate"];
	const nameOf = (column: string) => header.columns[indices[column]!]!;
	const add = (code: string, record: number, column: string | null, describe: () => string) =>
		log.add(source, code, record, column === null ? null : nameOf(column), describe);
	return {
		parseDate: (text) => parse(text)?.day ?? NO_DAY,
		reportDate: (column, record, text) => log.addUnreadDate(source, record, nameOf(days[column]!), text, "row is kept"),
		reportMissing(key, record) {
			const column = key === 0 ? "device" : "product";
			add("source/missing-key", record, column, () => describeMissingKey(column));
		},
		reportSurplus: (cells, record) => add("source/surplus-cells", record, null, () => describeSurplusCells(cells)),
		addWideDay: output.addWideDay,
	};
}

/** Where the first record of a part begins. */
function beginOfPart({ bytes }: Reading, part: SourcePart): number {
	if (!bytes.isUtf8) return bytes.size;
	if (part.exact) return part.from;
	const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, bytes.size + 1));
	for (let offset = part.from - 1; ; ) {
		const length = bytes.textFrom(offset).read(buffer);
		if (length === 0) return bytes.size;
		const found = behindLineEnd(buffer, 0, length);
		if (found !== -1) return offset + found;
		// A CR at the end of what was read is looked at again, with what follows it.
		const isCut = buffer[length - 1] === CR;
		if (isCut && length === 1) return offset + 1;
		offset += isCut ? length - 1 : length;
	}
}

/** Passes over the beginning of a text. */
function skip(text: CsvText, length: number): CsvText {
	for (let left = length; left > 0; ) {
		const read = text.read(Buffer.alloc(Math.min(left, CHUNK_BYTES)));
		if (read === 0) break;
		left -= read;
	}
	return text;
}

function failed(failures: SourceRead["failures"], log: ProblemLog): SourceRead {
	return { table: null, failures, ...foundIn(log), range: null };
}
