import { stripVTControlCharacters } from "node:util";

/** One column of a text table. */
export interface TableColumn {
	readonly title: string;
	readonly align: "left" | "right";
	/** Cells of a flexible column are cut when the table would be wider than allowed. */
	readonly flexible?: boolean;
}

/** Smallest width to which a flexible column shrinks. */
const MIN_WIDTH = 12;

const GAP = "  ";

/**
 * Lines of a table: the titles, then the rows, aligned, without trailing spaces and at most `width` columns wide as
 * long as the flexible columns can give way. Cells are made safe for a terminal.
 */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[], width: number): readonly string[] {
	const cells = [columns.map((column) => column.title), ...rows.map((row) => row.map(printable))];
	const widths = columns.map((_, index) => Math.max(...cells.map((row) => displayWidth(row[index] ?? ""))));
	let excess = widths.reduce((sum, own) => sum + own, 0) + GAP.length * (columns.length - 1) - width;
	while (excess > 0) {
		const widest = columns.reduce(
			(found, column, index) => (column.flexible && widths[index]! > (widths[found] ?? MIN_WIDTH) ? index : found),
			-1,
		);
		if (widest === -1) break;
		widths[widest]!--;
		excess--;
	}
	return cells.map((row) =>
		columns
			.map((column, index) => pad(cut(row[index] ?? "", widths[index]!), widths[index]!, column.align))
			.join(GAP)
			.trimEnd(),
	);
}

/** A part of a whole in percent with one decimal; a dash when there is no whole. */
export function formatShare(part: number, whole: number): string {
	return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Text from data, made safe for a terminal: control characters and those that turn the direction of writing become `�`. */
export function printable(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

/** Text cut to a number of terminal columns, with `…` in place of what is missing. */
export function cut(text: string, width: number): string {
	if (displayWidth(text) <= width) return text;
	let result = "";
	let used = 1;
	for (const character of text) {
		used += displayWidth(character);
		if (used > width) break;
		result += character;
	}
	return `${result.trimEnd()}…`;
}

/** Sentences broken into lines of at most `width` columns; words longer than that stay whole. */
export function wrap(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
			lines.push(line);
			line = word;
		} else {
			line = line === "" ? word : `${line} ${word}`;
		}
	}
	return [...lines, line];
}

/** Columns that a text takes in a terminal: two for East Asian wide characters and pictographs, none for combining marks and colours. */
export function displayWidth(text: string): number {
	let width = 0;
	for (const character of stripVTControlCharacters(text)) {
		if (/\p{M}|\u200B|\u200D/u.test(character)) continue;
		width +=
			/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(
				character,
			)
				? 2
				: 1;
	}
	return width;
}

function pad(text: string, width: number, align: TableColumn["align"]): string {
	const space = " ".repeat(Math.max(0, width - displayWidth(text)));
	return align === "left" ? text + space : space + text;
}
