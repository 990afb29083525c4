import type { ConfigPath, ProblemAnchor } from "../../core/problems.ts";
import type { ConfigNode, OffsetRange } from "./config-node.ts";

/** What stands at an offset of a configuration file. */
export interface NodePlace {
	/** Of the entry whose key or value it is; for a gap, of the innermost mapping or list around it. */
	readonly path: ConfigPath;
	readonly on: "key" | "value" | "gap";
	/** The key or value; empty at the offset for a gap. */
	readonly range: OffsetRange;
}

/** See {@link ParsedConfig.rangeOf}. */
export function locateRange(root: ConfigNode | null, text: string, path: ConfigPath, anchor: ProblemAnchor): OffsetRange {
	if (root === null) return firstLine(text);
	let place: Place = { node: root, keyRange: null, dash: null };
	for (const [depth, segment] of path.entries()) {
		if (place.node.type === "alias") return place.node.range;
		const child = childPlace(place.node, segment);
		if (child === null) return headOf(place, text);
		if ("mergedAt" in child) return child.mergedAt;
		place = child;
		if (depth === path.length - 1 && anchor === "value" && place.node.range.end > place.node.range.start) return place.node.range;
	}
	if (path.length === 0 && anchor === "value" && root.type === "scalar") return clipToLine(root.range, text);
	return headOf(place, text);
}

/** See {@link ParsedConfig.nodeAt}. */
export function nodeAtOffset(root: ConfigNode | null, text: string, offset: number): NodePlace {
	const at = Math.max(0, Math.min(offset, text.length));
	const gap = (path: ConfigPath): NodePlace => ({ path, on: "gap", range: { start: at, end: at } });
	if (root === null) return gap([]);
	let node = root;
	const path: (string | number)[] = [];
	for (;;) {
		if (node.type === "scalar" || node.type === "alias")
			return contains(node.range, at) ? { path, on: "value", range: node.range } : gap(path);
		if (node.type === "map") {
			const entry = lastBefore(node.entries, (candidate) => candidate.keyRange.start, at);
			if (entry === null) return gap(path);
			if (contains(entry.keyRange, at)) return { path: [...path, entry.key], on: "key", range: entry.keyRange };
			if (!reaches(entry.node, at)) return gap(path);
			path.push(entry.key);
			node = entry.node;
			continue;
		}
		const item = lastBefore(node.items, (candidate) => candidate.node.range.start, at);
		if (item === null || !reaches(item.node, at)) return gap(path);
		path.push(node.items.indexOf(item));
		node = item.node;
	}
}

interface Place {
	readonly node: ConfigNode;
	readonly keyRange: OffsetRange | null;
	readonly dash: number | null;
}

function childPlace(node: ConfigNode, segment: string | number): Place | { readonly mergedAt: OffsetRange } | null {
	if (node.type === "map") {
		const entry = node.byKey.get(String(segment));
		if (entry === undefined) return null;
		if (entry.mergedAt !== null) return { mergedAt: entry.mergedAt };
		return { node: entry.node, keyRange: entry.keyRange, dash: null };
	}
	if (node.type === "list") {
		const item = node.items[Number(segment)];
		return item === undefined ? null : { node: item.node, keyRange: null, dash: item.dash };
	}
	return null;
}

/** What is marked when a node as a whole is meant: its key; else its first key; else its value, or its dash when it is empty. */
function headOf(place: Place, text: string): OffsetRange {
	// An empty key is shown at its colon.
	if (place.keyRange !== null)
		return place.keyRange.end > place.keyRange.start
			? place.keyRange
			: { start: place.keyRange.start, end: Math.min(place.keyRange.start + 1, text.length) };
	const { node } = place;
	if (node.type === "map") {
		const isRoot = place.dash === null;
		const entry = (isRoot ? node.entries.find((candidate) => candidate.key === "kind") : undefined) ?? node.entries[0];
		if (entry !== undefined && entry.keyRange.end > entry.keyRange.start) return entry.keyRange;
	}
	if (node.range.end === node.range.start && place.dash !== null) return { start: place.dash, end: place.dash + 1 };
	return clipToLine(node.range, text);
}

/** The last element that starts at or before an offset; the elements are in the order of the text. */
function lastBefore<Element>(elements: readonly Element[], startOf: (element: Element) => number, offset: number): Element | null {
	let low = 0;
	let high = elements.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (startOf(elements[middle]!) <= offset) low = middle + 1;
		else high = middle;
	}
	return low === 0 ? null : elements[low - 1]!;
}

function contains(range: OffsetRange, offset: number): boolean {
	return offset >= range.start && offset <= range.end && range.end > range.start;
}

/** Whether an offset is within the text of a node. */
function reaches(node: ConfigNode, offset: number): boolean {
	return contains(node.range, offset);
}

function firstLine(text: string): OffsetRange {
	return clipToLine({ start: 0, end: text.length }, text);
}

function clipToLine(range: OffsetRange, text: string): OffsetRange {
	const lineEnd = text.slice(range.start, range.end).search(/[\r\n]/);
	return lineEnd < 0 ? range : { start: range.start, end: range.start + lineEnd };
}
