import { t } from "../texts/translate.ts";
import { COMMON_SCHEMA, CONFIG_SCHEMAS, type ConfigKind, type JsonSchema } from "./schemas.ts";

/** A schema with the file that its own references are relative to. */
export interface LocatedSchema {
	readonly schema: JsonSchema;
	readonly file: JsonSchema;
}

/** What applies to one value: its schema, and the branches (`allOf`, `if`) that are active for it. All references are resolved. */
export interface ActiveSchema {
	/** Outermost first. */
	readonly parts: readonly LocatedSchema[];
	readonly data: unknown;
}

/** What applies to a whole file. */
export function activeRoot(kind: ConfigKind, tree: unknown): ActiveSchema {
	return activate([{ schema: CONFIG_SCHEMAS[kind], file: CONFIG_SCHEMAS[kind] }], tree);
}

/** What applies to the value of a key or to an item, also where the tree has none; null when the schema knows no such key. */
export function activeChild(parent: ActiveSchema, segment: string | number): ActiveSchema | null {
	const schemas = parent.parts.flatMap(({ schema, file }): LocatedSchema[] => {
		const child = typeof segment === "number" ? schema.items : propertyOf(schema, segment);
		return child === undefined || child.not !== undefined ? [] : [{ schema: child, file }];
	});
	return schemas.length === 0 ? null : activate(schemas, childData(parent.data, segment));
}

/** The keys that a mapping may have, in the order of the schema. */
export function allowedKeys({ parts }: ActiveSchema): readonly string[] {
	const keys = new Set(parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
	for (const { schema } of parts) {
		for (const [key, property] of Object.entries(schema.properties ?? {})) if (property.not !== undefined) keys.delete(key);
	}
	return [...keys];
}

/** The keys that a mapping must have. */
export function requiredKeys({ parts }: ActiveSchema): readonly string[] {
	return [...new Set(parts.flatMap(({ schema }) => schema.required ?? []))];
}

/** One schema with the keywords of all parts; of two, the inner part's counts, except for the title and description of a branch. */
export function mergeParts({ parts }: ActiveSchema): JsonSchema {
	return Object.assign({}, ...parts.map(({ schema }) => schema));
}

function activate(schemas: readonly LocatedSchema[], data: unknown): ActiveSchema {
	return { parts: schemas.flatMap((located) => activeParts(located, data, true)), data };
}

function activeParts(located: LocatedSchema, data: unknown, isOuter: boolean): readonly LocatedSchema[] {
	const { schema, file } = resolve(located);
	const own: JsonSchema = isOuter ? schema : withoutWords(schema);
	const branches = [...(schema.allOf ?? [])];
	const branch = schema.if === undefined ? undefined : matches(schema.if, data) ? schema.then : schema.else;
	if (branch !== undefined) branches.push(branch);
	return [{ schema: own, file }, ...branches.flatMap((each) => activeParts({ schema: each, file }, data, false))];
}

function withoutWords({ title: _title, description: _description, ...rest }: JsonSchema): JsonSchema {
	return rest;
}

/** Follows references; words that stand beside a reference count more than those of its target. */
function resolve(located: LocatedSchema): LocatedSchema {
	const { $ref, ...beside } = located.schema;
	if ($ref === undefined) return located;
	const [fileName, name] = $ref.split("#/$defs/");
	const file = fileName === "" ? located.file : COMMON_SCHEMA;
	const target = file.$defs?.[name ?? ""];
	if (target === undefined) throw new Error(t`The schemas refer to ${$ref}, which does not exist.`);
	const resolved = resolve({ schema: target, file });
	return { schema: { ...resolved.schema, ...beside }, file: resolved.file };
}

/** Whether a value satisfies the condition of an `if`; knows what our conditions use: `required`, and `const` or `enum` of a property. */
function matches(condition: JsonSchema, data: unknown): boolean {
	if (typeof data !== "object" || data === null) return false;
	const values = data as Readonly<Record<string, unknown>>;
	if (!(condition.required ?? []).every((key) => Object.hasOwn(values, key))) return false;
	return Object.entries(condition.properties ?? {}).every(([key, { enum: allowed, const: only }]) => {
		if (allowed !== undefined) return allowed.includes(values[key]);
		return only === undefined || only === values[key];
	});
}

function propertyOf(schema: JsonSchema, key: string): JsonSchema | undefined {
	if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
	return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

function childData(data: unknown, segment: string | number): unknown {
	if (typeof data !== "object" || data === null || !Object.hasOwn(data, segment)) return undefined;
	return (data as Readonly<Record<string | number, unknown>>)[segment];
}
