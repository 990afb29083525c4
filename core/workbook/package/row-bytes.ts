import { letterOf } from "../column-letters.ts";
import type { LongColumn } from "../long-sheet.ts";
import { type CellBytes, MAX_CELL_BYTES } from "./cell-bytes.ts";

/**
 * The rows of a long sheet as elements of its part, from row 2 on, in pieces of at most {@link PIECE_BYTES}. Nothing is made
 * per row but bytes.
 * @param cells of each column.
 * @param onWritten told after each piece how many rows there have been.
 */
export function* encodeRows(
	rows: Uint32Array,
	columns: readonly LongColumn[],
	cells: readonly CellBytes[],
	onWritten?: (rows: number) => void,
): Generator<Buffer, void, undefined> {
	const writers = columns.map(({ keyOf }, index) => ({ keyOf, cells: cells[index]!, opening: chunkOf(`<c r="${letterOf(index)}`) }));
	for (let from = 0; from < rows.length; ) {
		const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
		const filled = fillPiece(piece, rows, from, writers);
		from = filled.next;
		yield piece.subarray(0, filled.length);
		onWritten?.(from);
	}
}

interface ColumnWriter {
	readonly keyOf: (row: number) => number;
	readonly cells: CellBytes;
	/** What stands before the row's number. */
	readonly opening: Chunk;
}

/** Bytes to copy. */
interface Chunk {
	readonly view: DataView;
	readonly length: number;
}

/** Writes as many rows as fit; answers the first one that doesn't, and how many bytes are written. */
function fillPiece(
	piece: Buffer,
	rows: Uint32Array,
	first: number,
	writers: readonly ColumnWriter[],
): { readonly next: number; readonly length: number } {
	const out = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
	const most = piece.length - (ROW_OPENING.length + MAX_DIGITS + 2 + ROW_END.length + WORD) - writers.length * MAX_ADDRESSED_CELL_BYTES;
	const number = new DataView(new ArrayBuffer(MAX_DIGITS + WORD));
	let to = 0;
	let index = first;
	for (; index < rows.length && to <= most; index++) {
		const row = rows[index]!;
		const digits = writeDigits(number, index + 2);
		to = copy(out, to, ROW_OPENING.view, 0, ROW_OPENING.length);
		to = copy(out, to, number, 0, digits);
		to = copy(out, to, NUMBER_END.view, 0, NUMBER_END.length);
		for (let column = 0; column < writers.length; column++) {
			const { opening, keyOf, cells } = writers[column]!;
			to = copy(out, to, opening.view, 0, opening.length);
			to = copy(out, to, number, 0, digits);
			const key = keyOf(row);
			const start = (key < cells.starts.length ? cells.starts[key]! : 0) || cells.add(key);
			to = copy(out, to, cells.view, start + 1, cells.view.getUint8(start));
		}
		to = copy(out, to, ROW_END.view, 0, ROW_END.length);
	}
	return { next: index, length: to };
}

/**
 * Copies four bytes at a time, so that up to three more are written than asked for, which the next ones overwrite; both sides need
 * room for them. Answers where the next ones belong.
 */
function copy(to: DataView, at: number, from: DataView, start: number, length: number): number {
	for (let place = 0; place < length; place += WORD) to.setUint32(at + place, from.getUint32(start + place));
	return at + length;
}

const WORD = 4;

/** Some five hundred rows of ten columns, which take about a millisecond. */
const PIECE_BYTES = 262_144;

const ROW_OPENING = chunkOf('<row r="');
const NUMBER_END = chunkOf('">');
const ROW_END = chunkOf("</row>");
/** Rows are numbered up to 1,048,576. */
const MAX_DIGITS = 7;
const MAX_ADDRESSED_CELL_BYTES = 10 + MAX_DIGITS + MAX_CELL_BYTES;

/** Writes a number in decimal; answers how many digits it has. */
function writeDigits(digits: DataView, value: number): number {
	let count = 1;
	for (let power = 10; power <= value; power *= 10) count++;
	let rest = value;
	for (let place = count - 1; place >= 0; place--) {
		const tenth = (rest / 10) | 0;
		digits.setUint8(place, 0x30 + rest - tenth * 10);
		rest = tenth;
	}
	return count;
}

function chunkOf(text: string): Chunk {
	const view = new DataView(new ArrayBuffer(text.length + WORD));
	for (let place = 0; place < text.length; place++) view.setUint8(place, text.charCodeAt(place));
	return { view, length: text.length };
}
