/**
 * One line of cells for the clipboard, as spreadsheets take it: tabs between them, quotes around a cell that has a tab, a line break or a quote. What a
 * spreadsheet would take for a formula gets an apostrophe in front: names come from whoever installed something.
 */
export function toTabLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map(toCell).join("\t")}\r\n`;
}

function toCell(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const text = FORMULA_BEGINNING.test(value) ? `'${value}` : value;
	return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** White space before it makes no difference to some spreadsheets; the full-width signs count as well. */
const FORMULA_BEGINNING = /^\s*[=+\-@＝＋－＠]/;

const NEEDS_QUOTES = /["\t\r\n]/;
