import type { ConfigPath } from "../problems.ts";
import { t } from "../texts/translate.ts";
import { type ActiveSchema, activeChild, activeRoot, allowedKeys, mergeParts, requiredKeys } from "./active-schema.ts";
import type { ConfigKind } from "./schemas.ts";

/** What the schema says about one place of a configuration file: all that hover, completion and documentation show. */
export interface SchemaNode {
	readonly title: string;
	/** One to three sentences, plain text. */
	readonly description: string;
	readonly type: SchemaType;
	/** Undefined when there is no default. */
	readonly default: unknown;
	readonly examples: readonly unknown[];
	/** Unit of a number, such as `days`. */
	readonly unit: string | null;
	/** Where the value stands in the vendor's database. */
	readonly source: string | null;
	/**
	 * A whole value to insert, with the place holders of the language server protocol, lines separated by `\n` and indented by two spaces;
	 * for an optional block at the root it begins with the key, otherwise it is the content of the mapping.
	 */
	readonly snippet: string | null;
	/** The only values that are allowed, in the order of the schema; empty when any is. */
	readonly values: readonly { readonly value: unknown; readonly meaning: string | null }[];
	/** `date` (`YYYY-MM-DD`), `instant` (ISO 8601), `currency`; null for any text. */
	readonly format: string | null;
	readonly minimum: number | null;
	readonly maximum: number | null;
	/** Keys that a mapping may have here, considering `type` and `provides` of the actual tree, in the order of the schema. */
	readonly properties: readonly SchemaProperty[];
	/** What every item of a list is; null for anything but a list. */
	readonly items: SchemaNode | null;
	/** For a column: whether the source must have it. */
	readonly requiredColumn: boolean;
}

/** One key of a mapping. */
export interface SchemaProperty {
	readonly key: string;
	readonly required: boolean;
	readonly node: SchemaNode;
}

export type SchemaType = "string" | "integer" | "number" | "boolean" | "array" | "object";

/**
 * What the schema says about a path, whether or not the tree has a node there; the path of an item is that of the list and any index.
 * Null when no such key exists.
 * @param tree the file's plain tree, also a broken one; decides what the keys of a data source may be.
 */
export function describeNode(kind: ConfigKind, path: ConfigPath, tree: unknown): SchemaNode | null {
	let active: ActiveSchema | null = activeRoot(kind, tree);
	for (const segment of path) {
		active = activeChild(active, segment);
		if (active === null) return null;
	}
	return toNode(active);
}

function toNode(active: ActiveSchema): SchemaNode {
	const schema = mergeParts(active);
	const required = new Set(requiredKeys(active));
	const items = schema.type === "array" ? activeChild({ ...active, data: undefined }, 0) : null;
	return {
		title: t(schema.title ?? ""),
		description: t(schema.description ?? ""),
		type: (schema.type ?? "object") as SchemaType,
		default: schema.default,
		examples: schema.examples ?? [],
		unit: schema["x-unit"] === undefined ? null : t(schema["x-unit"]),
		source: schema["x-source"] ?? null,
		snippet: schema["x-snippet"] ?? null,
		values: (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).map((value) => ({
			value,
			meaning: schema["x-values"]?.[String(value)] === undefined ? null : t(schema["x-values"][String(value)]!),
		})),
		format: schema.format ?? null,
		minimum: schema.minimum ?? null,
		maximum: schema.maximum ?? null,
		properties: allowedKeys(active).flatMap((key) => {
			const child = activeChild(active, key);
			return child === null ? [] : [{ key, required: required.has(key), node: toNode(child) }];
		}),
		items: items === null ? null : toNode(items),
		requiredColumn: schema["x-required-column"] === true,
	};
}
