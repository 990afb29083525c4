import type { ConfigPath } from "../../../core/problems.ts";
import type { OffsetRange } from "../config-node.ts";
import type { Editing, TextEdit } from "../text-edit.ts";
import { columnOf, endOfEntry, endOfItem, endOfLine, findSite, type NodeSite, startOfLine, startOfNextLine } from "./node-site.ts";
import { replaceValue } from "./replace-value.ts";

/** Takes out an entry or item with its line and the comment on it; a mapping or list that loses its last one becomes `{}` or `[]`. */
export function removalEdits(editing: Editing, path: ConfigPath): readonly TextEdit[] {
	const { root, text } = editing.parsed;
	const found = root === null ? null : findSite(root, path);
	if (found === null || found.rest.length > 0 || found.site.parent === null) return [];
	const parent = found.site.parent;
	const siblings = spansOf(parent);
	const index = indexIn(parent, found.site);
	const span = siblings[index];
	if (span === undefined) return [];
	const isFlow = (parent.node.type === "map" || parent.node.type === "list") && parent.node.flow;
	const range = isFlow
		? flowRange(parent, siblings, index)
		: siblings.length === 1
			? null
			: blockRange(span, siblings[index + 1] ?? null, text);
	if (leavesAliases(range ?? span, text)) return [];
	if (range !== null) return [{ range, newText: "" }];
	if (parent.parent === null) return [{ range: wholeLines(span, text), newText: "" }];
	return replaceValue(editing, parent, parent.node.type === "list" ? [] : {});
}

/** What is written of each entry or item, in the order of the text. */
function spansOf({ node }: NodeSite): readonly OffsetRange[] {
	if (node.type === "map") return node.entries.map((entry) => ({ start: entry.keyRange.start, end: endOfEntry(entry) }));
	if (node.type === "list") return node.items.map((item) => ({ start: item.dash ?? item.node.range.start, end: endOfItem(item) }));
	return [];
}

function indexIn({ node }: NodeSite, site: NodeSite): number {
	if (node.type === "map") return site.entry === null ? -1 : node.entries.indexOf(site.entry);
	return node.type === "list" && site.item !== null ? node.items.indexOf(site.item) : -1;
}

/** With the comma that separates it from its neighbour. */
function flowRange(parent: NodeSite, spans: readonly OffsetRange[], index: number): OffsetRange {
	const { start, end } = spans[index]!;
	const next = spans[index + 1];
	const previous = spans[index - 1];
	if (next !== undefined) return { start, end: next.start };
	if (previous !== undefined) return { start: previous.end, end };
	return { start: parent.node.range.start + 1, end: parent.node.range.end - 1 };
}

/** With its lines; the first of a mapping that begins behind a dash leaves its place to the next. */
function blockRange(span: OffsetRange, next: OffsetRange | null, text: string): OffsetRange {
	if (text.slice(startOfLine(span.start, text), span.start).trim() === "") return wholeLines(span, text);
	if (next === null) return { start: span.start, end: endOfLine(span.end, text) };
	let end = startOfNextLine(span.end, text);
	while (end < next.start && /\s/.test(text[end]!)) end++;
	// A comment cannot take the place of the first key unless the keys after it keep their column.
	return { start: span.start, end: columnOf(end, text) === columnOf(next.start, text) ? end : next.start };
}

function wholeLines(span: OffsetRange, text: string): OffsetRange {
	const start = startOfLine(span.start, text);
	const end = startOfNextLine(span.end, text);
	if (end < text.length || text.endsWith("\n") || start === 0) return { start, end };
	// The last line of a file that does not end with a line break takes the break before it along.
	return { start: text[start - 2] === "\r" ? start - 2 : start - 1, end };
}

/** Whether an anchor within a range is named outside it. */
function leavesAliases(range: OffsetRange, text: string): boolean {
	const inside = text.slice(range.start, range.end);
	const outside = text.slice(0, range.start) + text.slice(range.end);
	return [...inside.matchAll(/&([^\s,[\]{}]+)/g)].some((match) => outside.includes(`*${match[1]}`));
}
