import { type CST, Lexer, Parser } from "yaml";
import type { OffsetRange } from "../config-node.ts";
import { endOfLine, startOfLine } from "../edits/node-site.ts";
import type { TextEdit } from "../text-edit.ts";
import { editsOfLayout, type SpaceRules } from "./layout-edits.ts";
import { listPieces, startOfBlockText } from "./layout-pieces.ts";
import { detectLayout } from "./layout-style.ts";

/** How a text is formatted. */
export interface FormatOptions {
	/** Columns of one step of indentation, where the text gives no example of its own. */
	readonly tabSize: number;
	readonly spaces: SpaceRules;
}

/**
 * The edits that give a text one layout throughout, its own: columns, spaces after colons, commas and dashes, and at the ends of lines. They
 * touch white space only. Lists, mappings and texts that are not wholly within the range keep their columns. The text must parse.
 * @param range null for the whole text; else lines that it touches are formatted as a whole.
 */
export function findFormatEdits(text: string, { tabSize, spaces }: FormatOptions, range: OffsetRange | null): readonly TextEdit[] {
	const tokens = [...new Parser().parse(text)];
	if (tokens.filter(({ type }) => type === "document").length !== 1) return [];
	const style = detectLayout(tokens, tabSize);
	if (range === null)
		return editsOfLayout(
			listPieces(tokens, text, style, () => false),
			text,
			style,
			spaces,
		);
	const start = startOfLine(range.start, text);
	// A selection that ends where a line begins does not mean that line.
	const end = endOfLine(range.end > range.start && range.end === startOfLine(range.end, text) ? range.end - 1 : range.end, text);
	const isPinned = (token: CST.Token) => startOfLine(startOf(token), text) < start || endOf(token, text) > end;
	const isInside = ({ range: edited }: TextEdit) => edited.start >= start && edited.end <= end;
	const inLines = { ...spaces, endsWithLineBreak: false, trimsLastLines: false };
	return editsOfLayout(listPieces(tokens, text, style, isPinned), text, style, inLines).filter(isInside);
}

/** All of a text that means something, comments included, without the white space around it; equal lists mean the same, written in the same way. */
export function listWords(text: string): readonly string[] {
	let isText = false;
	const words: string[] = [];
	for (const token of new Lexer().lex(text)) {
		const isSpace = !isText && token.trim() === "" && token !== "\u001f";
		if (!isSpace) words.push(token.replaceAll(/\s+/g, " ").trim());
		isText = token === "\u001f";
	}
	return words;
}

function startOf(token: CST.Token): number {
	return "offset" in token ? token.offset : 0;
}

/** Offset behind the last thing that a token holds, comments behind it not counted. */
function endOf(token: CST.Token, text: string): number {
	if (token.type === "flow-collection") return token.end[0] === undefined ? token.offset : endOfSource(token.end[0]);
	if (token.type === "block-map" || token.type === "block-seq") {
		for (const { start, key, sep, value } of token.items.toReversed()) {
			if (value !== undefined && value !== null) return endOf(value, text);
			const mark = sep?.findLast(isMark) ?? null;
			if (mark !== null) return endOfSource(mark);
			if (key !== undefined && key !== null) return endOf(key, text);
			const first = start.findLast(isMark);
			if (first !== undefined) return endOfSource(first);
		}
	}
	if (token.type === "block-scalar") return endOfBlockText(token, text);
	return "source" in token ? token.offset + token.source.trimEnd().length : startOf(token);
}

/** Behind the blank lines below it, too: they would become a part of it, were it to move away from them. */
function endOfBlockText(token: CST.BlockScalar, text: string): number {
	const end = startOfBlockText(token) + token.source.length;
	const blank = /^(?:[ \t]*\r?\n)*(?:[ \t]*$)?/.exec(text.slice(end))![0].length;
	return blank === 0 && !token.source.endsWith("\n") ? end : text.slice(0, end + blank).replace(/\r?\n$/, "").length;
}

function isMark({ type }: CST.SourceToken): boolean {
	return type !== "space" && type !== "newline" && type !== "comment";
}

function endOfSource({ offset, source }: CST.SourceToken): number {
	return offset + source.length;
}
