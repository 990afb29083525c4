import type { ScalarNode } from "../config-node.ts";
import type { Editing, TextEdit } from "../text-edit.ts";
import { columnOf, endOfLine, type NodeSite } from "./node-site.ts";
import { renderInline, renderLines, renderQuoted, stepBelow, takesLines } from "./render-value.ts";

/** Puts a value in the place of another one, or of nothing. The site is the value of a key or an item of a list. */
export function replaceValue(editing: Editing, site: NodeSite, value: unknown): readonly TextEdit[] {
	const { text } = editing.parsed;
	const { node } = site;
	const end = node.range.end;
	const start = startOfValue(site, text);
	// Whoever names the anchor of a value that becomes another kind of value would be left without it.
	if (start < node.range.start && node.anchor !== null && isNamedElsewhere(node.anchor, text)) return [];
	if (site.inFlow || !takesLines(value)) {
		const written =
			node.type === "scalar" && start === node.range.start
				? renderLikeBefore(editing, node, value, site.inFlow)
				: renderInline(value, editing.style, site.inFlow);
		return replaceByLine(site, text, start, end, written);
	}
	return replaceByLines(editing, site, value, start, end);
}

function replaceByLine(site: NodeSite, text: string, start: number, end: number, written: string): readonly TextEdit[] {
	const { entry, item, node } = site;
	const mark = markEnd(site);
	if (node.type === "scalar" && node.style === "empty" && start === node.range.start) {
		return [{ range: { start: mark, end: mark }, newText: entry !== null && entry.colonEnd === null ? `: ${written}` : ` ${written}` }];
	}
	const lineEnd = endOfLine(mark, text);
	if (start <= lineEnd || item !== null)
		return [{ range: { start, end }, newText: `${start === mark && (entry ?? item?.dash ?? null) !== null ? " " : ""}${written}` }];
	// The old value stands on lines of its own: the new one goes up to its key, before a comment that stands there.
	return [
		{ range: { start: mark, end: mark }, newText: ` ${written}` },
		{ range: { start: lineEnd, end }, newText: "" },
	];
}

function replaceByLines(editing: Editing, site: NodeSite, value: object, start: number, end: number): readonly TextEdit[] {
	const { style, lineBreak } = editing;
	const { text } = editing.parsed;
	const { entry, item, node } = site;
	const mark = markEnd(site);
	const lines = renderLines(value, style);
	if (entry === null) {
		const indent = lineBreak + " ".repeat((item?.dash === null || item === null ? columnOf(start, text) : columnOf(item.dash, text)) + 2);
		const isEmpty = start === end;
		return [{ range: isEmpty ? { start: mark, end: mark } : { start, end }, newText: (isEmpty ? " " : "") + lines.join(indent) }];
	}
	const indent = lineBreak + " ".repeat(columnOf(entry.keyRange.start, text) + stepBelow(value, style));
	const block = lines.map((line) => indent + line).join("");
	const colon = entry.colonEnd === null ? ":" : "";
	const markLineEnd = endOfLine(mark, text);
	if (node.type === "scalar" && node.style === "empty" && start === node.range.start) {
		return colon === ""
			? [{ range: { start: markLineEnd, end: markLineEnd }, newText: block }]
			: [{ range: { start: mark, end: markLineEnd }, newText: colon + block }];
	}
	if (start > markLineEnd) return [{ range: { start: markLineEnd, end }, newText: block }];
	const lineEnd = endOfLine(end, text);
	if (lineEnd === end) return [{ range: { start: mark, end }, newText: block }];
	// A comment behind the old value stays behind the key.
	return [
		{ range: { start: mark, end }, newText: "" },
		{ range: { start: lineEnd, end: lineEnd }, newText: block },
	];
}

/** Where a value begins that is replaced as a whole: at its tag, if it has one, since that would change the new value too. */
function startOfValue(site: NodeSite, text: string): number {
	const { node } = site;
	const mark = markEnd(site);
	const between = text.slice(mark, node.range.start);
	const hasTag = /(^|\s)!/.test(between.replaceAll(/#.*/g, ""));
	const isMovedAnchor = node.anchor !== null && (node.type !== "scalar" || node.style === "empty");
	if (!hasTag && !isMovedAnchor) return node.range.start;
	return mark + (/^\s*/.exec(between)?.[0].length ?? 0);
}

/** Offset behind the colon, or the dash; of an item in brackets, its beginning. */
function markEnd({ entry, item, node }: NodeSite): number {
	if (entry !== null) return entry.colonEnd ?? entry.keyRange.end;
	return item === null || item.dash === null ? node.range.start : item.dash + 1;
}

/** A scalar in the quotes that the old one had. What looked like a number keeps its digits when it becomes a text. */
function renderLikeBefore(editing: Editing, old: ScalarNode, value: unknown, inFlow: boolean): string {
	const plain = renderInline(value, editing.style, inFlow);
	const isQuoted = old.style === "double" || old.style === "single";
	// A text that becomes a list of itself keeps the quotes that it is written with.
	if (Array.isArray(value) && value.length === 1 && value[0] === old.value && isQuoted)
		return `[${editing.parsed.text.slice(old.range.start, old.range.end)}]`;
	if (typeof value !== "string") return plain;
	if (typeof old.value === "number" && Number(value) === old.value)
		return renderQuoted(editing.parsed.text.slice(old.range.start, old.range.end));
	if (old.style === "double") return renderQuoted(value);
	return old.style === "single" && plain === value && !value.includes("'") ? `'${value}'` : plain;
}

function isNamedElsewhere(anchor: string, text: string): boolean {
	return text.includes(`*${anchor}`);
}
