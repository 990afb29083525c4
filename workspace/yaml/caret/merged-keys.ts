import type { ConfigPath } from "../../../core/problems.ts";
import { type ConfigNode, followAlias } from "../config-node.ts";

/** Keys of the mapping at a path that it has by a merge; none when there is no such mapping. */
export function mergedKeysAt(root: ConfigNode | null, path: ConfigPath): readonly string[] {
	let node = root === null ? null : followAlias(root);
	for (const step of path) {
		const child: ConfigNode | undefined =
			node?.type === "map" ? node.byKey.get(String(step))?.node : node?.type === "list" ? node.items[Number(step)]?.node : undefined;
		node = child === undefined ? null : followAlias(child);
	}
	if (node?.type !== "map") return [];
	return [...node.byKey].filter(([, entry]) => entry.mergedAt !== null).map(([key]) => key);
}
