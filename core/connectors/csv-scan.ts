/** A fault in the layout of a CSV file that makes every row after it doubtful. */
export interface CsvFault {
	readonly kind: "row-too-long" | "quote-not-closed" | "text-after-quote";
	/** Row in which the record with the fault begins, counted from 1, empty lines included. */
	readonly row: number;
}

/** Watches the layout of a CSV file, chunk by chunk. */
export interface CsvScan {
	/** The first fault up to the end of this chunk of UTF-8. */
	push(chunk: Uint8Array): CsvFault | null;
	/** After the last chunk: a fault when a quoted cell is still open. */
	finish(): CsvFault | null;
	/** Row in which the last byte stands, or the next one begins. */
	row(): number;
}

/** Bytes that one record may have in UTF-8, its line end left out: 1 MiB. */
export const MAX_RECORD_BYTES = 1024 * 1024;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

type State = typeof CELL_START | typeof PLAIN | typeof QUOTED | typeof QUOTE_IN_QUOTED;
const CELL_START = 0;
const PLAIN = 1;
const QUOTED = 2;
/** Behind a quote in a quoted cell: it closes the cell, unless another quote follows. */
const QUOTE_IN_QUOTED = 3;

/**
 * A scan that finds what the parser would read over in silence: text behind a closing quote, from which on it would join
 * rows and cells as they were never meant, and records so long that they can only be a fault. A quote inside a cell that
 * does not begin with one is text, as everywhere.
 * @param delimiter one character in UTF-8.
 */
export function createCsvScan(delimiter: Uint8Array): CsvScan {
	const delimiterEnd = delimiter.length;
	const delimiterStart = delimiter[0]!;
	let state: State = CELL_START;
	let row = 1;
	/** Bytes of the current record in the chunks before this one. */
	let bytesBefore = 0;
	/** Bytes of a delimiter outside ASCII that have been seen. */
	let matched = 0;
	let afterCr = false;

	return {
		push(chunk) {
			let recordStart = -bytesBefore;
			for (let index = 0; index < chunk.length; index++) {
				const byte = chunk[index]!;
				if (state === QUOTED) {
					if (byte === QUOTE) state = QUOTE_IN_QUOTED;
				} else if (byte === LF || byte === CR) {
					if (byte === CR || !afterCr) {
						if (index - recordStart > MAX_RECORD_BYTES) return { kind: "row-too-long", row };
						row++;
					}
					afterCr = byte === CR;
					recordStart = index + 1;
					state = CELL_START;
					matched = 0;
					continue;
				} else if (byte === QUOTE && state !== PLAIN && matched === 0) {
					state = QUOTED;
				} else if (byte === (matched === 0 ? delimiterStart : delimiter[matched])) {
					// The characters of UTF-8 never overlap, so a delimiter of several bytes is found without going back.
					matched++;
					if (matched === delimiterEnd) {
						matched = 0;
						state = CELL_START;
					}
				} else if (state === QUOTE_IN_QUOTED) {
					return { kind: "text-after-quote", row };
				} else {
					matched = 0;
					state = PLAIN;
				}
				afterCr = false;
			}
			bytesBefore = chunk.length - recordStart;
			return bytesBefore > MAX_RECORD_BYTES ? { kind: "row-too-long", row } : null;
		},
		finish: () => (state === QUOTED ? { kind: "quote-not-closed", row } : null),
		row: () => row,
	};
}
