import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { tellOnce } from "../config/tell-once.ts";
import { valueAt } from "../config/value-at.ts";
import { parseDay } from "../dates/day-number.ts";
import { parseInstant } from "../dates/instant.ts";
import type { ConfigProblem } from "../problems.ts";
import { checkKind } from "./check-kind.ts";
import { describeFault, type Fault } from "./describe-fault.ts";
import {
	ANNOTATION_KEYWORDS,
	COMMON_SCHEMA,
	CONFIG_KINDS,
	CONFIG_SCHEMAS,
	type ConfigKind,
	isConfigKind,
	type JsonSchema,
} from "./schemas.ts";

/** Checks configuration files against their schemas. */
export interface SchemaValidator {
	/**
	 * All `schema/*` problems of a file's plain tree, one per fault. A file whose `kind` is missing or unknown gets that problem alone,
	 * since nothing else can be judged.
	 */
	validate(tree: unknown): readonly ConfigProblem[];
}

/**
 * Makes a validator; the schemas are compiled on first use, so keep it. The items of a file's own lists are judged one by one, and what was found
 * of one is remembered for as long as that very item is in use, so that an edit costs what it touches.
 */
export function createSchemaValidator(): SchemaValidator {
	const compiled = new Map<ConfigKind, CompiledKind>();
	const compile = (kind: ConfigKind): CompiledKind => {
		if (compiled.size === 0) {
			const ajv = createAjv();
			for (const each of CONFIG_KINDS) compiled.set(each, compileKind(ajv, each));
		}
		return compiled.get(kind)!;
	};
	return {
		validate(tree) {
			const kind = typeof tree === "object" && tree !== null && "kind" in tree && !Array.isArray(tree) ? tree.kind : undefined;
			if (!isConfigKind(kind)) return checkKind(tree);
			const { frame, lists } = compile(kind);
			const frameFaults = frame(tree) ? [] : faultsOf(frame.errors ?? [], tree);
			const itemFaults = Object.entries(lists).flatMap(([list, items]) => faultsOfItems(items, list, valueAt(tree, [list])));
			const faults = [...frameFaults, ...itemFaults];
			return faults.length === 0
				? []
				: tellOnce(
						faults.map((fault) => describeFault(fault, tree, kind)),
						[],
					);
		},
	};
}

/** A kind's schema in parts: the file without the items of its own lists, and those items by list. */
interface CompiledKind {
	readonly frame: ValidateFunction;
	readonly lists: Readonly<Record<string, ItemCheck>>;
}

interface ItemCheck {
	readonly validate: ValidateFunction;
	/** The faults of items, with paths relative to them. */
	readonly known: WeakMap<object, readonly Fault[]>;
}

function compileKind(ajv: Ajv2020, kind: ConfigKind): CompiledKind {
	const schema = CONFIG_SCHEMAS[kind];
	ajv.addSchema(schema);
	const properties: Record<string, JsonSchema> = { ...schema.properties };
	const lists: Record<string, ItemCheck> = {};
	for (const [key, { items, ...list }] of Object.entries(properties)) {
		if (items === undefined) continue;
		lists[key] = { validate: ajv.getSchema(`${schema.$id}#/properties/${key}/items`)!, known: new WeakMap() };
		properties[key] = list;
	}
	return { frame: ajv.compile({ ...schema, $id: `frame-of-${schema.$id}`, properties }), lists };
}

function faultsOfItems({ validate, known }: ItemCheck, list: string, items: unknown): readonly Fault[] {
	if (!Array.isArray(items)) return [];
	const faults: Fault[] = [];
	for (const [index, item] of items.entries()) {
		const isKept = typeof item === "object" && item !== null;
		let found = isKept ? known.get(item) : undefined;
		if (found === undefined) {
			found = validate(item) ? NO_FAULTS : faultsOf(validate.errors ?? [], item);
			if (isKept) known.set(item, found);
		}
		for (const fault of found) faults.push({ ...fault, path: [list, index, ...fault.path] });
	}
	return faults;
}

const NO_FAULTS: readonly Fault[] = [];

function createAjv(): Ajv2020 {
	const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, verbose: true, messages: false });
	ajv.addVocabulary(ANNOTATION_KEYWORDS);
	ajv.addFormat("date", (text) => parseDay(text) !== null);
	ajv.addFormat("instant", (text) => parseInstant(text) !== null);
	ajv.addFormat("currency", /^[A-Z]{3}$/);
	ajv.addSchema(COMMON_SCHEMA);
	return ajv;
}

/** How telling each keyword is: of several that fail at one node, the first in this list is told. */
const KEYWORD_ORDER = [
	"not",
	"additionalProperties",
	"required",
	"enum",
	"const",
	"type",
	"minimum",
	"maximum",
	"format",
	"minLength",
	"pattern",
	"minItems",
	"uniqueItems",
];

/**
 * Reduces the validator's errors to one per fault. Branches (`if`, `allOf`) also report that they failed as a whole, and a key that is
 * judged by several of them is reported by each.
 */
function faultsOf(errors: readonly ErrorObject[], tree: unknown): readonly Fault[] {
	const byPlace = new Map<string, Fault>();
	for (const error of errors) {
		const rank = KEYWORD_ORDER.indexOf(error.keyword);
		if (rank < 0) continue;
		const path = pathOf(error, tree);
		const place = JSON.stringify([path, error.keyword === "required"]);
		const earlier = byPlace.get(place);
		if (earlier !== undefined && KEYWORD_ORDER.indexOf(earlier.keyword) <= rank) continue;
		byPlace.set(place, {
			keyword: error.keyword,
			path,
			data: dataOf(error),
			schema: error.parentSchema as JsonSchema,
		});
	}
	return [...byPlace.values()];
}

/** Path of the faulty node; for a missing or unknown key, of that key. */
function pathOf(error: ErrorObject, tree: unknown): readonly (string | number)[] {
	const path: (string | number)[] = [];
	let node = tree;
	for (const token of error.instancePath.split("/").slice(1)) {
		const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
		const segment = Array.isArray(node) ? Number(key) : key;
		path.push(segment);
		node = typeof node === "object" && node !== null ? (node as Record<string | number, unknown>)[segment] : undefined;
	}
	if (error.keyword === "required") path.push(String(error.params["missingProperty"]));
	if (error.keyword === "additionalProperties") path.push(String(error.params["additionalProperty"]));
	if (error.keyword === "uniqueItems") path.push(Math.max(Number(error.params["i"]), Number(error.params["j"])));
	return path;
}

function dataOf(error: ErrorObject): unknown {
	if (error.keyword !== "additionalProperties") return error.data;
	return (error.data as Record<string, unknown>)[String(error.params["additionalProperty"])];
}
