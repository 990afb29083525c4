/** A stretch of text in UTF-16 offsets; `end` is exclusive. */
export interface OffsetRange {
	readonly start: number;
	readonly end: number;
}

/** A node of a parsed configuration with its place in the text; the value of an entry, an item of a list, or the root. */
export type ConfigNode = MapNode | ListNode | ScalarNode | AliasNode;

interface NodeBase {
	/** The value's own text without anchor, tag, trailing space and comment; empty for a value that is not written. */
	readonly range: OffsetRange;
	/** The plain tree below this node, aliases and merge keys resolved. */
	readonly value: unknown;
	/** Name of the anchor at this node. */
	readonly anchor: string | null;
	/** Number of nodes of the plain tree below this node, itself included, each alias counted like a copy. */
	readonly size: number;
}

/** A mapping. */
export interface MapNode extends NodeBase {
	readonly type: "map";
	/** Written with braces. */
	readonly flow: boolean;
	/** What is written here, in order; a key that stands twice is twice in it, merge keys are included under their `<<`. */
	readonly entries: readonly MapEntry[];
	/** By key, what counts: the first of two equal keys, and keys that a merge brings in. */
	readonly byKey: ReadonlyMap<string, MapEntry>;
}

/** A key with its value. */
export interface MapEntry {
	readonly key: string;
	readonly keyRange: OffsetRange;
	/** Offset after the colon; null when no colon is written. */
	readonly colonEnd: number | null;
	readonly node: ConfigNode;
	/** For a key that came by a merge: where the merged mapping is named. */
	readonly mergedAt: OffsetRange | null;
}

/** A list. */
export interface ListNode extends NodeBase {
	readonly type: "list";
	/** Written with brackets. */
	readonly flow: boolean;
	readonly items: readonly ListItem[];
}

/** One item of a list. */
export interface ListItem {
	/** Offset of the dash of a block list; null in a flow list. */
	readonly dash: number | null;
	readonly node: ConfigNode;
}

/** A text, number, truth value or null. */
export interface ScalarNode extends NodeBase {
	readonly type: "scalar";
	readonly style: ScalarStyle;
}

/** How a scalar is written; `empty` where nothing is. */
export type ScalarStyle = "plain" | "single" | "double" | "block" | "empty";

/** A `*name` that stands for a node elsewhere. */
export interface AliasNode extends NodeBase {
	readonly type: "alias";
	readonly name: string;
	/** Null when there is no such anchor, or when it cannot be followed. */
	readonly target: ConfigNode | null;
}

/** The node itself, or what an alias stands for; null for an alias that leads nowhere. */
export function followAlias(node: ConfigNode): Exclude<ConfigNode, AliasNode> | null {
	let current: ConfigNode | null = node;
	while (current !== null && current.type === "alias") current = current.target;
	return current;
}
