import type { CST } from "yaml";
import type { LayoutStyle } from "./layout-style.ts";

/** A part of a text that formatting moves but never changes; between two of them there is white space only. */
export interface Piece {
	readonly type: CST.SourceToken["type"] | CST.FlowScalar["type"] | "continuation" | "raw";
	readonly start: number;
	readonly end: number;
	/** Column that it shall have where it begins a line; null where it is left alone. */
	readonly column: number | null;
	/** The innermost mapping or list in block style around it. */
	readonly level: Level | null;
}

/** A mapping or list in block style. */
export interface Level {
	/** Column of its keys or dashes, as written and as it shall be. */
	readonly before: number;
	readonly after: number;
	readonly parent: Level | null;
}

/** Lays out the tokens of one document. Comments of a line of their own, outside of brackets, have no column yet. */
export function listPieces(
	tokens: readonly CST.Token[],
	text: string,
	style: LayoutStyle,
	isPinned: (token: CST.Token) => boolean,
): readonly Piece[] {
	const layout: Layout = { text, style, isPinned, pieces: [] };
	for (const token of tokens) {
		if (token.type !== "document") {
			if ("source" in token) push(layout, token as CST.SourceToken, null, null);
			continue;
		}
		for (const part of token.start) push(layout, part, 0, null);
		if (token.value !== undefined) layOut(token.value, { column: 0, level: null, bracketBase: 0 }, layout);
		for (const part of token.end ?? []) push(layout, part, 0, null);
	}
	return layout.pieces;
}

interface Layout {
	readonly text: string;
	readonly style: LayoutStyle;
	/** Whether a token keeps its columns. */
	readonly isPinned: (token: CST.Token) => boolean;
	readonly pieces: Piece[];
}

/** Where a value stands. */
interface Site {
	/** Column that it has if it begins a line. */
	readonly column: number;
	readonly level: Level | null;
	/** Column from which the lines within brackets are indented, when the brackets open on the line of the key or dash. */
	readonly bracketBase: number;
}

function layOut(token: CST.Token, site: Site, layout: Layout): void {
	if (token.type === "block-map") layOutMap(token, site, layout);
	else if (token.type === "block-seq") layOutList(token, site, layout);
	else if (token.type === "flow-collection") layOutBrackets(token, bracketsAt(token, site, layout), site.level, layout);
	else if (token.type === "block-scalar") layOutBlockText(token, site, layout);
	else layOutText(token, site.column, site.level, false, layout);
}

function layOutMap(token: CST.BlockMap, site: Site, layout: Layout): void {
	const { style } = layout;
	const level = enter(token, site, layout);
	for (const { start, key, sep, value } of token.items) {
		const isExplicit = start.some(({ type }) => type === "explicit-key-ind");
		for (const part of start) push(layout, part, level.after, level);
		if (key !== undefined && key !== null)
			layOut(key, { column: isExplicit ? level.after + 2 : level.after, level, bracketBase: level.after }, layout);
		const step = value?.type === "block-seq" ? style.listStep : style.indentStep;
		const column = level.after + (isExplicit ? 2 : step);
		for (const part of sep ?? []) push(layout, part, part.type === "map-value-ind" ? level.after : column, level);
		if (value !== undefined && value !== null) layOut(value, { column, level, bracketBase: level.after }, layout);
	}
}

function layOutList(token: CST.BlockSequence, site: Site, layout: Layout): void {
	const level = enter(token, site, layout);
	const column = level.after + 2;
	for (const { start, value } of token.items) {
		for (const part of start) push(layout, part, part.type === "seq-item-ind" ? level.after : column, level);
		if (value !== undefined && value !== null) layOut(value, { column, level, bracketBase: column }, layout);
	}
}

function enter(token: CST.BlockMap | CST.BlockSequence, site: Site, layout: Layout): Level {
	return { before: token.indent, after: layout.isPinned(token) ? token.indent : site.column, parent: site.level };
}

/** Columns of the lines within brackets; null where these keep theirs. */
interface Brackets {
	/** Of the opening bracket, if it begins a line. */
	readonly open: number | null;
	readonly content: number | null;
	readonly close: number | null;
}

function bracketsAt(token: CST.FlowCollection, site: Site, layout: Layout): Brackets {
	if (layout.isPinned(token)) return { open: null, content: null, close: null };
	const { indentStep } = layout.style;
	const beginsLine = isFirstOfLine(token.offset, layout.text);
	const base = beginsLine ? site.column : site.bracketBase;
	const parent = site.level?.after ?? -1;
	if (base > parent) return { open: site.column, content: base + indentStep, close: base };
	// A closing bracket may only stand below the key where the author has it there.
	const end = token.end[0];
	const isBelowKey = end !== undefined && columnOf(end.offset, layout.text) <= (site.level?.before ?? 0);
	return { open: site.column, content: base + indentStep, close: isBelowKey ? base : base + indentStep };
}

function layOutBrackets(token: CST.FlowCollection, columns: Brackets, level: Level | null, layout: Layout): void {
	const { content } = columns;
	push(layout, token.start, columns.open, level);
	const inner: Brackets = content === null ? columns : { open: content, content: content + layout.style.indentStep, close: content };
	const layOutInner = (part: CST.Token) => {
		if (part.type === "flow-collection") layOutBrackets(part, inner, level, layout);
		else layOutText(part, content, level, true, layout);
	};
	for (const { start, key, sep, value } of token.items) {
		for (const part of start) push(layout, part, content, level, true);
		if (key !== undefined && key !== null) layOutInner(key);
		for (const part of sep ?? []) push(layout, part, content, level, true);
		if (value !== undefined && value !== null) layOutInner(value);
	}
	let isClosed = false;
	for (const part of token.end) {
		push(layout, part, columns.close, level, !isClosed);
		isClosed = true;
	}
}

/** A text in quotes or without any, or an alias, by its lines. */
function layOutText(token: CST.Token, column: number | null, level: Level | null, inBrackets: boolean, layout: Layout): void {
	if (!("source" in token) || !("offset" in token)) return;
	const later = layout.isPinned(token) ? null : column;
	let start = token.offset;
	for (const [index, line] of token.source.split("\n").entries()) {
		const isLast = start + line.length === token.offset + token.source.length;
		const content = index === 0 ? 0 : line.length - line.trimStart().length;
		const type = index === 0 ? (token.type as Piece["type"]) : "continuation";
		if (line.trim() === "" && index > 0) layout.pieces.push({ type: "raw", start, end: start + line.length, column: null, level });
		else if (line !== "" || index === 0)
			layout.pieces.push({ type, start: start + content, end: start + line.length, column: index === 0 ? column : later, level });
		start += line.length;
		if (!isLast) layout.pieces.push({ type: "newline", start, end: ++start, column: null, level });
	}
	if ("end" in token) for (const part of token.end ?? []) push(layout, part, column, level, inBrackets);
}

/** A text begun with `|` or `>`: what its lines are indented beyond its first one is a part of it. */
function layOutBlockText(token: CST.BlockScalar, site: Site, layout: Layout): void {
	for (const part of token.props) push(layout, part as CST.SourceToken, site.column, site.level);
	const lines = token.source.split("\n");
	const header = token.props.find(({ type }) => type === "block-scalar-header");
	const first = lines.find((line) => line.trim() !== "");
	// A number in the header counts from the column of the key or dash.
	const written = header !== undefined && "source" in header ? /[1-9]/.exec(header.source) : null;
	const { before: levelBefore, after: levelAfter } = site.level ?? { before: 0, after: 0 };
	const before = written === null ? indentOf(first ?? "") : levelBefore + Number(written[0]);
	const shift = written === null ? site.column - before : levelAfter - levelBefore;
	const isLeft = first === undefined || layout.isPinned(token);
	let start = startOfBlockText(token);
	const end = start + token.source.length;
	for (const line of lines) {
		if (start === end) break;
		const indent = indentOf(line);
		const isContent = line.trim() !== "" || indent > before;
		// Of a line without content only those spaces matter that would become content.
		const kept = start + line.length === layout.text.length ? 0 : Math.min(indent, before + shift);
		const column = isLeft ? null : isContent ? indent + shift : kept;
		layout.pieces.push({ type: "raw", start: start + indent, end: start + line.length, column, level: site.level });
		start += line.length;
		if (start < end) layout.pieces.push({ type: "newline", start, end: ++start, column: null, level: site.level });
	}
}

/** Offset of the first line behind the header. */
export function startOfBlockText({ offset, props }: CST.BlockScalar): number {
	const last = props.at(-1);
	return last === undefined || !("source" in last) ? offset : last.offset + last.source.length;
}

function push(layout: Layout, part: CST.SourceToken, column: number | null, level: Level | null, inBrackets = false): void {
	if (part.type === "space" || part.source === "") return;
	const isFree = part.type === "comment" && !inBrackets;
	layout.pieces.push({
		type: part.type,
		start: part.offset,
		end: part.offset + part.source.length,
		column: isFree ? null : column,
		level,
	});
}

function isFirstOfLine(offset: number, text: string): boolean {
	return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim() === "";
}

function columnOf(offset: number, text: string): number {
	return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

function indentOf(line: string): number {
	return line.length - line.replace(/^ +/, "").length;
}
