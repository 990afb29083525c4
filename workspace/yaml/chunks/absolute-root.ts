import type { AliasNode, ConfigNode, ListItem, MapEntry, MapNode, OffsetRange } from "../config-node.ts";
import type { ChunkedConfig, RootKey } from "./chunked-config.ts";

/** The nodes of all pieces of a text as one tree, with places in the whole text. Takes as long as the text is, so it is made on demand. */
export function absoluteRoot(config: ChunkedConfig, listRange: (key: RootKey) => OffsetRange): MapNode {
	const { chunks, starts, keys, byKey, tree } = config;
	const moving: Moving = { by: 0, nodes: chunks.some(({ links }) => links !== null) ? new Map() : null, entries: new Map() };
	const entries: MapEntry[] = [];
	const entryOf = new Map<RootKey, MapEntry>();
	for (const key of keys) {
		moving.by = starts[key.chunk]!;
		const entry = moveEntry(key.entry, moving);
		const placed = key.itemsEnd === null ? entry : { ...entry, node: listNode(config, key, listRange(key), moving) };
		entries.push(placed);
		entryOf.set(key, placed);
	}
	const range = { start: starts[0]! + chunks[0]!.root.range.start, end: starts.at(-1)! + chunks.at(-1)!.root.range.end };
	return {
		type: "map",
		range,
		value: tree,
		anchor: null,
		size: entries.reduce((total, entry) => total + entry.node.size, 1),
		flow: false,
		entries,
		byKey: new Map([...byKey].map(([name, key]) => [name, entryOf.get(key)!])),
	};
}

interface Moving {
	/** Where the piece begins. */
	by: number;
	/** What became of each node; null while no alias can ask for it. */
	readonly nodes: Map<ConfigNode, ConfigNode> | null;
	/** The entries that the nodes are the values of. */
	readonly entries: Map<ConfigNode, MapEntry>;
}

function listNode({ chunks, starts }: ChunkedConfig, { chunk, itemsEnd, value }: RootKey, range: OffsetRange, moving: Moving): ConfigNode {
	const items: ListItem[] = [];
	for (let index = chunk + 1; index < itemsEnd!; index++) {
		moving.by = starts[index]!;
		const { root } = chunks[index]!;
		if (root.type === "list") items.push(...root.items.map((item) => moveItem(item, moving)));
	}
	return {
		type: "list",
		range,
		value,
		anchor: null,
		size: items.reduce((total, item) => total + item.node.size, 1),
		flow: false,
		items,
	};
}

function moveNode(node: ConfigNode, moving: Moving): ConfigNode {
	const range = moveRange(node.range, moving);
	const moved = moveContent(node, range, moving);
	moving.nodes?.set(node, moved);
	return moved;
}

function moveContent(node: ConfigNode, range: OffsetRange, moving: Moving): ConfigNode {
	switch (node.type) {
		case "scalar":
			return { ...node, range };
		case "alias":
			return moveAlias(node, range, moving);
		case "list":
			return { ...node, range, items: node.items.map((item) => moveItem(item, moving)) };
		case "map":
			return moveMap(node, range, moving);
	}
}

/** What an alias stands for is always above it. */
function moveAlias(node: AliasNode, range: OffsetRange, { nodes }: Moving): AliasNode {
	return { ...node, range, target: node.target === null ? null : (nodes?.get(node.target) ?? node.target) };
}

function moveMap(node: MapNode, range: OffsetRange, moving: Moving): MapNode {
	const own = new Map<MapEntry, MapEntry>();
	const entries = node.entries.map((entry) => {
		const moved = moveEntry(entry, moving);
		own.set(entry, moved);
		return moved;
	});
	const byKey = new Map<string, MapEntry>();
	for (const [key, entry] of node.byKey) {
		const written = own.get(entry) ?? moving.entries.get(entry.node) ?? entry;
		byKey.set(key, entry.mergedAt === null ? written : { ...written, mergedAt: moveRange(entry.mergedAt, moving) });
	}
	return { ...node, range, entries, byKey };
}

function moveEntry(entry: MapEntry, moving: Moving): MapEntry {
	const moved = {
		...entry,
		keyRange: moveRange(entry.keyRange, moving),
		colonEnd: entry.colonEnd === null ? null : entry.colonEnd + moving.by,
		node: moveNode(entry.node, moving),
	};
	if (moving.nodes !== null) moving.entries.set(entry.node, moved);
	return moved;
}

function moveItem({ dash, node }: ListItem, moving: Moving): ListItem {
	return { dash: dash === null ? null : dash + moving.by, node: moveNode(node, moving) };
}

function moveRange({ start, end }: OffsetRange, { by }: Moving): OffsetRange {
	return { start: start + by, end: end + by };
}
