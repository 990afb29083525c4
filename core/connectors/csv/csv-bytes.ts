import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { DataSource } from "../../config/model.ts";
import { changedWhileRead, openInputFile, refuseBinaryFile, toSourceError } from "../input-file.ts";
import type { Transcoder } from "../text-decoding.ts";
import { chooseTranscoder, nameOf } from "./csv-failures.ts";

/**
 * A CSV file that is read synchronously, since a promise per piece would cost as much as the reading. It must be closed.
 */
export interface CsvBytes {
	/** The encoding's standard name. */
	readonly encoding: string;
	/** Whether offsets in the text are those in the file: it is UTF-8. */
	readonly isUtf8: boolean;
	/** First bytes of the file. */
	readonly head: Uint8Array;
	/** Bytes of the file. */
	readonly size: number;
	/** Where the text begins: behind a byte-order mark. */
	readonly textStart: number;
	/** The file's text from an offset on; other than `textStart` only of UTF-8. */
	textFrom(offset: number): CsvText;
	/** @throws {SourceError} when the file is no longer what was opened. */
	checkUnchanged(): Promise<void>;
	close(): void;
}

/** Text as UTF-8, from some place to the end of the file. */
export interface CsvText {
	/**
	 * Writes the next bytes of text, at most as many as there is room; 0 at the end, or before bytes that are not of the encoding.
	 * Of UTF-8 nobody has checked that it is.
	 * @throws {SourceError} when the file cannot be read.
	 */
	read(target: Uint8Array): number;
	/** Bytes of the file that have been read, those before the text counted. */
	position(): number;
	/** Whether the text ended before bytes that are not of the encoding. */
	isInvalid(): boolean;
}

/**
 * Opens a source's file.
 * @throws {SourceError} when there is no such file, it is not text, or the encoding is unknown.
 * @throws the signal's reason, when it is aborted.
 */
export async function openCsvBytes(source: DataSource, path: string | null, signal: AbortSignal): Promise<CsvBytes> {
	const checked = await openInputFile(source, path, signal);
	const { head } = checked;
	await checked.close();
	refuseBinaryFile(source, head);
	// Before the file is opened again.
	chooseTranscoder(source, head);
	const shown = nameOf(source);
	const attempt = <Value>(work: () => Value): Value => {
		try {
			return work();
		} catch (error) {
			throw toSourceError(error, shown);
		}
	};
	const file = attempt(() => openSync(path!, "r"));
	const before = attempt(() => fstatSync(file));
	return {
		...makeCsvBytes(source, head, before.size, (target, position) => attempt(() => readSync(file, target, 0, target.length, position))),
		async checkUnchanged() {
			const after = attempt(() => fstatSync(file));
			const named = await stat(path!).catch(() => null);
			if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || named?.ino !== before.ino) throw changedWhileRead(shown);
		},
		close: () => closeSync(file),
	};
}

/** Writes bytes from a position on into the target and answers how many; 0 at the end. */
export type ReadAt = (target: Uint8Array, position: number) => number;

/**
 * The bytes of something that can be read at any position.
 * @throws {SourceError} when the encoding is unknown.
 */
export function makeCsvBytes(
	source: DataSource,
	head: Uint8Array,
	size: number,
	readAt: ReadAt,
): Omit<CsvBytes, "checkUnchanged" | "close"> {
	const { encoding } = chooseTranscoder(source, head);
	const isUtf8 = encoding === "utf-8";
	return {
		encoding,
		isUtf8,
		head,
		size,
		textStart: isUtf8 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0,
		textFrom: (offset) => (isUtf8 ? plainText(readAt, offset) : transcodedText(readAt, chooseTranscoder(source, head))),
	};
}

function plainText(readAt: ReadAt, from: number): CsvText {
	let position = from;
	return {
		read(target) {
			const length = readAt(target, position);
			position += length;
			return length;
		},
		position: () => position,
		isInvalid: () => false,
	};
}

const TRANSCODED_BYTES = 64 * 1024;

function transcodedText(readAt: ReadAt, transcoder: Transcoder): CsvText {
	let position = 0;
	let pending: Uint8Array = new Uint8Array(0);
	let ended = false;
	let invalid = false;
	function refill(): void {
		const chunk = Buffer.alloc(TRANSCODED_BYTES);
		const length = readAt(chunk, position);
		position += length;
		const text = length === 0 ? transcoder.finish() : transcoder.push(chunk.subarray(0, length));
		pending = text.utf8;
		invalid = text.invalid;
		ended = length === 0 || invalid;
	}
	return {
		read(target) {
			while (pending.length === 0 && !ended) refill();
			const part = pending.subarray(0, target.length);
			target.set(part);
			pending = pending.subarray(part.length);
			return part.length;
		},
		position: () => position,
		isInvalid: () => invalid,
	};
}
