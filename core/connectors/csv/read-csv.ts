import { isUtf8 } from "node:buffer";
import type { DataSource } from "../../config/model.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import { mapColumns, wantedIndices } from "../../loading/column-mapping.ts";
import type { SourceFailure } from "../../loading/loaded.ts";
import { createProblemLog, type ProblemLog } from "../../loading/problem-log.ts";
import { timeZoneOf, toColumnFailure, toFailure } from "../../loading/source-failures.ts";
import type { ReadProgress, SourcePart, SourceRead, SourceRequest } from "../../loading/source-read.ts";
import type { OpenTable } from "../connector.ts";
import { csvConnector } from "../csv.ts";
import { MAX_RECORD_BYTES } from "../csv-scan.ts";
import { completeLength } from "../text-decoding.ts";
import { type CsvBytes, type CsvText, openCsvBytes } from "./csv-bytes.ts";
import { readDelimiter } from "./csv-failures.ts";
import { type CsvHeader, checkText, readCsvHeader } from "./csv-header.ts";
import type { CsvKernel, KernelKind, TextLayout } from "./csv-kernel.ts";
import { behindLineEnd, nextRecordStart } from "./csv-records.ts";
import { createPlainKernel } from "./plain-kernel.ts";
import { createWasmKernel } from "./wasm-kernel.ts";

/** What reading needs beside its request. */
export interface CsvOptions {
	/** Noticed within 100 ms. */
	readonly signal: AbortSignal;
	/** Called every 50 ms at most, and at the end. */
	readonly onProgress: (progress: ReadProgress) => void;
	/** Which kernel reads; by default the one in WebAssembly, or where there is none the plain one. A kernel may be used again. */
	readonly kernel?: KernelKind | CsvKernel;
	/** Bytes that are read at once; by default as many as a processor keeps near to itself. */
	readonly chunkBytes?: number;
}

/** What the rows of a CSV source become. */
export interface CsvSink<Content> {
	/** Takes the rows of the records that the kernel has found. */
	take(): void;
	/** What the rows have become; nothing may be taken any more. */
	finish(): Content;
}

/** What a sink is made with. */
export interface OpenedCsv {
	readonly source: DataSource;
	readonly zone: TimeZone;
	readonly header: CsvHeader;
	/** Places of our columns that are read. */
	readonly indices: Readonly<Record<string, number>>;
	readonly log: ProblemLog;
	readonly kernel: CsvKernel;
	readonly layout: TextLayout;
	/** How much of the text has been read, 0 to 1. */
	share(): number;
}

/** What one reading of a CSV source gave. */
export interface CsvRead<Content> {
	/** Null when the source cannot be used. */
	readonly content: Content | null;
	readonly failures: readonly SourceFailure[];
	readonly log: ProblemLog;
	/** Records that were read, with those before the first row. */
	readonly records: number;
	/** As in `SourceRead`. */
	readonly range: SourceRead["range"];
}

/** Where the content of a source comes from. */
export interface CsvOrigin {
	readonly bytes: () => Promise<CsvBytes>;
	/** The same as rows of cells. */
	readonly table: () => Promise<OpenTable>;
}

/** The file of a source. */
export function csvFileOf(source: DataSource, path: string | null, signal: AbortSignal): CsvOrigin {
	return { bytes: () => openCsvBytes(source, path, signal), table: () => csvConnector.open(source, path, signal) };
}

/**
 * Reads a CSV source, or a part of one: no string or object per row. A part begins with the first record whose line end before it
 * ends at `from` or later. Messages about whole files name rows as they are counted in the part: when a part that is not the
 * first cannot be read, or does not begin where the one before it ended, what counts is what reading on from there says. Of a
 * file that is not UTF-8, a part from 0 is all and every other is empty.
 * @param begin begins a table in the kernel and answers what takes its rows.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readCsv<Content>(
	{ source, part, viewColumns = true }: SourceRequest,
	options: CsvOptions,
	origin: CsvOrigin,
	begin: (opened: OpenedCsv) => CsvSink<Content>,
): Promise<CsvRead<Content>> {
	const log = createProblemLog();
	const failed = (failures: readonly SourceFailure[]): CsvRead<Content> => ({ content: null, failures, log, records: 0, range: null });
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
			return failed(mapping.failures.map((failure) => toColumnFailure(source, failure)));
		}
		const reading: Reading = { source, zone, delimiter, bytes, header, indices: wantedIndices(mapping, viewColumns), log, options };
		const { content, records, range } = await readPart(reading, part, begin);
		await bytes.checkUnchanged();
		return { content, failures: [], log, records, range: part === null ? null : range };
	} catch (error) {
		return failed([toFailure(source, error, options.signal)]);
	} finally {
		opened.bytes?.close();
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
	readonly options: CsvOptions;
}

interface PartRead<Content> {
	readonly content: Content;
	readonly records: number;
	readonly range: { readonly from: number; readonly to: number };
}

/** Small enough to stay in the cache of a core with everything that is made of it. */
const CHUNK_BYTES = 256 * 1024;
/** Milliseconds of work after which other work of the thread is let through. */
const PATIENCE = 8;
const PROGRESS_INTERVAL = 50;

async function readPart<Content>(
	reading: Reading,
	part: SourcePart | null,
	beginTable: (opened: OpenedCsv) => CsvSink<Content>,
): Promise<PartRead<Content>> {
	const { source, delimiter, bytes, header, options } = reading;
	const chunkBytes = Math.min(options.chunkBytes ?? CHUNK_BYTES, bytes.size + 64);
	const capacity = chunkBytes + Math.min(MAX_RECORD_BYTES, 4 * bytes.size) + 64;
	const kernel = chooseKernel(options.kernel);
	const isFirst = part === null || part.from === 0;
	const records = isFirst ? header.records : 0;
	const layout: TextLayout = { capacity, records, delimiter, columns: header.columns.length, dateFormat: source.dateFormat };
	const progress = { begin: 0, position: 0, end: bytes.size };
	const share = () => (progress.position - progress.begin) / Math.max(1, progress.end - progress.begin);
	const sink = beginTable({ ...reading, kernel, layout, share });

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
		sink.take();
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
		content: sink.finish(),
		records: kernel.records(),
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
