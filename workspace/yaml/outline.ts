import { t } from "../../core/texts/translate.ts";
import { type ChunkedConfig, listRange, type RootKey } from "./chunks/chunked-config.ts";
import type { Chunk } from "./chunks/parse-chunk.ts";
import { type ConfigNode, followAlias, type ListItem, type OffsetRange } from "./config-node.ts";

/** One line of a file's outline. */
export interface OutlineEntry {
	/** The key; of a list's item the name that it gives itself, or its number from 1. */
	readonly name: string;
	/** The value of a scalar, the number of items of a list; empty otherwise. */
	readonly detail: string;
	readonly type: "map" | "list" | "text" | "number" | "boolean" | "empty";
	/** From the key to the end of the value. */
	readonly range: OffsetRange;
	/** The key, or an item's own name; within `range`. */
	readonly selectionRange: OffsetRange;
	readonly children: readonly OutlineEntry[];
}

/** Keys by which the items of our lists are known to people, the first that an item has. */
const NAMING_KEYS = ["name", "client", "title", "limit", "products"];

/**
 * A file's structure, without following aliases.
 * @param most beyond so many entries, what is inside of the items of the file's own lists is left out.
 */
export function outlineOf(root: ConfigNode | null, text: string, most = Number.POSITIVE_INFINITY): readonly OutlineEntry[] {
	const entries = root === null ? [] : childrenOf(root, text);
	if (most === Number.POSITIVE_INFINITY || countOf(entries) <= most) return entries;
	return entries.map((entry) => (entry.type === "list" ? { ...entry, children: entry.children.map(withoutChildren) } : entry));
}

/** Outlines of pieces, with places relative to them. */
export type KnownOutlines = WeakMap<Chunk, ChunkOutline>;

interface ChunkOutline {
	/** Of a list's item one, or none for what is no mapping; its name is empty when it gives itself none. */
	readonly entries: readonly OutlineEntry[];
	readonly count: number;
}

/** As {@link outlineOf}, of a text in pieces. */
export function outlineOfChunks(config: ChunkedConfig, known: KnownOutlines, most = Number.POSITIVE_INFINITY): readonly OutlineEntry[] {
	const { chunks, starts, keys } = config;
	const outlines = chunks.map((chunk) => outlineOfChunk(chunk, known));
	const isBrief = outlines.reduce((total, { count }) => total + count, 0) > most;
	const outlineOfKey = (key: RootKey): OutlineEntry => {
		const position = keys.indexOf(key) - keys.findIndex(({ chunk }) => chunk === key.chunk);
		const own = moved(outlines[key.chunk]!.entries[position]!, starts[key.chunk]!);
		if (key.itemsEnd === null) return isBrief && own.type === "list" ? { ...own, children: own.children.map(withoutChildren) } : own;
		const children: OutlineEntry[] = [];
		for (let index = key.chunk + 1; index < key.itemsEnd; index++) {
			const [item] = outlines[index]!.entries;
			if (item === undefined) continue;
			const placed = moved(isBrief ? withoutChildren(item) : item, starts[index]!);
			children.push(placed.name === "" ? { ...placed, name: t`Item ${index - key.chunk}` } : placed);
		}
		const items = chunks.slice(key.chunk + 1, key.itemsEnd).flatMap(({ root }) => (root.type === "list" ? root.items : []));
		const range = { start: own.range.start, end: Math.max(own.range.end, listRange(config, key).end) };
		return { ...own, type: "list", detail: summaryOfList(items), range, children };
	};
	return keys.map(outlineOfKey);
}

function outlineOfChunk(chunk: Chunk, known: KnownOutlines): ChunkOutline {
	let outline = known.get(chunk);
	if (outline === undefined) {
		const { root, text } = chunk;
		const entries = root.type === "map" ? childrenOf(root, text) : root.items.flatMap((item) => itemOf(item, "", text));
		outline = { entries, count: countOf(entries) };
		known.set(chunk, outline);
	}
	return outline;
}

function moved(entry: OutlineEntry, by: number): OutlineEntry {
	const { range, selectionRange, children } = entry;
	return {
		...entry,
		range: { start: range.start + by, end: range.end + by },
		selectionRange: { start: selectionRange.start + by, end: selectionRange.end + by },
		children: children.map((child) => moved(child, by)),
	};
}

function countOf(entries: readonly OutlineEntry[]): number {
	return entries.reduce((total, { children }) => total + 1 + countOf(children), 0);
}

function withoutChildren(entry: OutlineEntry): OutlineEntry {
	return entry.children.length === 0 ? entry : { ...entry, children: [] };
}

function childrenOf(node: ConfigNode, text: string): readonly OutlineEntry[] {
	if (node.type === "map") {
		return node.entries.map((entry) =>
			describe(entry.key === "" ? t("(no key)") : entry.key, entry.keyRange, entry.keyRange.start, entry.node, text),
		);
	}
	return node.type === "list" ? node.items.flatMap((item, index) => itemOf(item, t`Item ${index + 1}`, text)) : [];
}

/** The items of a list of texts say nothing that the list itself does not. */
function itemOf({ node }: ListItem, otherName: string, text: string): readonly OutlineEntry[] {
	if (node.type !== "map") return [];
	const naming = NAMING_KEYS.map((key) => node.byKey.get(key)).find((entry) => entry !== undefined && entry.mergedAt === null);
	const name = naming === undefined ? "" : summaryOf(naming.node);
	const selection = name === "" || naming === undefined ? null : naming.node.range;
	return [describe(name === "" ? otherName : name, selection, node.range.start, node, text)];
}

function describe(name: string, selection: OffsetRange | null, start: number, node: ConfigNode, text: string): OutlineEntry {
	const range = { start: Math.min(start, selection?.start ?? start), end: Math.max(node.range.end, selection?.end ?? start) };
	return {
		name,
		detail: node.type === "map" ? "" : summaryOf(node),
		type: typeOf(node),
		range,
		selectionRange: selection ?? { start: range.start, end: Math.min(range.end, endOfLine(range.start, text)) },
		children: childrenOf(node, text),
	};
}

function summaryOf(node: ConfigNode): string {
	const target = followAlias(node);
	if (target === null || target.type === "map") return "";
	if (target.type === "scalar") return target.style === "empty" ? "" : String(target.value);
	return summaryOfList(target.items);
}

function summaryOfList(items: readonly ListItem[]): string {
	if (items.every((item) => item.node.type === "scalar")) return items.map((item) => String(item.node.value)).join(", ");
	return items.length === 1 ? t("1 entry") : t`${items.length} entries`;
}

function typeOf(node: ConfigNode): OutlineEntry["type"] {
	const target = followAlias(node);
	if (target === null || target.value === null) return "empty";
	if (target.type !== "scalar") return target.type;
	if (typeof target.value === "number") return "number";
	return typeof target.value === "boolean" ? "boolean" : "text";
}

function endOfLine(offset: number, text: string): number {
	const newline = text.indexOf("\n", offset);
	const end = newline < 0 ? text.length : newline;
	const carriageReturn = text.lastIndexOf("\r", end);
	return carriageReturn >= offset ? text.slice(offset, end).indexOf("\r") + offset : end;
}
