import type { ConfigPath } from "../problems.ts";

/** What stands at a path of a plain tree; undefined when there is no such node. Inherited properties are no nodes. */
export function valueAt(tree: unknown, path: ConfigPath): unknown {
	let node = tree;
	for (const step of path) {
		if (typeof node !== "object" || node === null || !Object.hasOwn(node, step)) return undefined;
		node = (node as Readonly<Record<string | number, unknown>>)[step];
	}
	return node;
}

/** A text and where it stands. */
export interface PlacedText {
	/** Trimmed, not empty. */
	readonly text: string;
	readonly path: ConfigPath;
}

/** The usable texts of the list at a path, in order; entries that are no text or empty are left out, but keep their index. */
export function textsAt(tree: unknown, path: ConfigPath): readonly PlacedText[] {
	return listAt(tree, path).flatMap((entry, index) => {
		const text = readText(entry);
		return text === null ? [] : [{ text, path: [...path, index] }];
	});
}

/** The entries of the list at a path, of any type; none when there is no list. */
export function listAt(tree: unknown, path: ConfigPath): readonly unknown[] {
	const value = valueAt(tree, path);
	return Array.isArray(value) ? value : [];
}

/** A text, trimmed; null for an empty one and for every other type. */
export function readText(value: unknown): string | null {
	const text = typeof value === "string" ? value.trim() : "";
	return text === "" ? null : text;
}

/** Whether nothing is written: no key, no value, or a mapping without keys. */
export function isNothing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0;
}
