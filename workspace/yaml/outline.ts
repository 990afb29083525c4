import { type ConfigNode, followAlias, type OffsetRange } from "./config-node.ts";

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

/** A file's structure, without following aliases. */
export function outlineOf(root: ConfigNode | null, text: string): readonly OutlineEntry[] {
	return root === null ? [] : childrenOf(root, text);
}

function childrenOf(node: ConfigNode, text: string): readonly OutlineEntry[] {
	if (node.type === "map") {
		return node.entries.map((entry) =>
			describe(entry.key === "" ? "(no key)" : entry.key, entry.keyRange, entry.keyRange.start, entry.node, text),
		);
	}
	if (node.type === "list") {
		return node.items.flatMap((item, index) => {
			// The items of a list of texts say nothing that the list itself does not.
			if (item.node.type !== "map") return [];
			const naming = NAMING_KEYS.map((key) => item.node.type === "map" && item.node.byKey.get(key)).find(
				(entry) => entry !== undefined && entry !== false && entry.mergedAt === null,
			);
			const name = naming === undefined || naming === false ? "" : summaryOf(naming.node);
			const selection = name === "" || naming === undefined || naming === false ? null : naming.node.range;
			return [describe(name === "" ? `Item ${index + 1}` : name, selection, item.node.range.start, item.node, text)];
		});
	}
	return [];
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
	if (target.items.every((item) => item.node.type === "scalar")) return target.items.map((item) => String(item.node.value)).join(", ");
	return target.items.length === 1 ? "1 entry" : `${target.items.length} entries`;
}

function typeOf(node: ConfigNode): OutlineEntry["type"] {
	const target = followAlias(node);
	if (target === null || target.value === null) return "empty";
	if (target.type !== "scalar") return target.type;
	if (typeof target.value === "number") return "number";
	return typeof target.value === "boolean" ? "boolean" : "text";
}

function endOfLine(offset: number, text: string): number {
	const end = text.slice(offset).search(/[\r\n]/);
	return end < 0 ? text.length : offset + end;
}
