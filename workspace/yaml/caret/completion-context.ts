import type { ConfigPath } from "../../../core/problems.ts";
import { describeNode } from "../../../core/schema/describe.ts";
import { isConfigKind } from "../../../core/schema/schemas.ts";
import { chunkIndexAt } from "../chunks/chunk-list.ts";
import { ownerOf } from "../chunks/chunked-config.ts";
import type { OffsetRange } from "../config-node.ts";
import { endOfLine, startOfLine } from "../edits/node-site.ts";
import { beginsValueBelow, interruptedMapping, siblingsElsewhere } from "../edits/siblings.ts";
import type { ParsedConfig } from "../parse-config.ts";
import { bendBack, straightenLine } from "../slips/straighten-line.ts";
import { type CompletionContext, itemContext, keyContext, type Place, valueContext } from "./make-context.ts";
import { closingQuote, flowKeysBehind, scanFlow } from "./scan-flow.ts";
import { type BlockLevel, keysBelow, type LineParts, levelsAt, type ScanStart, scanLinesBefore, splitLine } from "./scan-lines.ts";

export type { CompletionContext } from "./make-context.ts";

/**
 * What can be typed at an offset. Reads the lines and their indentation, so it works in half-typed text too. Null where nothing can be
 * offered: in a comment, in a text of several lines, behind a finished value.
 * @param lastGood the last version that parsed cleanly; tells the file's kind where the current text does not.
 */
export function completionContextAt(parsed: ParsedConfig, lastGood: ParsedConfig | null, offset: number): CompletionContext | null {
	const at = Math.max(0, Math.min(offset, parsed.text.length));
	const straight = straightenLine(parsed.text, at);
	const found = contextIn(straight.text, straight.at, schemaOf(parsed, lastGood), scanStartOf(parsed, straight.lineStart));
	return found === null ? null : bendBack(found, straight);
}

function contextIn(text: string, at: number, schema: Place["schema"], from: ScanStart | undefined): CompletionContext | null {
	const lineStart = startOfLine(at, text);
	const line = text.slice(lineStart, endOfLine(lineStart, text));
	const place: Place = { text, at, lineStart, line, schema };
	const scan = scanLinesBefore(text, lineStart, from);
	if (scan.inText) return leavesValue(place, scan.levels) ? inBlock(place, scan.levels) : null;
	if (scan.openFlowAt === null) return inBlock(place, scan.levels);
	return leavesValue(place, scan.levels) ? inBlock(place, scan.levels) : inFlow(place, pathOf(scan.levels), scan.openFlowAt, scan.levels);
}

/** The beginning of the piece before a line; undefined for the beginning of the text. */
function scanStartOf({ pieces }: ParsedConfig, lineStart: number): ScanStart | undefined {
	const index = pieces === null ? 0 : chunkIndexAt(pieces, lineStart - 1);
	if (pieces === null || index <= 0) return undefined;
	const { chunks, starts, keys } = pieces;
	const isItem = chunks[index]!.role === "item";
	const owner = isItem ? ownerOf(pieces, index) : null;
	const above = keys.filter(({ chunk }) => (owner === null ? chunk < index : chunk <= owner.chunk)).map(({ entry }) => entry.key);
	const root: BlockLevel = { kind: "map", column: 0, key: above.at(-1) ?? null, index: 0, hasValue: false, keys: above };
	const itemsAbove = owner === null ? 0 : index - owner.chunk - 1;
	const list: BlockLevel = { kind: "list", column: chunks[index]!.column, key: null, index: itemsAbove - 1, hasValue: false, keys: [] };
	return { offset: starts[index]!, levels: itemsAbove > 0 ? [root, list] : [root] };
}

function inBlock(place: Place, above: readonly BlockLevel[]): CompletionContext | null {
	const { at, line, lineStart } = place;
	const column = at - lineStart;
	const before = line.slice(0, column);
	if (/(^|\s)#/.test(withoutQuoted(before))) return null;
	const parts = splitLine(line);
	const levels = enterDashes(above, parts, column);
	if (parts.key !== null && column >= parts.key.colonEnd) return inValue(place, levelsWithKey(levels, parts), parts.key.colonEnd);
	const isEmpty = line.slice(parts.column).trim() === "" && !parts.dashes.some((dash) => dash >= column);
	if (isEmpty) return inWord(place, levels, { ...parts, column }, column);
	const opens = parts.key === null && column > parts.column ? (line[parts.column] ?? "") : "";
	if (/[[{]/.test(opens) || (/["']/.test(opens) && parts.dashes.length > 0))
		return inValue(place, levelsAt(levels, parts.column, true), parts.column);
	return column < parts.column ? null : inWord(place, levels, parts, parts.column);
}

/** A key that is being typed, or a scalar item. */
function inWord(place: Place, levels: readonly BlockLevel[], parts: LineParts, wordColumn: number): CompletionContext | null {
	const { at, line, lineStart, text } = place;
	const behindDash = parts.dashes.some((dash) => dash < at - lineStart);
	const kept = behindDash ? levels : levelsAt(levels, wordColumn, false);
	const top = kept.at(-1);
	const word = wordFrom(place, wordColumn, parts.key?.end ?? null);
	const colonFollows = parts.key !== null;
	if (behindDash) {
		const path = pathOf(kept);
		if (!isMapping(place, path) && parts.key === null) return valueContext(place, path, word, top?.column ?? 0, false);
		return keyContext(place, path, word, wordColumn, keysBelow(text, lineStart, wordColumn), colonFollows);
	}
	const interrupted = interruptedMapping(text, lineStart, levels, kept);
	if (interrupted !== null) {
		const found = keyContext(place, pathOf(interrupted.outer), word, interrupted.column, interrupted.keys, colonFollows);
		return { ...found, moved: true, replace: { start: lineStart, end: word.end } };
	}
	if (top?.kind === "map" && top.column === wordColumn) {
		const keys = [...top.keys, ...keysBelow(text, lineStart, wordColumn)];
		return keyContext(place, pathOf(kept.slice(0, -1)), word, wordColumn, keys, colonFollows);
	}
	if (top?.hasValue) return null;
	const path = pathOf(kept);
	const siblings = siblingsElsewhere(text, lineStart, levels, kept, wordColumn);
	const move = (found: CompletionContext): CompletionContext =>
		siblings === null ? found : { ...found, moved: true, replace: { start: lineStart, end: found.replace.end } };
	const column = siblings?.column ?? wordColumn;
	if (top?.kind === "map" && isList(place, path)) return line.trim() === "" ? move(itemContext(place, path, word, column)) : null;
	if (top !== undefined && !isMapping(place, path)) return top.kind === "map" ? valueContext(place, path, word, top.column, false) : null;
	return move(keyContext(place, path, word, column, siblings?.keys ?? keysBelow(text, lineStart, wordColumn), colonFollows));
}

function inValue(place: Place, levels: readonly BlockLevel[], colonEnd: number): CompletionContext | null {
	const { at, line, lineStart, text } = place;
	const column = at - lineStart;
	const start = colonEnd + /^\s*/.exec(line.slice(colonEnd))![0].length;
	const path = pathOf(levels);
	const indentColumn = levels.at(-1)?.column ?? 0;
	const first = line[start];
	if (column > start && (first === "[" || first === "{")) {
		const closed = scanFlow(text, lineStart + start, at);
		return closed.levels.length === 0 ? null : inFlow(place, path, lineStart + start, levels);
	}
	if (column > start && (first === '"' || first === "'")) {
		const close = closingQuote(line, start, line.length);
		if (close !== null && column >= close) return null;
		const range = { start: lineStart + start + 1, end: lineStart + (close === null ? line.trimEnd().length : close - 1) };
		return valueContext(place, path, { ...range, end: Math.max(range.end, at) }, indentColumn, false, first);
	}
	if (column > start && /^[|>&!*]/.test(first ?? "")) return null;
	const end = start + valueLength(line.slice(start));
	if (column > end) return null;
	const from = Math.min(column, start);
	const range = { start: lineStart + from, end: lineStart + Math.max(end, column) };
	return {
		...valueContext(place, path, range, indentColumn, from === colonEnd),
		colonEnd: lineStart + colonEnd,
		blockFollows: beginsValueBelow(text, lineStart, indentColumn),
	};
}

function inFlow(place: Place, outer: ConfigPath, flowStart: number, block: readonly BlockLevel[]): CompletionContext | null {
	const { at, text } = place;
	const scan = scanFlow(text, flowStart, at);
	const top = scan.levels.at(-1);
	if (top === undefined || scan.inComment) return null;
	const path = [...outer, ...scan.levels.slice(0, -1).map(segmentOf)];
	const start = scan.tokenStart === null ? at : scan.tokenStart + (scan.quote === null ? 0 : 1);
	const end = scan.tokenStart === null && /\s/.test(text[at] ?? "") ? at : flowWordEnd(text, at, scan.quote);
	const word = { start: Math.min(start, at), end };
	const column = block.at(-1)?.column ?? 0;
	if (top.kind === "map" && top.key === null) {
		const colonFollows = /^["']?\s*:/.test(text.slice(end, end + 20));
		const keys = [...top.keys, ...flowKeysBehind(text, end, top)];
		return { ...keyContext(place, path, word, column, keys, colonFollows), inFlow: true, quote: scan.quote, blockFollows: false };
	}
	const needsSpace = top.kind === "map" && text[word.start - 1] === ":";
	const value = needsSpace && word.start === at ? { start: at, end: Math.max(end, flowValueEnd(text, at)) } : word;
	return { ...valueContext(place, [...path, segmentOf(top)], value, column, needsSpace, scan.quote), inFlow: true };
}

/** Whether the line of the place stands too far left to belong to the value of several lines that is open above it. */
function leavesValue({ at, line, lineStart }: Place, levels: readonly BlockLevel[]): boolean {
	const top = levels.at(-1);
	if (top === undefined || /^\s*[\]}]/.test(line)) return false;
	const indent = line.trim() === "" ? at - lineStart : line.length - line.trimStart().length;
	return indent <= top.column;
}

/** The levels inside the dashes that stand before a column of the line. */
function enterDashes(above: readonly BlockLevel[], parts: LineParts, column: number): readonly BlockLevel[] {
	let levels = above;
	for (const dash of parts.dashes.filter((each) => each < column)) {
		const kept = levelsAt(levels, dash, true);
		const top = kept.at(-1);
		const isNext = top?.kind === "list" && top.column === dash;
		const item: BlockLevel = { kind: "list", column: dash, key: null, index: isNext ? top.index + 1 : 0, hasValue: false, keys: [] };
		levels = [...(isNext ? kept.slice(0, -1) : kept), item];
	}
	return levels;
}

function levelsWithKey(levels: readonly BlockLevel[], parts: LineParts): readonly BlockLevel[] {
	const kept = levelsAt(levels, parts.column, false);
	const outer = kept.at(-1)?.kind === "map" && kept.at(-1)?.column === parts.column ? kept.slice(0, -1) : kept;
	return [...outer, { kind: "map", column: parts.column, key: parts.key?.text ?? null, index: 0, hasValue: true, keys: [] }];
}

function wordFrom({ at, line, lineStart }: Place, column: number, keyEnd: number | null): OffsetRange {
	const end = lineStart + (keyEnd ?? column + valueLength(line.slice(column)));
	return { start: lineStart + column, end: Math.max(end, at) };
}

/** Length of a plain value up to the comment behind it. */
function valueLength(rest: string): number {
	const comment = /(^|\s)#/.exec(rest);
	return (comment === null ? rest : rest.slice(0, comment.index)).trimEnd().length;
}

/** End of the word in brackets around an offset. */
function flowWordEnd(text: string, at: number, quote: string | null): number {
	const line = text.slice(at, endOfLine(at, text));
	if (quote === null) return at + (/^[^,[\]{}:#]*/.exec(line)?.[0].trimEnd().length ?? 0);
	const close = line.indexOf(quote);
	return at + (close < 0 ? line.trimEnd().length : close);
}

/** End of the scalar in brackets that follows an offset, after blanks; the offset itself when none does. */
function flowValueEnd(text: string, at: number): number {
	const value = /^\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,[\]{}:#"'][^,[\]{}:#]*)/.exec(text.slice(at, endOfLine(at, text)));
	return value === null ? at : at + value[0].trimEnd().length;
}

function pathOf(levels: readonly BlockLevel[]): ConfigPath {
	return levels.map(segmentOf);
}

function segmentOf(level: { readonly kind: "map" | "list"; readonly key: string | null; readonly index: number }): string | number {
	return level.kind === "list" ? level.index : (level.key ?? "");
}

function schemaOf(parsed: ParsedConfig, lastGood: ParsedConfig | null): Place["schema"] {
	for (const tree of [parsed.tree, lastGood?.tree]) {
		if (typeof tree === "object" && tree !== null && "kind" in tree && isConfigKind(tree.kind)) return { kind: tree.kind, tree };
	}
	return null;
}

function isMapping({ schema }: Place, path: ConfigPath): boolean {
	const node = schema === null ? null : describeNode(schema.kind, path, schema.tree);
	return node === null || node.type === "object";
}

function isList({ schema }: Place, path: ConfigPath): boolean {
	return schema !== null && describeNode(schema.kind, path, schema.tree)?.type === "array";
}

/** A line with its quoted texts blanked out, also one that is not closed, so that a `#` in one is no comment. */
function withoutQuoted(line: string): string {
	return line.replaceAll(/(?<=^|[\s,[{])(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$))/g, (quoted) => "x".repeat(quoted.length));
}
