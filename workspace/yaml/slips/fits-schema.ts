import { type ActiveSchema, activeChild, activeRoot, mergeParts } from "../../../core/schema/active-schema.ts";
import { isConfigKind } from "../../../core/schema/schemas.ts";

/** How many nodes of a tree stand where the schema knows none of their kind; 0 for a tree that does not say what it is. */
export function countMisfits(tree: unknown): number {
	if (typeof tree !== "object" || tree === null || !("kind" in tree) || !isConfigKind(tree.kind)) return 0;
	return misfitsIn(activeRoot(tree.kind, tree), tree);
}

function misfitsIn(active: ActiveSchema, value: unknown): number {
	const { type } = mergeParts(active);
	if (value === null) return 0;
	if (Array.isArray(value)) {
		if (type !== "array") return 1;
		return value.reduce<number>((total, item, index) => total + misfitsBelow(active, index, item), 0);
	}
	if (typeof value !== "object") return type === "object" || type === "array" ? 1 : 0;
	if (type === "array" || (type !== undefined && type !== "object")) return 1;
	return Object.entries(value).reduce((total, [key, child]) => total + misfitsBelow(active, key, child), 0);
}

function misfitsBelow(active: ActiveSchema, segment: string | number, value: unknown): number {
	const child = activeChild(active, segment);
	return child === null ? 1 : misfitsIn(child, value);
}
