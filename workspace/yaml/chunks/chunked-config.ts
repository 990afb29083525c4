import type { ConfigPath, ProblemAnchor } from "../../../core/problems.ts";
import type { MapEntry, MapNode, OffsetRange } from "../config-node.ts";
import { locateRange, type NodePlace, nodeAtOffset } from "../locate.ts";
import { absoluteRoot } from "./absolute-root.ts";
import { type ChunkList, chunkIndexAt } from "./chunk-list.ts";
import type { Chunk } from "./parse-chunk.ts";

/** A key of the file itself. */
export interface RootKey {
	/** With places relative to its chunk. */
	readonly entry: MapEntry;
	/** Its plain value; of a list in pieces, the list. */
	readonly value: unknown;
	/** Index of the chunk that it is in. */
	readonly chunk: number;
	/** Index behind the chunk of the last item, when its items are the chunks that follow; else null. */
	readonly itemsEnd: number | null;
}

/** What the pieces of a text are together. */
export interface ChunkedConfig extends ChunkList {
	readonly text: string;
	/** In the order of the text, also keys that stand there twice. */
	readonly keys: readonly RootKey[];
	/** The first of each. */
	readonly byKey: ReadonlyMap<string, RootKey>;
	readonly tree: Readonly<Record<string, unknown>>;
}

/**
 * Puts pieces together.
 * @param before the tree of the version before, of which all that has not changed is kept.
 */
export function assembleChunks(text: string, list: ChunkList, before: unknown): ChunkedConfig {
	const earlier = (typeof before === "object" && before !== null ? before : {}) as Readonly<Record<string, unknown>>;
	const keys: RootKey[] = [];
	const byKey = new Map<string, RootKey>();
	const { chunks } = list;
	for (let index = 0; index < chunks.length; index++) {
		const chunk = chunks[index]!;
		if (chunk.root.type !== "map") continue;
		const itemsEnd = chunk.role === "head" ? endOfItems(chunks, index + 1) : null;
		for (const [position, entry] of chunk.root.entries.entries()) {
			const isList = itemsEnd !== null && position === chunk.root.entries.length - 1;
			const value = isList ? listOf(chunks, index + 1, itemsEnd, earlier[entry.key]) : chunk.values[position];
			const key: RootKey = { entry, value, chunk: index, itemsEnd: isList ? itemsEnd : null };
			keys.push(key);
			if (!byKey.has(entry.key)) byKey.set(entry.key, key);
		}
	}
	return { ...list, text, keys, byKey, tree: treeOf(byKey, earlier) };
}

/** Keys of the file itself that stand there a second time in another piece. */
export function repeatedKeys({ keys, byKey }: ChunkedConfig): readonly RootKey[] {
	if (keys.length === byKey.size) return [];
	return keys.filter((key) => byKey.get(key.entry.key) !== key && byKey.get(key.entry.key)!.chunk !== key.chunk);
}

/** See {@link ParsedConfig.root}. */
export function rootOf(config: ChunkedConfig): MapNode {
	return absoluteRoot(config, (key) => listRange(config, key));
}

/** See {@link ParsedConfig.rangeOf}. */
export function rangeIn(config: ChunkedConfig, path: ConfigPath, anchor: ProblemAnchor): OffsetRange {
	const { chunks, starts, keys, byKey } = config;
	const found = path.length === 0 ? undefined : byKey.get(String(path[0]));
	if (found === undefined) {
		const head = byKey.get("kind") ?? keys[0];
		if (head === undefined) return locateRange(null, config.text, [], anchor);
		return locateIn(chunks[head.chunk]!, starts[head.chunk]!, [head.entry.key], "key");
	}
	const inEntry = (atAnchor: ProblemAnchor, way: ConfigPath) => locateIn(chunks[found.chunk]!, starts[found.chunk]!, way, atAnchor);
	if (found.itemsEnd === null) return inEntry(anchor, path);
	const head = path.slice(0, 1);
	if (path.length === 1) return anchor === "value" ? listRange(config, found) : inEntry("key", head);
	const index = itemIndex(path[1]!, found);
	if (index === null) return inEntry("key", head);
	const item = found.chunk + 1 + index;
	return locateIn(chunks[item]!, starts[item]!, [0, ...path.slice(2)], anchor);
}

/** See {@link ParsedConfig.nodeAt}. */
export function nodeIn(config: ChunkedConfig, offset: number): NodePlace {
	const { chunks, starts, text } = config;
	const at = Math.max(0, Math.min(offset, text.length));
	const index = chunkIndexAt(config, at);
	const chunk = chunks[index]!;
	const start = starts[index]!;
	const { path, on, range } = nodeAtOffset(chunk.root, chunk.text, at - start);
	const place = { on, range: moved(range, start) };
	if (chunk.role !== "item") return { path, ...place };
	const owner = ownerOf(config, index);
	const list = listRange(config, owner);
	if (path.length > 0) return { path: [owner.entry.key, index - owner.chunk - 1, ...path.slice(1)], ...place };
	return { path: at >= list.start && at <= list.end ? [owner.entry.key] : [], ...place };
}

/** The key of the list that a piece is an item of. */
export function ownerOf({ keys }: ChunkedConfig, item: number): RootKey {
	let low = 0;
	let high = keys.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (keys[middle]!.chunk <= item) low = middle;
		else high = middle - 1;
	}
	return keys[low]!;
}

/** From the first dash of a list in pieces to the end of its last item. */
export function listRange({ chunks, starts }: ChunkedConfig, { chunk, itemsEnd }: RootKey): OffsetRange {
	const last = (itemsEnd ?? chunk + 2) - 1;
	return { start: starts[chunk + 1]! + chunks[chunk + 1]!.root.range.start, end: starts[last]! + chunks[last]!.root.range.end };
}

function locateIn(chunk: Chunk, start: number, path: ConfigPath, anchor: ProblemAnchor): OffsetRange {
	return moved(locateRange(chunk.root, chunk.text, path, anchor), start);
}

function moved({ start, end }: OffsetRange, by: number): OffsetRange {
	return { start: start + by, end: end + by };
}

function itemIndex(segment: string | number, { chunk, itemsEnd }: RootKey): number | null {
	const index = Number(segment);
	return Number.isInteger(index) && index >= 0 && index < (itemsEnd ?? 0) - chunk - 1 ? index : null;
}

function endOfItems(chunks: readonly Chunk[], from: number): number {
	let end = from;
	while (chunks[end]?.role === "item") end++;
	return end;
}

function listOf(chunks: readonly Chunk[], from: number, end: number, before: unknown): readonly unknown[] {
	const list: unknown[] = new Array(end - from);
	let isSame = Array.isArray(before) && before.length === list.length;
	for (let index = from; index < end; index++) {
		const value = chunks[index]!.values[0];
		list[index - from] = value;
		if (isSame && !Object.is((before as readonly unknown[])[index - from], value)) isSame = false;
	}
	return isSame ? (before as readonly unknown[]) : list;
}

function treeOf(byKey: ReadonlyMap<string, RootKey>, before: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const keysBefore = Object.keys(before);
	const tree: Record<string, unknown> = {};
	let isSame = keysBefore.length === byKey.size;
	let index = 0;
	for (const [key, { value }] of byKey) {
		// A key such as `__proto__` must become an ordinary property.
		Object.defineProperty(tree, key, { value, enumerable: true, writable: true, configurable: true });
		isSame &&= keysBefore[index] === key && Object.is(value, before[key]);
		index++;
	}
	return isSame ? before : tree;
}
