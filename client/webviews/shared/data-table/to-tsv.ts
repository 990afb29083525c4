/**
 * Rows as spreadsheets take them from the clipboard: cells parted by tabs, lines by CR LF. White space in a cell becomes one space, and a
 * cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function toTsv(rows: readonly (readonly string[])[]): string {
	return rows.map((cells) => cells.map(toCell).join("\t")).join("\r\n");
}

function toCell(text: string): string {
	const plain = text.replace(/\s+/gu, " ").trim();
	return /^[=+@]|^-(?![\d.,\s]*$)/.test(plain) ? `'${plain}` : plain;
}
