import common from "../../schemas/common.schema.json" with { type: "json" };
import instance from "../../schemas/instance.schema.json" with { type: "json" };
import project from "../../schemas/project.schema.json" with { type: "json" };

/** The kinds of configuration file, in the order in which messages name them. */
export const CONFIG_KINDS = ["project", "instance"] as const;
export type ConfigKind = (typeof CONFIG_KINDS)[number];

/** The part of JSON Schema that our schemas use; keywords that begin with `x-` are our own and constrain nothing. */
export interface JsonSchema {
	readonly $id?: string;
	readonly $ref?: string;
	readonly $defs?: Readonly<Record<string, JsonSchema>>;
	readonly title?: string;
	readonly description?: string;
	readonly default?: unknown;
	readonly examples?: readonly unknown[];
	readonly type?: string;
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly format?: string;
	readonly pattern?: string;
	readonly minLength?: number;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minItems?: number;
	readonly uniqueItems?: boolean;
	readonly items?: JsonSchema;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly additionalProperties?: boolean | JsonSchema;
	readonly required?: readonly string[];
	readonly allOf?: readonly JsonSchema[];
	readonly if?: JsonSchema;
	readonly then?: JsonSchema;
	readonly else?: JsonSchema;
	readonly not?: JsonSchema;
	/** Unit of a number, such as `days`. */
	readonly "x-unit"?: string;
	/** Where the value stands in the vendor's database. */
	readonly "x-source"?: string;
	/** What each value of an `enum` means. */
	readonly "x-values"?: Readonly<Record<string, string>>;
	/** Text to insert for a whole block, with the place holders of the language server protocol. */
	readonly "x-snippet"?: string;
	/** Ends the message of a fault, after the key's name. */
	readonly "x-message"?: string;
	/** A column that the source must have. */
	readonly "x-required-column"?: boolean;
}

/** Our own keywords, which a validator must be told to ignore. */
export const ANNOTATION_KEYWORDS = ["x-unit", "x-source", "x-values", "x-snippet", "x-message", "x-required-column"];

/** The schemas by kind of file. */
export const CONFIG_SCHEMAS: Readonly<Record<ConfigKind, JsonSchema>> = { project, instance };

/** Definitions that both schemas refer to as `common.schema.json#/$defs/…`. */
export const COMMON_SCHEMA: JsonSchema = common;

/** Whether a text is one of the kinds of configuration file. */
export function isConfigKind(value: unknown): value is ConfigKind {
	return CONFIG_KINDS.some((kind) => kind === value);
}
