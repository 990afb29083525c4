import type { DataSource } from "../../config/model.ts";
import { openCsvBytes } from "./csv-bytes.ts";
import { readDelimiter } from "./csv-failures.ts";

/**
 * The lines of a file, counted from 1 as an editor does, on which some of its records begin. A cell in quotes may go over several lines, so that
 * the number of a record need not be that of its line.
 * @param rows ascending, counted from 1 through records and empty lines, as connectors number rows.
 * @returns null for a record that there is not.
 * @throws {SourceError} when the file cannot be read.
 */
export async function findRecordLines(
	source: DataSource,
	path: string,
	rows: readonly number[],
	signal: AbortSignal,
): Promise<readonly (number | null)[]> {
	const bytes = await openCsvBytes(source, path, signal);
	try {
		const text = bytes.textFrom(bytes.textStart);
		const scan = createLineScan(Buffer.from(readDelimiter(source)), rows);
		const chunk = new Uint8Array(CHUNK_BYTES);
		for (let length = text.read(chunk); length > 0 && !scan.isDone(); length = text.read(chunk)) {
			signal.throwIfAborted();
			scan.push(chunk.subarray(0, length));
		}
		return scan.lines();
	} finally {
		bytes.close();
	}
}

const CHUNK_BYTES = 256 * 1024;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Where a scan stands, between two pieces. */
interface ScanState {
	line: number;
	row: number;
	quoted: boolean;
	atCellStart: boolean;
	/** A quote within quotes ends them unless a second one follows. */
	quoteIsOpen: boolean;
	afterCr: boolean;
	/** How many bytes of a delimiter the last ones are. */
	matched: number;
	/** A record begins with its first byte: behind the last line there is none. */
	begins: boolean;
}

/** Looks for the beginnings of records in bytes of UTF-8 that come piece by piece. */
function createLineScan(delimiter: Uint8Array, rows: readonly number[]) {
	const found: number[] = [];
	const state: ScanState = {
		line: 1,
		row: 1,
		quoted: false,
		atCellStart: true,
		quoteIsOpen: false,
		afterCr: false,
		matched: 0,
		begins: true,
	};
	return {
		push: (bytes: Uint8Array) => scanPiece(bytes, delimiter, rows, state, found),
		isDone: () => found.length === rows.length,
		lines: (): readonly (number | null)[] => rows.map((_, place) => found[place] ?? null),
	};
}

/** All of it in local variables, since it sees every byte of files of any size. */
function scanPiece(bytes: Uint8Array, delimiter: Uint8Array, rows: readonly number[], state: ScanState, found: number[]): void {
	let { line, row, quoted, atCellStart, quoteIsOpen, afterCr, matched, begins } = state;
	const first = delimiter[0]!;
	const isNarrow = delimiter.length === 1;
	let wanted = rows[found.length] ?? Number.POSITIVE_INFINITY;
	for (let place = 0; place < bytes.length && found.length < rows.length; place++) {
		const byte = bytes[place]!;
		if (afterCr) {
			afterCr = false;
			if (byte === LF) continue;
		}
		if (begins) {
			begins = false;
			while (wanted === row) {
				found.push(line);
				wanted = rows[found.length] ?? Number.POSITIVE_INFINITY;
			}
		}
		if (quoted) {
			if (quoteIsOpen) {
				quoteIsOpen = false;
				if (byte === QUOTE) continue;
				quoted = false;
			} else {
				if (byte === QUOTE) quoteIsOpen = true;
				else if (byte === LF || byte === CR) {
					afterCr = byte === CR;
					line++;
				}
				continue;
			}
		}
		if (byte === LF || byte === CR) {
			afterCr = byte === CR;
			line++;
			row++;
			atCellStart = true;
			matched = 0;
			begins = true;
		} else if (byte === QUOTE && atCellStart) {
			quoted = true;
			atCellStart = false;
		} else if (isNarrow) {
			atCellStart = byte === first;
		} else {
			matched = byte === delimiter[matched] ? matched + 1 : Number(byte === first);
			atCellStart = matched === delimiter.length;
			if (atCellStart) matched = 0;
		}
	}
	Object.assign(state, { line, row, quoted, atCellStart, quoteIsOpen, afterCr, matched, begins });
}
