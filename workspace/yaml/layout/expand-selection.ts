import type { ConfigNode, OffsetRange } from "../config-node.ts";
import { endOfEntry, endOfItem, endOfLine, startOfLine } from "../edits/node-site.ts";
import type { ParsedConfig } from "../parse-config.ts";

/**
 * What one would select around an offset, from small to large, each within the next and larger than the one before: the word, the value without
 * its quotes and with them, the entry, the mapping, the item, the list, … and at last the file. In a comment: the word, its words, the
 * comment, and what it stands in.
 */
export function expandSelection({ text, root }: ParsedConfig, offset: number): readonly OffsetRange[] {
	const file = { start: 0, end: text.length };
	const around = [file];
	const scalar = root === null ? null : descend(root, offset, around, text);
	const comment = scalar === null ? commentAt(text, offset) : null;
	const inner =
		comment === null
			? [...(scalar === null ? [] : textOf(scalar, text)), wordAt(text, offset, scalar ?? lineAt(text, offset))]
			: [comment, wordsOf(comment, text), wordAt(text, offset, comment)];
	const steps: OffsetRange[] = [];
	for (const range of [...around, ...inner]) {
		const outer = steps.at(-1);
		const isInner = outer === undefined || (range.start >= outer.start && range.end <= outer.end);
		const isSmaller = outer === undefined || range.end - range.start < outer.end - outer.start;
		if (isInner && isSmaller && range.start <= offset && range.end >= offset) steps.push(range);
	}
	return steps.reverse();
}

/** Adds what is around the offset, from large to small; answers the key or scalar that it is in. */
function descend(node: ConfigNode, offset: number, around: OffsetRange[], text: string): OffsetRange | null {
	if (node.type === "scalar" || node.type === "alias")
		return node.range.end > node.range.start && holds(node.range, offset) ? node.range : null;
	around.push(node.range);
	// Within brackets first, since that is more than the inside of the brackets.
	if (node.flow && node.range.end - node.range.start > 1) around.push(insideOf(node.range, text));
	if (node.type === "map") {
		const entry = node.entries.findLast(({ keyRange }) => keyRange.start <= offset);
		if (entry === undefined || endOfEntry(entry) < offset) return null;
		around.push({ start: entry.keyRange.start, end: endOfEntry(entry) });
		if (holds(entry.keyRange, offset)) return entry.keyRange;
		if (entry.node.range.start > offset) return null;
		return descend(entry.node, offset, around, text);
	}
	const item = node.items.findLast(({ dash, node: { range } }) => (dash ?? range.start) <= offset);
	if (item === undefined || endOfItem(item) < offset) return null;
	around.push({ start: item.dash ?? item.node.range.start, end: endOfItem(item) });
	if (item.node.range.start > offset) return null;
	return descend(item.node, offset, around, text);
}

function holds(range: OffsetRange, offset: number): boolean {
	return range.start <= offset && range.end >= offset;
}

/** What stands between brackets, without the space at its ends. */
function insideOf({ start, end }: OffsetRange, text: string): OffsetRange {
	return trim({ start: start + 1, end: /[\]}]/.test(text[end - 1]!) ? end - 1 : end }, text);
}

/** A key or scalar: with its quotes, and without. */
function textOf(range: OffsetRange, text: string): readonly OffsetRange[] {
	const quote = text[range.start]!;
	const isQuoted = /["']/.test(quote) && range.end - range.start > 1 && text[range.end - 1] === quote;
	return isQuoted ? [range, { start: range.start + 1, end: range.end - 1 }] : [range];
}

/** The comment at an offset that no key and no scalar holds. */
function commentAt(text: string, offset: number): OffsetRange | null {
	const { start, end } = lineAt(text, offset);
	const before = text.slice(start, offset);
	const sign = before.search(/(^|[ \t])#/);
	if (sign < 0 && text[offset] !== "#") return null;
	const from = sign < 0 ? offset : text.indexOf("#", start + sign);
	return { start: from, end };
}

function wordsOf(comment: OffsetRange, text: string): OffsetRange {
	return trim({ start: comment.start + 1, end: comment.end }, text);
}

/** The word at an offset: letters, digits, and what joins them; empty where there is none. */
function wordAt(text: string, offset: number, within: OffsetRange): OffsetRange {
	let { start, end } = { start: offset, end: offset };
	while (start > within.start && isOfWord(text[start - 1]!)) start--;
	while (end < within.end && isOfWord(text[end]!)) end++;
	return { start, end };
}

function isOfWord(character: string): boolean {
	return /[^\s"'#,:;.?!*&()[\]{}/\\|<>]/.test(character);
}

function lineAt(text: string, offset: number): OffsetRange {
	return { start: startOfLine(offset, text), end: endOfLine(offset, text) };
}

function trim({ start, end }: OffsetRange, text: string): OffsetRange {
	const inner = text.slice(start, end);
	const from = start + inner.length - inner.trimStart().length;
	return { start: from, end: Math.max(from, from + inner.trim().length) };
}
