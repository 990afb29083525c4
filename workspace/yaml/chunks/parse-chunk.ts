import type { Schema } from "yaml";
import { type Anchors, composeNodes } from "../compose-nodes.ts";
import type { ConfigNode, ListNode, MapNode } from "../config-node.ts";
import { findDeepBracket } from "../parse-whole.ts";
import { parseYaml } from "../parse-yaml.ts";
import { parsePlain } from "./parse-plain.ts";
import { shareEqual } from "./share-equal.ts";
import type { ChunkRole } from "./split-text.ts";

/** A piece of a text that was parsed alone. All places are relative to its beginning, so that it serves wherever it stands. */
export interface Chunk {
	readonly text: string;
	readonly role: ChunkRole;
	/** Column of an item's dash; 0 otherwise. */
	readonly column: number;
	/** Keys of the file, or a list with one item. */
	readonly root: MapNode | ListNode;
	/** The plain values of the keys or of the item. What equals a value of the version before is that very value. */
	readonly values: readonly unknown[];
	/** Whether there is a problem in it; then the nodes are as much as could be understood. */
	readonly isBroken: boolean;
	/** Null when it neither has nor uses an anchor. */
	readonly links: ChunkLinks | null;
}

/** What ties a piece to others. */
export interface ChunkLinks {
	readonly anchors: Anchors;
	/** The nodes of other pieces that this one was composed with. */
	readonly used: ReadonlyMap<string, ConfigNode | null | undefined>;
	readonly aliasedNodes: number;
}

/**
 * Parses a piece. Null when it turns out not to be what its role says, so that nothing can be concluded from it alone.
 * @param anchors those of the text before the piece.
 * @param before the piece that stood there in the version before.
 */
export function parseChunk(
	text: string,
	role: ChunkRole,
	column: number,
	schema: Schema,
	anchors: Anchors,
	before: Chunk | null,
): Chunk | null {
	const plain = role === "head" ? null : rootIn(parsePlain(text), role, column);
	if (plain !== null) return { text, role, column, root: plain, values: valuesOf(plain, before), isBroken: false, links: null };
	if (findDeepBracket(text) !== null) return null;
	const document = parseYaml(text, schema);
	const composed = composeNodes(document.contents, text, anchors, role === "item" ? 1 : 0);
	const isBroken = document.errors.length > 0 || document.warnings.length > 0 || composed.problems.length > 0;
	const found = rootIn(composed.root, role, column);
	if (found === null && !isBroken) return null;
	const root = found ?? emptyRoot(role);
	const isFree = composed.anchors.size === 0 && composed.used.size === 0 && composed.aliasedNodes === 0;
	return {
		text,
		role,
		column,
		root,
		values: valuesOf(root, before),
		isBroken,
		links: isFree ? null : { anchors: composed.anchors, used: composed.used, aliasedNodes: composed.aliasedNodes },
	};
}

function valuesOf(root: MapNode | ListNode, before: Chunk | null): readonly unknown[] {
	const written = root.type === "map" ? root.entries.map((entry) => entry.node.value) : root.items.map((item) => item.node.value);
	return before === null ? written : written.map((value, index) => shareEqual(before.values[index], value));
}

/** Whether the nodes of other pieces that a piece was composed with are still those that its aliases name. */
export function isStillLinked({ links }: Chunk, anchors: Anchors): boolean {
	if (links !== null) for (const [name, target] of links.used) if (anchors.get(name) !== target) return false;
	return true;
}

function rootIn(root: ConfigNode | null, role: ChunkRole, column: number): MapNode | ListNode | null {
	if (root === null || root.anchor !== null) return null;
	if (role === "item") return root.type === "list" && root.items.length === 1 && root.items[0]!.dash === column ? root : null;
	if (root.type !== "map" || root.flow || root.entries.some((entry) => isMerge(entry.key, root))) return null;
	const last = root.entries.at(-1);
	if (role === "head" && (last?.node.type !== "scalar" || last.node.style !== "empty" || last.node.anchor !== null)) return null;
	return root;
}

/** A merge at the root would need the keys of all pieces. */
function isMerge(key: string, root: MapNode): boolean {
	return key === "<<" && !root.byKey.has(key);
}

function emptyRoot(role: ChunkRole): MapNode | ListNode {
	const common = { range: { start: 0, end: 0 }, anchor: null, size: 1, flow: false };
	if (role !== "item") return { ...common, type: "map", value: {}, entries: [], byKey: new Map() };
	const node: ConfigNode = { type: "scalar", range: { start: 0, end: 0 }, value: null, anchor: null, size: 1, style: "empty" };
	return { ...common, type: "list", value: [null], items: [{ dash: null, node }] };
}
