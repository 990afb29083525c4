import type { TextEdit } from "../text-edit.ts";
import type { Level, Piece } from "./layout-pieces.ts";
import type { LayoutStyle } from "./layout-style.ts";

/** What becomes of the space at the ends of lines and of the text. */
export interface SpaceRules {
	readonly trimsLines: boolean;
	readonly endsWithLineBreak: boolean;
	readonly trimsLastLines: boolean;
}

/** The edits that bring pieces to their places: each replaces white space between two of them, and only where it differs. */
export function editsOfLayout(pieces: readonly Piece[], text: string, style: LayoutStyle, rules: SpaceRules): readonly TextEdit[] {
	const edits: TextEdit[] = [];
	const replace = (start: number, end: number, newText: string) => {
		const old = text.slice(start, end);
		if (old !== newText && /^\s*$/.test(old)) edits.push({ range: { start, end }, newText });
	};
	let previous: Piece | null = null;
	let end = 0;
	// Spaces in blank lines below a text begun with `|` or `>` could become a part of it.
	let isBelowText = false;
	for (const [index, piece] of pieces.entries()) {
		const isFirstOfLine = previous === null || previous.type === "newline" || previous.type === "byte-order-mark";
		if (piece.type === "newline") {
			if (rules.trimsLines || isBelowText) replace(end, piece.start, "");
		} else if (isFirstOfLine) {
			const column = piece.type === "comment" && piece.column === null ? columnOfComment(pieces, index, piece.start - end) : piece.column;
			if (column !== null) replace(end, piece.start, " ".repeat(column));
		} else {
			const gap = gapBetween(previous!, piece, style);
			if (gap !== null) replace(end, piece.start, gap);
		}
		end = piece.end;
		if (piece.type !== "newline") isBelowText = piece.type === "raw";
		if (piece.type === "comment" && rules.trimsLines) {
			const kept = text.slice(piece.start, piece.end).trimEnd().length;
			replace(piece.start + kept, piece.end, "");
		}
		previous = piece;
	}
	const atEnd = editsAtEnd(pieces, text, end, rules);
	const cut = atEnd[0]?.range.start ?? text.length;
	return [...edits.filter(({ range }) => range.end <= cut), ...atEnd];
}

/** The space that belongs between two pieces of one line; null where it is kept as it is. */
function gapBetween(previous: Piece, next: Piece, style: LayoutStyle): string | null {
	if (next.type === "comment" || next.type === "raw" || next.type === "flow-error-end") return null;
	const opens = bracketKind(previous, "start");
	const closes = bracketKind(next, "end");
	if (opens !== null && closes !== null) return "";
	if (next.type === "comma") return "";
	if (opens !== null || closes !== null) return (opens ?? closes) === "map" ? padding(style.padsBraces) : padding(style.padsBrackets);
	switch (previous.type) {
		case "seq-item-ind":
		case "explicit-key-ind":
			// A mapping that begins on the line of its dash may keep its columns, as the lines below it do.
			return " ".repeat(next.level === previous.level ? 1 : (next.level?.after ?? 0) - (previous.level?.after ?? 0) - 1);
		case "map-value-ind":
		case "anchor":
		case "tag":
		case "comma":
			return " ";
		default:
			return next.type === "map-value-ind" ? "" : null;
	}
}

function bracketKind({ type }: Piece, side: "start" | "end"): "map" | "list" | null {
	return type === `flow-map-${side}` ? "map" : type === `flow-seq-${side}` ? "list" : null;
}

function padding(isPadded: boolean): string {
	return isPadded ? " " : "";
}

/**
 * A comment on a line of its own belongs to what follows when it stands in its column; else to the innermost mapping or list, of those that are
 * open before or behind it, that does not begin further right than the comment.
 */
function columnOfComment(pieces: readonly Piece[], index: number, column: number): number {
	const before = nearestContent(pieces, index, -1)?.level ?? null;
	const next = nearestContent(pieces, index, 1)?.level ?? null;
	if (next?.before === column) return next.after;
	const open = [...levelsFrom(before), ...levelsFrom(next)].filter((level) => level.before <= column);
	return open.reduce<Level | null>((best, level) => (best === null || level.before > best.before ? level : best), null)?.after ?? 0;
}

function nearestContent(pieces: readonly Piece[], index: number, step: -1 | 1): Piece | null {
	for (let at = index + step; at >= 0 && at < pieces.length; at += step) {
		const piece = pieces[at]!;
		if (piece.type !== "comment" && piece.type !== "newline" && piece.type !== "byte-order-mark") return piece;
	}
	return null;
}

function levelsFrom(level: Level | null): readonly Level[] {
	return level === null ? [] : [level, ...levelsFrom(level.parent)];
}

/** White space behind the last piece, blank lines there, and the last line break. A text begun with `|` or `>` may hold all of them as its own. */
function editsAtEnd(pieces: readonly Piece[], text: string, end: number, rules: SpaceRules): readonly TextEdit[] {
	const last = pieces.findLastIndex(({ type }) => type !== "newline");
	const lastPiece = pieces[last];
	if (lastPiece === undefined) return [];
	// Spaces behind it could become a part of it, were its lines to move.
	if (lastPiece.type === "raw") return end < text.length ? [{ range: { start: end, end: text.length }, newText: "" }] : [];
	const breaks = pieces.slice(last + 1);
	const kept = breaks[0];
	const edits: TextEdit[] = [];
	if (rules.trimsLastLines && breaks.length > 1) edits.push({ range: { start: kept!.end, end: text.length }, newText: "" });
	else if (rules.trimsLines && end < text.length) edits.push({ range: { start: end, end: text.length }, newText: "" });
	if (rules.endsWithLineBreak && kept === undefined)
		edits.push({ range: { start: text.length, end: text.length }, newText: lineBreakOf(text) });
	return edits;
}

function lineBreakOf(text: string): string {
	return text.includes("\r\n") ? "\r\n" : "\n";
}
