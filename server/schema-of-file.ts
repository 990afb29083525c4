import type { ConfigPath } from "../core/problems.ts";
import { describeNode, type SchemaNode } from "../core/schema/describe.ts";
import { CONFIG_KINDS, type ConfigKind } from "../core/schema/schemas.ts";
import type { WorkspaceFile } from "../workspace/workspace.ts";
import { isReadable } from "../workspace/workspace-file.ts";

/** What the schema says about a path of a file, as the file is now or, while it is broken, as it last was; null when it says nothing. */
export function describeAt(file: WorkspaceFile, path: ConfigPath): SchemaNode | null {
	for (const tree of treesOf(file)) {
		const kind = kindIn(tree);
		const node = kind === null ? null : describeNode(kind, path, tree);
		if (node !== null) return node;
	}
	return null;
}

/** The kind that a file says or last said it is; null when it never did. */
export function kindOf(file: WorkspaceFile): ConfigKind | null {
	return (
		treesOf(file)
			.map(kindIn)
			.find((kind) => kind !== null) ?? null
	);
}

function treesOf(file: WorkspaceFile): readonly unknown[] {
	const current = file.config.tree;
	return isReadable(file.parsed) || file.lastGood === null ? [current] : [current, file.lastGood.tree];
}

function kindIn(tree: unknown): ConfigKind | null {
	const written: unknown = typeof tree === "object" && tree !== null && "kind" in tree ? tree.kind : null;
	return CONFIG_KINDS.find((kind) => kind === written) ?? null;
}
