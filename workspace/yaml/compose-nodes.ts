import {
	type Alias,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	type Node,
	type Pair,
	type ParsedNode,
	type Scalar,
	type YAMLMap,
	type YAMLSeq,
} from "yaml";
import { t } from "../../core/texts/translate.ts";
import type { AliasNode, ConfigNode, ListNode, MapEntry, MapNode, OffsetRange, ScalarNode, ScalarStyle } from "./config-node.ts";
import { followAlias } from "./config-node.ts";
import { type ComposedNodes, nestedTooDeeply, type TextProblem } from "./syntax-problems.ts";

/** Nodes that aliases may add to a tree: far more than any real file has, and few enough to check at once. */
export const MAX_ALIASED_NODES = 50_000;
/** Levels of nesting that are followed; the language needs six. */
const MAX_DEPTH = 100;

/** Nodes by the names of their anchors. */
export type Anchors = ReadonlyMap<string, ConfigNode | null>;

/** The nodes of a text with what ties them to other pieces of the same file. */
export interface LinkedNodes extends ComposedNodes {
	/** The anchors of this text, the last of each name. */
	readonly anchors: Anchors;
	/** What was looked for in the text before this one; undefined where there is no such anchor. */
	readonly used: ReadonlyMap<string, ConfigNode | null | undefined>;
	/** Number of nodes that aliases have added; {@link MAX_ALIASED_NODES} or more when some were left out. */
	readonly aliasedNodes: number;
}

/**
 * Turns the parser's nodes into ours, resolves aliases and merge keys, and finds what is wrong with them.
 * @param before the anchors of the text before this one.
 * @param depth how deep in the file the root of this text stands.
 */
export function composeNodes(contents: ParsedNode | null, text: string, before: Anchors = new Map(), depth = 0): LinkedNodes {
	const composition: Composition = { text, before, anchors: new Map(), used: new Map(), aliasedNodes: 0, problems: [] };
	const root = contents === null ? null : composeNode(contents, depth, contents.range[0], composition);
	const { problems, anchors, used, aliasedNodes } = composition;
	return { root: root?.type === "scalar" && root.style === "empty" ? null : root, problems, anchors, used, aliasedNodes };
}

interface Composition {
	readonly text: string;
	readonly before: Anchors;
	/** Anchors in the order of the text, so that a later one of the same name replaces an earlier one; null while inside the node itself. */
	readonly anchors: Map<string, ConfigNode | null>;
	readonly used: Map<string, ConfigNode | null | undefined>;
	aliasedNodes: number;
	readonly problems: TextProblem[];
}

function composeNode(node: Node | null, depth: number, fallbackOffset: number, composition: Composition): ConfigNode {
	if (node === null) return emptyScalar(fallbackOffset);
	if (isAlias(node)) return composeAlias(node, composition);
	const anchor = "anchor" in node && typeof node.anchor === "string" ? node.anchor : null;
	if (anchor !== null) composition.anchors.set(anchor, null);
	const composed = composeContent(node, anchor, depth, fallbackOffset, composition);
	if (anchor !== null) composition.anchors.set(anchor, composed);
	return composed;
}

function composeContent(node: Node, anchor: string | null, depth: number, fallbackOffset: number, composition: Composition): ConfigNode {
	const range = trimmedRange(node, fallbackOffset, composition.text);
	if (isScalar(node)) return composeScalar(node, range, anchor);
	if (depth >= MAX_DEPTH) {
		if (!composition.problems.some((problem) => problem.code === "yaml/nested-too-deeply"))
			composition.problems.push(nestedTooDeeply(range.start));
		return { type: "scalar", range, value: null, anchor, size: 1, style: "plain" };
	}
	if (isMap(node)) return composeMap(node, range, anchor, depth, composition);
	if (isSeq(node)) return composeList(node, range, anchor, depth, composition);
	return emptyScalar(fallbackOffset);
}

function composeScalar(node: Scalar, range: OffsetRange, anchor: string | null): ScalarNode {
	const value = typeof node.value === "bigint" || typeof node.value === "symbol" ? Number.NaN : node.value;
	return { type: "scalar", range, value, anchor, size: 1, style: range.start === range.end ? "empty" : styleOf(node) };
}

function composeList(node: YAMLSeq, range: OffsetRange, anchor: string | null, depth: number, composition: Composition): ListNode {
	const dashes = dashOffsets(node);
	const items = node.items.map((item, index) => {
		const dash = dashes?.[index] ?? null;
		return { dash, node: composeNode(item as Node | null, depth + 1, dash === null ? range.start : dash + 1, composition) };
	});
	const size = items.reduce((total, item) => total + item.node.size, 1);
	return { type: "list", range, value: items.map((item) => item.node.value), anchor, size, flow: node.flow === true, items };
}

function composeMap(node: YAMLMap, range: OffsetRange, anchor: string | null, depth: number, composition: Composition): MapNode {
	const entries: MapEntry[] = [];
	const own = new Map<string, MapEntry>();
	const merged = new Map<string, MapEntry>();
	for (const pair of node.items) {
		const entry = composeEntry(pair, depth, composition);
		if (entry === null) continue;
		entries.push(entry);
		if (isMergeKey(pair.key)) mergeEntries(entry.node, merged, composition);
		else if (!own.has(entry.key)) own.set(entry.key, entry);
	}
	const byKey = new Map(own);
	for (const [key, entry] of merged) if (!byKey.has(key)) byKey.set(key, entry);
	const value: Record<string, unknown> = {};
	let size = 1;
	for (const [key, entry] of byKey) {
		// A key such as `__proto__` must become an ordinary property.
		Object.defineProperty(value, key, { value: entry.node.value, enumerable: true, writable: true, configurable: true });
		size += entry.node.size;
	}
	return { type: "map", range, value, anchor, size, flow: node.flow === true, entries, byKey };
}

function composeEntry(pair: Pair, depth: number, composition: Composition): MapEntry | null {
	const key = pair.key as Node | null;
	// The parser itself reports keys that are lists or mappings.
	if (!isScalar(key) || key.range === null || key.range === undefined) return null;
	const token = (pair as Pair & { srcToken?: { sep?: readonly { type: string; offset: number; source: string }[] } }).srcToken;
	const colon = token?.sep?.find((part) => part.type === "map-value-ind");
	const colonEnd = colon === undefined ? null : colon.offset + colon.source.length;
	const isEmpty = key.range[0] === key.range[1];
	const keyRange = isEmpty && colon !== undefined ? { start: colon.offset, end: colon.offset } : { start: key.range[0], end: key.range[1] };
	if (key.anchor !== undefined) composition.anchors.set(key.anchor, composeScalar(key, keyRange, key.anchor));
	const node = composeNode(pair.value as Node | null, depth + 1, colonEnd ?? keyRange.end, composition);
	return { key: isMergeKey(key) ? "<<" : String(key.value), keyRange, colonEnd, node, mergedAt: null };
}

/** Adds the entries of the mapping, or list of mappings, that a merge key names; what is there already stays. */
function mergeEntries(source: ConfigNode, merged: Map<string, MapEntry>, composition: Composition): void {
	const target = followAlias(source);
	if (target?.type === "list" && source.type !== "alias") {
		for (const item of target.items) mergeEntries(item.node, merged, composition);
	} else if (target?.type === "map") {
		for (const [key, entry] of target.byKey) if (!merged.has(key)) merged.set(key, { ...entry, mergedAt: source.range });
	} else if (target !== null) {
		report(
			composition,
			"yaml/bad-merge",
			source.range,
			t("Only a mapping can be merged with `<<`. Name one by its alias, such as `<<: *name`."),
		);
	}
}

function composeAlias(node: Alias, composition: Composition): AliasNode {
	const start = node.range?.[0] ?? 0;
	const range = { start, end: node.range?.[1] ?? start };
	const name = node.source;
	const lost: AliasNode = { type: "alias", range, value: null, anchor: null, size: 1, name, target: null };
	const target = findAnchor(name, composition);
	// The parser itself reports a star without a name.
	if (name === "") return lost;
	if (target === undefined) {
		const message = t`There is no anchor \`&${name}\` above this line. If a text that begins with a star is meant, put it in quotes: "*${name}".`;
		report(composition, "yaml/unresolved-alias", range, message);
		return lost;
	}
	if (target === null) {
		report(
			composition,
			"yaml/recursive-alias",
			range,
			t`\`*${name}\` stands inside the very node that it names. Write the value out instead.`,
		);
		return lost;
	}
	if (composition.aliasedNodes + target.size > MAX_ALIASED_NODES) {
		composition.aliasedNodes = MAX_ALIASED_NODES;
		report(
			composition,
			"yaml/alias-bomb",
			range,
			t("The aliases of this file would multiply it beyond any use. Write the values out instead."),
		);
		return lost;
	}
	composition.aliasedNodes += target.size;
	return { type: "alias", range, value: target.value, anchor: null, size: target.size, name, target };
}

function findAnchor(name: string, { anchors, before, used }: Composition): ConfigNode | null | undefined {
	if (anchors.has(name)) return anchors.get(name);
	const target = before.get(name);
	used.set(name, target);
	return target;
}

/** Adds a problem; of a kind that spreads over a whole file, only the first. */
function report(composition: Composition, code: string, range: OffsetRange, message: string): void {
	if (code === "yaml/alias-bomb" && composition.problems.some((problem) => problem.code === code)) return;
	composition.problems.push({ code, severity: "error", message, range });
}

function isMergeKey(key: unknown): boolean {
	if (!isScalar(key) || (key.type !== "PLAIN" && key.type !== undefined)) return false;
	return key.value === "<<" || (typeof key.value === "symbol" && key.value.description === "<<");
}

function dashOffsets(node: YAMLSeq): readonly number[] | null {
	const token = node.srcToken as { type: string; items?: readonly { start: readonly { type: string; offset: number }[] }[] } | undefined;
	if (token?.type !== "block-seq" || token.items === undefined) return null;
	return token.items.flatMap((item) => item.start.filter((part) => part.type === "seq-item-ind").map((part) => part.offset));
}

function styleOf(node: Scalar): ScalarStyle {
	switch (node.type) {
		case "QUOTE_SINGLE":
			return "single";
		case "QUOTE_DOUBLE":
			return "double";
		case "BLOCK_FOLDED":
		case "BLOCK_LITERAL":
			return "block";
		default:
			return "plain";
	}
}

function trimmedRange(node: Node, fallbackOffset: number, text: string): OffsetRange {
	const start = Math.min(node.range?.[0] ?? fallbackOffset, text.length);
	let end = Math.min(node.range?.[1] ?? start, text.length);
	while (end > start && /\s/.test(text[end - 1]!)) end--;
	return { start, end };
}

function emptyScalar(offset: number): ScalarNode {
	return { type: "scalar", range: { start: offset, end: offset }, value: null, anchor: null, size: 1, style: "empty" };
}
