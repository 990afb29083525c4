import { closingQuote, scanFlow, unquote } from "./scan-flow.ts";

/** A block mapping or list that lines above a place have begun. */
export interface BlockLevel {
	readonly kind: "map" | "list";
	/** Column of its keys or dashes. */
	readonly column: number;
	/** The last key so far. */
	key: string | null;
	/** Place of the last item so far. */
	index: number;
	/** Whether the last key or item has a value on its own line. */
	hasValue: boolean;
	readonly keys: string[];
}

/** What lines say about the structure around the line after them. */
export interface LineScan {
	/** Outermost first; the columns never fall. */
	readonly levels: readonly BlockLevel[];
	/** Set when a value that goes over several lines is still open: in brackets, from this offset. */
	readonly openFlowAt: number | null;
	/** Whether a quoted text, or one begun with `|` or `>`, is still open. */
	readonly inText: boolean;
}

/** A line from which on a text can be scanned. */
export interface ScanStart {
	readonly offset: number;
	readonly levels: readonly BlockLevel[];
}

function beginningOf(text: string): ScanStart {
	return { offset: text.startsWith("\uFEFF") ? 1 : 0, levels: [] };
}

/** The parts of one line of block style. */
export interface LineParts {
	/** Columns of the dashes that it begins with. */
	readonly dashes: readonly number[];
	/** Column of what follows the dashes, or of the line's end. */
	readonly column: number;
	/** The key, when the line has one with its colon. */
	readonly key: { readonly text: string; readonly end: number; readonly colonEnd: number } | null;
	/** Column of the value: behind the key's colon, or of what follows the dashes; the line's end when there is none. */
	readonly valueColumn: number;
}

/**
 * Reads the structure from the indentation of all lines before an offset that begins a line. Understands half-typed text: a bracket or quote
 * that is never closed ends where a line begins a key at the same column or further left.
 * @param from a line that begins a key or an item, with the levels that the lines before it have begun, as far as it does not end them.
 */
export function scanLinesBefore(text: string, end: number, from: ScanStart = beginningOf(text)): LineScan {
	const levels = from.levels.map((level) => ({ ...level, keys: [...level.keys] }));
	let open: OpenValue | null = null;
	let { offset } = from;
	while (offset < end) {
		const newline = text.indexOf("\n", offset);
		const next = newline < 0 ? text.length : newline + 1;
		const line = text.slice(offset, newline < 0 ? text.length : newline).replace(/\r$/, "");
		if (open !== null) open = continueValue(open, text, line, next, levels);
		if (open === null && !isBlank(line)) open = readLine(line, text, offset, next, levels);
		else if (open?.closed === true) open = null;
		offset = next;
	}
	return { levels, openFlowAt: open?.kind === "flow" ? open.start : null, inText: open !== null && open.kind !== "flow" };
}

/** Splits one line; of a line that begins in the middle of a value it says nothing sensible. */
export function splitLine(line: string): LineParts {
	const dashes: number[] = [];
	let column = /^\s*/.exec(line)![0].length;
	for (let dash = /^-(\s+|$)/.exec(line.slice(column)); dash !== null; dash = /^-(\s+|$)/.exec(line.slice(column))) {
		dashes.push(column);
		column += dash[0].length;
	}
	const rest = line.slice(column);
	const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#'"[\]{},&*!|>%@`][^#]*?|[^\s#'"[\]{},&*!|>%@`]?)\s*:(?=\s|$)/.exec(rest);
	if (match === null) return { dashes, column, key: null, valueColumn: column };
	const colonEnd = column + match[0].length;
	const valueColumn = colonEnd + /^\s*/.exec(line.slice(colonEnd))![0].length;
	return { dashes, column, key: { text: unquote(match[1]!), end: column + match[1]!.length, colonEnd }, valueColumn };
}

/** Whether a line has no content: nothing, or a comment. */
export function isBlank(line: string): boolean {
	return /^\s*(#|$)/.test(line);
}

/** Drops the levels that a key or dash at a column has left, and returns the rest. */
export function levelsAt(levels: readonly BlockLevel[], column: number, isDash: boolean): readonly BlockLevel[] {
	const kept = levels.filter((level) => level.column <= column);
	// A list may stand at the column of the key that it belongs to; a key at that column ends it.
	while (!isDash && kept.length > 0 && kept.at(-1)!.column === column && kept.at(-1)!.kind === "list") kept.pop();
	return kept;
}

/** Keys of a block mapping on the lines below the one that an offset begins. */
export function keysBelow(text: string, lineStart: number, column: number): readonly string[] {
	const keys: string[] = [];
	for (let offset = text.indexOf("\n", lineStart) + 1; offset > 0 && offset < text.length; offset = text.indexOf("\n", offset) + 1) {
		// Most lines stand deeper, and need not be looked at.
		let indent = 0;
		while (text[offset + indent] === " ") indent++;
		if (indent > column) continue;
		const newline = text.indexOf("\n", offset);
		const line = text.slice(offset, newline < 0 ? text.length : newline).replace(/\r$/, "");
		if (isBlank(line)) continue;
		const parts = splitLine(line);
		const first = parts.dashes[0] ?? parts.column;
		if (first < column) break;
		if (parts.dashes.length === 0 && parts.column === column && parts.key !== null) keys.push(parts.key.text);
	}
	return keys;
}

interface OpenValue {
	readonly kind: "flow" | "quote" | "block";
	/** Offset at which it begins. */
	readonly start: number;
	/** Column of the key or dash that it belongs to. */
	readonly column: number;
	/** Set when the line just read has closed it, and so has no structure of its own. */
	readonly closed?: true;
}

function continueValue(open: OpenValue, text: string, line: string, next: number, levels: readonly BlockLevel[]): OpenValue | null {
	const indent = /^\s*/.exec(line)![0].length;
	if (open.kind === "block") return isEmpty(line) || indent > open.column ? open : null;
	const parts = splitLine(line);
	if (levels.length > 0 && indent <= open.column && (parts.key !== null || parts.dashes.length > 0)) return null;
	const isClosed =
		open.kind === "flow" ? scanFlow(text, open.start, next).levels.length === 0 : closingQuote(text, open.start, next) !== null;
	return isClosed ? { ...open, closed: true } : open;
}

function readLine(line: string, text: string, offset: number, next: number, levels: BlockLevel[]): OpenValue | null {
	if (/^(---|\.\.\.)(\s|$)/.test(line)) {
		levels.length = 0;
		return null;
	}
	const parts = splitLine(line);
	if (parts.dashes.length === 0 && parts.key === null && (levels.at(-1)?.hasValue ?? false) && parts.column > levels.at(-1)!.column)
		return null;
	for (const dash of parts.dashes) enterItem(levels, dash);
	if (parts.key !== null) enterKey(levels, parts.column, parts.key.text);
	const value = line.slice(parts.valueColumn).replace(/^([&!]\S*\s+)+/, "");
	const start = offset + line.length - value.length;
	const top = levels.at(-1);
	if (top !== undefined && (parts.key !== null || parts.dashes.length > 0)) top.hasValue = !isBlank(value);
	const column = top?.column ?? -1;
	if (/^[|>][-+0-9]*\s*(#|$)/.test(value)) return { kind: "block", start, column };
	if (/^[[{]/.test(value)) return scanFlow(text, start, next).levels.length > 0 ? { kind: "flow", start, column } : null;
	if (/^["']/.test(value)) return closingQuote(text, start, next) === null ? { kind: "quote", start, column } : null;
	return null;
}

function enterItem(levels: BlockLevel[], column: number): void {
	levels.splice(0, levels.length, ...levelsAt(levels, column, true));
	const top = levels.at(-1);
	if (top?.kind === "list" && top.column === column) top.index++;
	else levels.push({ kind: "list", column, key: null, index: 0, hasValue: false, keys: [] });
}

function enterKey(levels: BlockLevel[], column: number, key: string): void {
	levels.splice(0, levels.length, ...levelsAt(levels, column, false));
	let top = levels.at(-1);
	if (top?.kind !== "map" || top.column !== column) {
		top = { kind: "map", column, key: null, index: 0, hasValue: false, keys: [] };
		levels.push(top);
	}
	top.key = key;
	top.keys.push(key);
}

function isEmpty(line: string): boolean {
	return line.trim() === "";
}
