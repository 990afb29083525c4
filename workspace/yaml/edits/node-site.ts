import type { ConfigPath } from "../../../core/problems.ts";
import type { ConfigNode, ListItem, ListNode, MapEntry, MapNode } from "../config-node.ts";
import type { RenderStyle } from "./render-value.ts";

/** A node together with where it hangs, as edits need it. */
export interface NodeSite {
	readonly node: ConfigNode;
	readonly path: ConfigPath;
	readonly parent: NodeSite | null;
	/** Set when it is the value of a key. */
	readonly entry: MapEntry | null;
	/** Set when it is an item of a list. */
	readonly item: ListItem | null;
	/** Within brackets or braces. */
	readonly inFlow: boolean;
}

/** The node at a path, or the deepest one above it that exists, with the rest of the path; null when the way leads through an alias. */
export function findSite(root: ConfigNode, path: ConfigPath): { readonly site: NodeSite; readonly rest: ConfigPath } | null {
	let site: NodeSite = { node: root, path: [], parent: null, entry: null, item: null, inFlow: false };
	for (const [depth, segment] of path.entries()) {
		if (site.node.type === "alias") return null;
		const child = childSite(site, segment);
		if (child === null) return { site, rest: path.slice(depth) };
		site = child;
	}
	return { site, rest: [] };
}

function childSite(parent: NodeSite, segment: string | number): NodeSite | null {
	const { node } = parent;
	const path = [...parent.path, segment];
	if (node.type === "map") {
		const entry = node.byKey.get(String(segment));
		// What a merge brings in is not written here: writing the key here overrides it.
		if (entry === undefined || entry.mergedAt !== null) return null;
		return { node: entry.node, path, parent, entry, item: null, inFlow: parent.inFlow || node.flow };
	}
	if (node.type === "list") {
		const item = node.items[Number(segment)];
		return item === undefined ? null : { node: item.node, path, parent, entry: null, item, inFlow: parent.inFlow || node.flow };
	}
	return null;
}

/** Offset behind all that is written of an entry. */
export function endOfEntry(entry: MapEntry): number {
	return Math.max(entry.node.range.end, entry.colonEnd ?? 0, entry.keyRange.end);
}

/** Offset behind all that is written of an item. */
export function endOfItem(item: ListItem): number {
	return Math.max(item.node.range.end, item.dash === null ? 0 : item.dash + 1);
}

/** How the file is written; where it gives no example, two columns for everything, and spaces inside braces. */
export function detectStyle(root: ConfigNode | null, text: string): RenderStyle {
	const found: { indentStep?: number; listStep?: number; paddedBraces?: boolean } = {};
	if (root !== null) detectIn(root, null, text, found);
	const indentStep = found.indentStep ?? 2;
	return { indentStep, listStep: found.listStep ?? indentStep, paddedBraces: found.paddedBraces ?? true };
}

function detectIn(
	node: ConfigNode,
	keyColumn: number | null,
	text: string,
	found: { indentStep?: number; listStep?: number; paddedBraces?: boolean },
): void {
	if (node.type === "map") {
		const column = columnOfMap(node, text);
		if (!node.flow && keyColumn !== null && column > keyColumn) found.indentStep ??= column - keyColumn;
		if (node.flow && node.entries.length > 0) found.paddedBraces ??= text[node.range.start + 1] === " ";
		for (const entry of node.entries) detectIn(entry.node, node.flow ? null : column, text, found);
	} else if (node.type === "list") {
		const column = columnOfList(node, text);
		if (column !== null && keyColumn !== null && column >= keyColumn) found.listStep ??= column - keyColumn;
		for (const item of node.items) detectIn(item.node, null, text, found);
	}
}

/** Column of the keys of a block mapping that has some. */
export function columnOfMap(node: MapNode, text: string): number {
	return columnOf(node.entries[0]?.keyRange.start ?? node.range.start, text);
}

/** Column of the dashes of a block list; null when it has none. */
export function columnOfList(node: ListNode, text: string): number | null {
	const dash = node.items[0]?.dash ?? null;
	return dash === null ? null : columnOf(dash, text);
}

/** Characters from the beginning of the line. */
export function columnOf(offset: number, text: string): number {
	return offset - startOfLine(offset, text);
}

/** Offset of the first character of a line; a byte-order mark belongs to no line. */
export function startOfLine(offset: number, text: string): number {
	const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
	return start === 0 && text.startsWith("\uFEFF") ? Math.min(1, offset) : start;
}

/** Offset of a line's end, before its line break. */
export function endOfLine(offset: number, text: string): number {
	const newline = text.indexOf("\n", offset);
	if (newline < 0) return text.length;
	return newline > offset && text[newline - 1] === "\r" ? newline - 1 : newline;
}

/** Offset of the line after, or the end of the text. */
export function startOfNextLine(offset: number, text: string): number {
	const newline = text.indexOf("\n", offset);
	return newline < 0 ? text.length : newline + 1;
}

/** The line break that the file uses. */
export function lineBreakOf(text: string): string {
	const newline = text.indexOf("\n");
	return newline > 0 && text[newline - 1] === "\r" ? "\r\n" : "\n";
}
