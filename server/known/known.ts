import type { ConfigKind } from "../../core/schema/schemas.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { CompletionContext } from "../../workspace/yaml/caret/completion-context.ts";
import type { FeatureContext } from "../feature-context.ts";

/** A value that the workspace or the linked data suggests. */
export interface KnownValue {
	/** A mapping only for a key whose value is one. */
	readonly value: string | number | Readonly<Record<string, string>>;
	/** Why, in a few words. */
	readonly detail: string;
	/** What is shown instead of a value that cannot be seen. */
	readonly label?: string;
	readonly kind?: "file" | "folder";
}

/** By key, what is suggested for it or for its items, the likeliest first; an empty list where nothing is left, not even an invented example. */
export type KnownValues = ReadonlyMap<string, readonly KnownValue[]>;

/** What is suggested where nothing is known. */
export const NOTHING_KNOWN: KnownValues = new Map();

/** What is known at one moment. */
export interface Known {
	readonly values: KnownValues;
	/** False while more is being found out. */
	readonly complete: boolean;
}

/** Where something is to be known. */
export interface KnownPlace {
	readonly context: FeatureContext;
	readonly file: WorkspaceFile;
	/** Null for a file that does not say yet. */
	readonly kind: ConfigKind | null;
	readonly place: CompletionContext;
	/** Resolves when nobody waits longer for a look into a file. */
	readonly patience: Promise<void>;
}
