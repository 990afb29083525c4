import type { ConfigFix, ConfigPath, ConfigProblem, ProblemAnchor } from "../problems.ts";
import { t } from "../texts/translate.ts";
import { closestWord, shortenedWord } from "./closest-word.ts";
import { describeNode, type SchemaNode } from "./describe.ts";
import {
	describeExpected,
	describeFormat,
	describeRange,
	describeType,
	describeValue,
	formatNumber,
	isBlank,
	listWords,
} from "./describe-value.ts";
import { CONFIG_KINDS, CONFIG_SCHEMAS, type ConfigKind, type JsonSchema } from "./schemas.ts";

/** One fault as the validator found it. */
export interface Fault {
	/** The keyword of the schema that failed. */
	readonly keyword: string;
	/** Path of the faulty node; for a missing or unknown key, of that key. */
	readonly path: ConfigPath;
	readonly data: unknown;
	/** The schema that has the keyword. */
	readonly schema: JsonSchema;
}

/** Says in words what is wrong, and how it can be repaired. */
export function describeFault(fault: Fault, tree: unknown, kind: ConfigKind): ConfigProblem {
	const { keyword, path, data, schema } = fault;
	const name = nameOf(path);
	if (keyword === "required") return describeMissingKey(fault, tree, kind);
	if (keyword === "additionalProperties") return describeUnknownKey(fault, tree, kind);
	if (keyword === "not")
		return problem(
			"schema/not-allowed-here",
			path,
			"key",
			schema["x-message"] === undefined ? t`${name} has no meaning here.` : `${name} ${t(schema["x-message"])}.`,
			[removal(path)],
		);
	const toFillIn = describePlaceholder(path, data);
	if (toFillIn !== null) return problem(isBlank(data) ? "schema/empty-value" : "schema/wrong-format", path, "value", toFillIn, []);
	if (keyword !== "minItems" && keyword !== "uniqueItems" && isBlank(data)) return describeEmpty(fault, tree, kind);
	switch (keyword) {
		case "enum":
		case "const":
			return describeUnknownValue(fault, kind);
		case "minimum":
		case "maximum":
			return problem(
				"schema/out-of-range",
				path,
				"value",
				t`${name} must be ${describeRange(schema)}, not ${formatNumber(Number(data))}.`,
				[],
			);
		case "format":
			return problem(
				"schema/wrong-format",
				path,
				"value",
				t`${name} must be ${describeFormat(schema)}, not ${describeValue(data)}.`,
				formatFixes(fault),
			);
		case "minItems":
			return problem("schema/empty-value", path, "value", t`${name} is an empty list. Give it at least one entry.`, []);
		case "uniqueItems":
			return problem(
				"schema/duplicate-item",
				path,
				"value",
				t`This item of \`${String(path.findLast((segment) => typeof segment === "string") ?? "")}\` has the same value as another one. Remove one of the two.`,
				[removal(path)],
			);
		default:
			return describeWrongType(fault);
	}
}

/** What is asked for where a fix of ours has left a blank, or somebody has not got round to it; null anywhere else. */
function describePlaceholder(path: ConfigPath, data: unknown): string | null {
	if (path.length !== 3 || path[0] !== "limitAdvice") return null;
	if (path[2] === "reference" && isBlank(data)) return t("Fill in the number of the support case or letter.");
	return path[2] === "date" && (isBlank(data) || data === DATE_PLACEHOLDER)
		? t`Fill in the date of the advice as ${DATE_PLACEHOLDER}.`
		: null;
}

/** Stands in new advice until somebody writes its date. */
const DATE_PLACEHOLDER = "YYYY-MM-DD";

function describeMissingKey({ path, schema }: Fault, tree: unknown, kind: ConfigKind): ConfigProblem {
	const parent = path.slice(0, -1);
	const key = String(path.at(-1));
	const node = describeNode(kind, path, tree);
	const fixes = node === null ? [] : additionsOf(path, node);
	const owner = parent.length === 0 ? t`A file of kind ${kind}` : nameOf(parent).replace(/^An item of `(.*)`$/, "This entry of `$1`");
	const message = schema["x-message"] === undefined ? t`${owner} needs \`${key}\`.` : `${owner} ${t(schema["x-message"])}.`;
	return { ...problem("schema/missing-key", parent, "key", message, fixes), missing: path };
}

/** What adds a key: with its default, or with a blank that is a fault until somebody fills it in; none for what is no single value. */
function additionsOf(path: ConfigPath, node: SchemaNode): readonly ConfigFix[] {
	const key = String(path.at(-1));
	const value = node.default;
	if (value !== undefined) return [{ kind: "set", title: t`Add \`${key}: ${String(value)}\``, preferred: true, path, value }];
	if (node.type === "array" || node.type === "object") return [];
	const blank = node.format === "date" ? DATE_PLACEHOLDER : "";
	return [{ kind: "set", title: t`Add \`${key}\``, preferred: false, path, value: blank }];
}

function describeUnknownKey({ path, schema }: Fault, tree: unknown, kind: ConfigKind): ConfigProblem {
	const key = String(path.at(-1));
	const parent = path.slice(0, -1);
	const other = otherKind(kind);
	if (parent.length === 0 && Object.hasOwn(CONFIG_SCHEMAS[other].properties ?? {}, key)) {
		return problem(
			"schema/not-allowed-here",
			path,
			"key",
			t`\`${key}\` belongs in a file of kind ${other}, and this is one of kind ${kind}. Move it there.`,
			[removal(path)],
		);
	}
	const known = Object.keys(schema.properties ?? {});
	const present = new Set(Object.keys(objectAt(tree, parent)));
	const allowed = describeNode(kind, parent, tree)?.properties.map((property) => property.key) ?? known;
	const absent = known.filter((word) => !present.has(word));
	const meant = closestWord(key, known) ?? shortenedWord(key, absent);
	if (meant !== null && present.has(meant)) {
		return problem(
			"schema/unknown-key",
			path,
			"key",
			t`Unknown key \`${key}\`, and \`${meant}\` is there already. Remove one of the two.`,
			[removal(path)],
		);
	}
	if (meant !== null) {
		const rename: ConfigFix = { kind: "rename-key", title: t`Change to \`${meant}\``, preferred: true, path, newKey: meant };
		return problem("schema/unknown-key", path, "key", t`Unknown key \`${key}\`. Did you mean \`${meant}\`?`, [rename, removal(path)]);
	}
	const what = key === "" ? t("A key is missing before the colon.") : t`Unknown key \`${key}\`.`;
	return problem("schema/unknown-key", path, "key", t`${what} The keys here are ${listWords(allowed, "and")}.`, [removal(path)]);
}

function describeUnknownValue({ path, data, schema }: Fault, kind: ConfigKind): ConfigProblem {
	const allowed = (schema.enum ?? [schema.const]).map(String);
	const meant = typeof data === "string" ? (closestWord(data, allowed) ?? shortenedWord(data, allowed)) : null;
	const elsewhere = meant === null && describeNode(otherKind(kind), path, null)?.values.some(({ value }) => value === data) === true;
	const hint = meant !== null ? t` Did you mean \`${meant}\`?` : elsewhere ? t` That belongs in a file of kind ${otherKind(kind)}.` : "";
	const fixes: readonly ConfigFix[] =
		meant === null ? [] : [{ kind: "set", title: t`Change to \`${meant}\``, preferred: true, path, value: meant }];
	return problem(
		"schema/unknown-value",
		path,
		"value",
		t`${nameOf(path)} must be ${listWords(allowed, "or")}, not ${describeValue(data)}.${hint}`,
		fixes,
	);
}

function describeEmpty({ path, schema }: Fault, tree: unknown, kind: ConfigKind): ConfigProblem {
	const key = path.at(-1);
	const parent = describeNode(kind, path.slice(0, -1), tree);
	const optional = typeof key === "number" || parent?.properties.find((property) => property.key === key)?.required !== true;
	const fixes = optional ? [removal(path)] : [];
	return problem(
		"schema/empty-value",
		path,
		"value",
		t`${nameOf(path)} is empty. Write ${describeExpected(schema)}${optional ? t(", or remove it") : ""}.`,
		fixes,
	);
}

function describeWrongType({ path, data, schema }: Fault): ConfigProblem {
	const value = convert(data, schema.type);
	const title =
		typeof value === "string"
			? t("Put it in quotes")
			: Array.isArray(value)
				? t("Make it a list")
				: t`Write \`${String(value)}\` without quotes`;
	const written = schema.type === "array" && typeof data === "string" ? data.split(",") : [];
	const parts = written.map((part) => part.trim()).filter((part) => part !== "");
	const isOne = parts.length < 2;
	const fixes: readonly ConfigFix[] = [
		...(isOne ? [] : [{ kind: "set", title: t`Make it a list of ${parts.length}`, preferred: false, path, value: parts } as const]),
		// A comma may belong to a name, or stand between two.
		...(value === undefined ? [] : [{ kind: "set", title, preferred: isOne, path, value } as const]),
		...thousandsFix(path, data, schema.type),
	];
	const hint = typeof value === "string" ? t(" Put it in quotes.") : "";
	const isCollection = typeof data === "object" && data !== null;
	const anchor: ProblemAnchor = isCollection ? "key" : "value";
	const found = schema.type === "integer" && typeof data === "number" && Number.isFinite(data) ? formatNumber(data) : describeValue(data);
	return problem("schema/wrong-type", path, anchor, t`${nameOf(path)} must be ${describeType(schema)}, not ${found}.${hint}`, fixes);
}

/** The value in the wanted type, where it says one without doubt; else undefined. */
function convert(data: unknown, type: string | undefined): unknown {
	if (type === "string" && (typeof data === "number" || typeof data === "boolean")) return String(data);
	if (type === "array" && typeof data === "string") return [data];
	if (typeof data !== "string") return undefined;
	const text = data.trim();
	if (type === "integer" && /^[-+]?\d{1,9}$/.test(text)) return Number(text);
	if (type === "number" && /^[-+]?\d{1,9}(\.\d{1,6})?$/.test(text)) return Number(text);
	if (type === "boolean" && /^(yes|on|true)$/i.test(text)) return true;
	if (type === "boolean" && /^(no|off|false)$/i.test(text)) return false;
	return undefined;
}

/** `1,250` is probably a number of more than a thousand; a person says so. */
function thousandsFix(path: ConfigPath, data: unknown, type: string | undefined): readonly ConfigFix[] {
	if ((type !== "integer" && type !== "number") || typeof data !== "string" || !/^\d{1,3}([,.' ]\d{3})+$/.test(data.trim())) return [];
	const value = Number(data.replaceAll(/\D/g, ""));
	return [{ kind: "set", title: t`Write \`${value}\``, preferred: false, path, value }];
}

/** The days that a text may mean which is written in another order or without zeros: two where the month may be either number. */
function daysMeant(text: string): readonly string[] {
	const yearFirst = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text);
	if (yearFirst !== null) return isoDay(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!);
	const yearLast = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text);
	if (yearLast === null) return [];
	const [, first, second, year] = yearLast as unknown as [string, string, string, string];
	return [...new Set([...isoDay(year, second, first), ...isoDay(year, first, second)])];
}

/** A day of the calendar as YYYY-MM-DD; none when there is no such day. */
function isoDay(year: string, month: string, day: string): readonly string[] {
	const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
	const instant = Date.parse(`${written}T00:00:00Z`);
	return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(written) ? [written] : [];
}

function formatFixes({ data, path, schema }: Fault): readonly ConfigFix[] {
	if (schema.format === "date" && typeof data === "string") {
		const days = daysMeant(data.trim());
		return days.map((value) => ({ kind: "set", title: t`Change to ${value}`, preferred: days.length === 1, path, value }));
	}
	if (schema.format !== "currency" || typeof data !== "string" || !/^[A-Za-z]{3}$/.test(data.trim())) return [];
	const value = data.trim().toUpperCase();
	return [{ kind: "set", title: t`Change to \`${value}\``, preferred: true, path, value }];
}

function problem(code: string, path: ConfigPath, anchor: ProblemAnchor, message: string, fixes: readonly ConfigFix[]): ConfigProblem {
	return { code, severity: "error", message, path, anchor, ...(fixes.length === 0 ? {} : { fixes }) };
}

function removal(path: ConfigPath): ConfigFix {
	const key = path.at(-1);
	return {
		kind: "remove",
		title: typeof key === "string" && key !== "" ? t`Remove \`${key}\`` : t("Remove this entry"),
		preferred: false,
		path,
	};
}

/** How a message names a node: its key, or the list that it is an item of. */
function nameOf(path: ConfigPath): string {
	const key = path.at(-1);
	if (typeof key === "string") return `\`${key}\``;
	const list = path.findLast((segment) => typeof segment === "string");
	return list === undefined ? t("The file") : t`An item of \`${list}\``;
}

function otherKind(kind: ConfigKind): ConfigKind {
	return CONFIG_KINDS.find((candidate) => candidate !== kind)!;
}

function objectAt(tree: unknown, path: ConfigPath): object {
	let node = tree;
	for (const segment of path)
		node = typeof node === "object" && node !== null ? (node as Readonly<Record<string | number, unknown>>)[segment] : null;
	return typeof node === "object" && node !== null ? node : {};
}
