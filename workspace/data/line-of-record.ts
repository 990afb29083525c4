/**
 * The line, counted from 0, on which a record of CSV text begins; null when the text has no such record, or is none.
 * @param record counted from 1 through records and empty lines, as connectors number rows; a cell in quotes may go over several lines.
 */
export function lineOfRecord(text: string, record: number, delimiter: string): number | null {
	if (text.includes("\0")) return null;
	let line = 0;
	let current = 1;
	let quoted = false;
	let atCellStart = true;
	for (let index = 0; index < text.length; index++) {
		if (current === record) return line;
		const character = text[index]!;
		const isBreak = character === "\n" || (character === "\r" && text[index + 1] !== "\n");
		if (isBreak) line++;
		if (quoted) {
			if (character !== '"') continue;
			if (text[index + 1] === '"') index++;
			else quoted = false;
		} else if (isBreak) {
			current++;
			atCellStart = true;
		} else if (character === '"' && atCellStart) {
			quoted = true;
			atCellStart = false;
		} else {
			atCellStart = text.startsWith(delimiter, index);
		}
	}
	return current === record ? line : null;
}
