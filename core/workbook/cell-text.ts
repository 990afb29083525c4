import { formatCount } from "../texts/format-count.ts";

/** Longest text that a cell of an Excel file can hold, in UTF-16 units. */
export const MAX_CELL_TEXT = 32_767;

/**
 * Makes any text fit for a cell, so that the file stays valid and the reader sees that something was there: characters that
 * XML cannot hold become visible stand-ins (U+0007 shows as ␇), text over {@link MAX_CELL_TEXT} is cut and says so, and
 * sequences that Excel would take for an escaped character (`_x0041_`) are escaped themselves.
 */
export function toCellText(text: string): string {
	const visible = showControls(text);
	return escapeEscapes(visible.length > MAX_CELL_TEXT ? cut(visible) : visible);
}

/** Makes any text fit for a property of the workbook: on one line, characters as in {@link toCellText}, the first 255 of them. */
export function toPropertyText(text: string): string {
	const visible = showControls(text).replace(/\s+/g, " ").trim();
	return visible.length <= MAX_PROPERTY_TEXT ? visible : `${visible.slice(0, MAX_PROPERTY_TEXT - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** What Excel's own dialog takes. */
const MAX_PROPERTY_TEXT = 255;

/** Whether a person who edits the cell, or a program that pastes its text elsewhere, would start a formula with it. */
export function looksLikeFormula(text: string): boolean {
	return /^\s*[=+\-@]/.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids, and a lone carriage return, which it would change.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu;

function showControls(text: string): string {
	return text.replaceAll("\r\n", "\n").replace(FORBIDDEN, (character) => {
		const code = character.codePointAt(0) ?? 0;
		if (code < 0x20) return String.fromCodePoint(0x2400 + code);
		return code === 0x7f ? "␡" : "\ufffd";
	});
}

function cut(text: string): string {
	const note = ` … [cut here; the whole text has ${formatCount(text.length)} characters]`;
	// Half of a surrogate pair at the end would not be valid text.
	return text.slice(0, MAX_CELL_TEXT - note.length).replace(/[\ud800-\udbff]$/, "") + note;
}

function escapeEscapes(text: string): string {
	return text.includes("_x") ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_") : text;
}
