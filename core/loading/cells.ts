import type { Cell } from "../connectors/connector.ts";

/**
 * The trimmed text of a cell; null for a cell that is null, empty, all white space or the word NULL in capital letters. Numbers become
 * decimal text, bytes the text that they are in UTF-8 or else `0x` and their hexadecimal digits, dates ISO 8601 in UTC.
 */
export function readText(cell: Cell | undefined): string | null {
	if (cell === null || cell === undefined) return null;
	const text = typeof cell === "string" ? cell.trim() : textOf(cell);
	return text === "" || text === "NULL" ? null : text;
}

/** The whole number from 0 that a text says, such as `12` or `12.0`; null for anything else. */
export function parseCount(text: string): number | null {
	if (!/^\+?\d+(?:\.0*)?$/.test(text)) return null;
	const count = Number(text);
	return Number.isSafeInteger(count) ? count : null;
}

/** A cell's text in quotes, as messages show it: cut after 80 characters, control characters and line breaks as spaces. */
export function quoteCell(text: string): string {
	const characters = [...text.slice(0, 200).replace(/\p{Cc}+/gu, " ")];
	return characters.length <= 80 ? `"${characters.join("")}"` : `"${characters.slice(0, 80).join("")}…"`;
}

function textOf(cell: number | bigint | Date | Uint8Array): string {
	if (typeof cell === "bigint") return String(cell);
	// Without the detour large whole numbers would be written with an exponent.
	if (typeof cell === "number") return Number.isInteger(cell) && !Number.isSafeInteger(cell) ? String(BigInt(cell)) : String(cell);
	if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString();
	return textOfBytes(cell);
}

function textOfBytes(bytes: Uint8Array): string {
	const text = new TextDecoder().decode(bytes);
	// Bytes that are no text, such as a GUID, have to stay different from each other.
	if (!/[\p{Cc}\ufffd]/u.test(text)) return text.trim();
	return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
