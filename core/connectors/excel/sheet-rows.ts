import { t } from "../../texts/translate.ts";
import { decodeText } from "./cell-text.ts";
import { damagedWorkbook, type WorkbookFile } from "./workbook-file.ts";
import { detach } from "./xml-reader.ts";

/** A cell as a sheet has it, before dates are told from numbers. */
export interface SheetCell {
	readonly kind: "text" | "number" | "isoDate" | "error";
	/** Of a number, its digits as they are written. */
	readonly text: string;
	/** Number of the cell's style; 0 when it has none. */
	readonly style: number;
}

/** A row with at least one cell that is not empty. */
export interface SheetRow {
	/** As a spreadsheet shows it. */
	readonly number: number;
	/** By column; absent where a cell is empty. */
	readonly cells: readonly (SheetCell | undefined)[];
}

/** The size of a sheet in Excel. */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;

/**
 * Reads a sheet's rows in order, in batches. Of merged cells the first has the value. A formula is its last result; one that was never
 * worked out is an error, as `#N/A` is.
 * @param strings the texts that cells refer to.
 * @throws {SourceError} when the sheet is damaged.
 */
export async function* readSheetRows(file: WorkbookFile, part: string, strings: readonly string[]): AsyncGenerator<readonly SheetRow[]> {
	let batch: SheetRow[] = [];
	let row = 0;
	let column = 0;
	let cells: (SheetCell | undefined)[] = [];
	let type = "n";
	let style = 0;
	let value: string | null = null;
	let hasFormula = false;
	/** Whether the text that comes is a cell's value. */
	let collects = false;
	let inPronunciation = false;

	function finishCell(): void {
		const cell = toCell(file, type, style, value, hasFormula, strings);
		if (cell !== null) cells[column - 1] = cell;
	}

	const pieces = file.read(part, {
		open(name, attributes) {
			switch (name) {
				case "row":
					row = Number(attributes.get("r") ?? row + 1);
					column = 0;
					cells = [];
					if (!(row >= 1 && row <= MAX_ROWS)) throw damagedWorkbook(file.shown, t`it has a row ${row}`);
					break;
				case "c":
					column = columnOf(attributes.get("r")) ?? column + 1;
					if (!(column >= 1 && column <= MAX_COLUMNS)) throw damagedWorkbook(file.shown, t`it has a cell in column ${column}`);
					type = attributes.get("t") ?? "n";
					style = Number(attributes.get("s") ?? 0);
					value = null;
					hasFormula = false;
					break;
				case "v":
					collects = true;
					value = "";
					break;
				case "t":
					collects = !inPronunciation;
					value ??= "";
					break;
				case "f":
					hasFormula = true;
					break;
				case "rPh":
					inPronunciation = true;
					break;
			}
		},
		text(piece) {
			if (collects) value += piece;
		},
		close(name) {
			switch (name) {
				case "v":
				case "t":
					collects = false;
					break;
				case "rPh":
					inPronunciation = false;
					break;
				case "c":
					finishCell();
					break;
				case "row":
					if (cells.length > 0) batch.push({ number: row, cells });
					break;
			}
		},
	});
	for await (const _ of pieces) {
		if (batch.length === 0) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

/** Null for an empty cell; white space alone is empty, as in a row that looks so. */
function toCell(
	file: WorkbookFile,
	type: string,
	style: number,
	value: string | null,
	hasFormula: boolean,
	strings: readonly string[],
): SheetCell | null {
	if (value === null) return hasFormula ? { kind: "error", text: t("a formula without a result"), style } : null;
	switch (type) {
		case "s":
			return textCell(strings[Number(value)] ?? missingString(file, value), style);
		case "b":
			return textCell(value.trim() === "1" || value.trim() === "true" ? "TRUE" : "FALSE", style);
		case "e":
			return { kind: "error", text: detach(value), style };
		case "d":
			return { kind: "isoDate", text: detach(value.trim()), style };
		case "n": {
			const digits = detach(value.trim());
			return digits === "" ? null : { kind: "number", text: digits, style };
		}
		default:
			return textCell(detach(decodeText(value)), style);
	}
}

function textCell(text: string, style: number): SheetCell | null {
	return text.trim() === "" ? null : { kind: "text", text, style };
}

function missingString(file: WorkbookFile, index: string): never {
	throw damagedWorkbook(file.shown, t`it has no text ${index}`);
}

/** Column of a place such as `AB12`, counted from 1; 0 when it has none, null for no place. */
function columnOf(place: string | null): number | null {
	if (place === null) return null;
	let column = 0;
	for (let index = 0; index < place.length; index++) {
		const letter = place.charCodeAt(index) & ~0x20;
		if (letter < 65 || letter > 90) break;
		column = column * 26 + letter - 64;
	}
	return column;
}
