import { Lexer } from "yaml";
import type { OffsetRange } from "../config-node.ts";

/** One place of a text where an anchor is given or named. */
export interface AnchorMark {
	/** `&` gives a name to a value, `*` stands for the value of that name. */
	readonly sign: "&" | "*";
	readonly name: string;
	/** The sign and the name. */
	readonly range: OffsetRange;
	/** Place among the marks of the anchor that is meant: its own for `&`, the last of that name above for `*`; null when there is none. */
	readonly anchor: number | null;
}

/** An anchor with everything that names it. */
export interface AnchorUse {
	/** The mark that was asked about. */
	readonly at: AnchorMark;
	/** Null for an alias without an anchor above it. */
	readonly definition: AnchorMark | null;
	/** The anchor and its aliases, in the order of the text. */
	readonly all: readonly AnchorMark[];
}

/** The anchor or alias at an offset, the end of its name included; null when there is none. */
export function findAnchorAt(text: string, offset: number): AnchorUse | null {
	// The whole text is only looked through where something like an anchor stands.
	const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
	if (!/[&*][^\s,[\]{}]*$/.test(before) && !/[&*]/.test(text[offset] ?? "")) return null;
	const marks = listAnchorMarks(text);
	const at = marks.find(({ range }) => offset >= range.start && offset <= range.end);
	if (at === undefined) return null;
	const definition = at.anchor === null ? null : (marks[at.anchor] ?? null);
	return { at, definition, all: at.anchor === null ? [at] : marks.filter(({ anchor }) => anchor === at.anchor) };
}

/** All anchors and aliases of a text in its order; also of a text that does not parse, as far as its parts can be told. */
export function listAnchorMarks(text: string): readonly AnchorMark[] {
	const marks: AnchorMark[] = [];
	const latest = new Map<string, number>();
	let start = 0;
	let isText = false;
	for (const token of new Lexer().lex(text)) {
		const sign = token[0];
		if (!isText && (sign === "&" || sign === "*") && token.length > 1) {
			const name = token.slice(1);
			if (sign === "&") latest.set(name, marks.length);
			marks.push({ sign, name, range: { start, end: start + token.length }, anchor: latest.get(name) ?? null });
		}
		isText = token === TEXT_FOLLOWS;
		if (!SIGNALS.includes(token)) start += token.length;
	}
	return marks;
}

/** Whether a name may be that of an anchor: without white space and the signs of lists and mappings in brackets. */
export function isAnchorName(name: string): boolean {
	return /^[^\s,[\]{}]+$/.test(name);
}

/** What the lexer says before a text that is not in quotes. */
const TEXT_FOLLOWS = "\u001f";
/** Tokens of the lexer that stand for nothing in the text; the others are a document's begin and an error in brackets. */
const SIGNALS: readonly string[] = [TEXT_FOLLOWS, "\u0002", "\u0018"];
