import { describeNode, type SchemaNode, type SchemaProperty } from "../core/schema/describe.ts";
import type { ConfigKind } from "../core/schema/schemas.ts";
import { renderPlainValue } from "../workspace/yaml/edits/render-value.ts";
import { type KnownValue, type KnownValues, NOTHING_KNOWN } from "./known/known.ts";

/** One step of indentation. */
const STEP = "  ";

/**
 * A key with as much of its value as the schema and the workspace know to suggest, in the protocol's snippet syntax; no line end at its end.
 * @param indentation spaces before the key; further lines begin with it.
 */
export function snippetOfKey({ key, node }: SchemaProperty, indentation: string, known: KnownValues = NOTHING_KNOWN): string {
	const isPlainList = node.type === "array" && node.items?.snippet === null;
	const block = isPlainList ? null : snippetOfBlock(key, node, indentation, known);
	if (block !== null) return `${key}:${block}`;
	if (node.type === "object") return `${key}:\n${indentation}${STEP}$0`;
	return node.type === "array" ? `${key}: [$0]` : fill(`${key}: ${placeHolderOf(node, false, 1)}`, known);
}

/**
 * The value of a key on the lines below it, beginning with the line end; null when the schema suggests none.
 * @param indentation spaces before the key.
 */
export function snippetOfBlock(key: string, node: SchemaNode, indentation: string, known: KnownValues = NOTHING_KNOWN): string | null {
	const inner = indentation + STEP;
	if (node.type === "array") {
		const item = node.items === null ? null : snippetOfItem(node.items, inner, known, key);
		return item === null ? null : `\n${inner}${item}`;
	}
	const content = node.type === "object" ? contentOf(key, node, known) : null;
	return content === null ? null : `\n${indent(fill(content, known), inner)}`;
}

/**
 * An item of a block list, from its dash on; null when the schema suggests nothing for it.
 * @param list the key of the list.
 */
export function snippetOfItem(item: SchemaNode, indentation: string, known: KnownValues = NOTHING_KNOWN, list = ""): string | null {
	if (item.snippet !== null) return `- ${indent(fill(item.snippet, known), indentation + STEP).trimStart()}`;
	if (item.type === "object" || item.type === "array") return null;
	return `- ${choiceOfKnown(known.get(list), 1) ?? placeHolderOf(item, false, 1)}`;
}

/** A mapping or list in braces or brackets, with what it must have; null when the schema names nothing of it. */
export function snippetInline(key: string, node: SchemaNode, known: KnownValues = NOTHING_KNOWN): string | null {
	const mapping = knownMapping(key, known);
	if (mapping !== null) {
		const entries = mapping.map(([ours, theirs], index) => `${ours}: \${${index + 1}:${escapeSnippet(renderKnownValue(theirs, IN_FLOW))}}`);
		return `{ ${entries.join(", ")} }`;
	}
	const snippet = inlineOf(node, { last: 0 }, known);
	return snippet === "{}" || snippet === "[]" ? null : snippet;
}

/** A new file of one kind: what it must have, its limits and its data sources. */
export function snippetOfFile(kind: ConfigKind, known: KnownValues): string {
	const root = describeNode(kind, [], null);
	const properties = root?.properties.filter(({ key, required }) => required || key === "usageCategory" || key === "dataSources") ?? [];
	return renumber(properties.map((property) => (property.key === "kind" ? `kind: ${kind}` : snippetOfKey(property, "", known))).join("\n"));
}

/** The text that a snippet becomes when nothing is filled in, for clients without snippets. */
export function plainTextOf(snippet: string): string {
	return snippet
		.replace(/\$\{\d+\|((?:[^\\,|]|\\.)*)(?:[^\\|]|\\.)*\|\}/g, "$1")
		.replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, "$1")
		.replace(/\$\d+/g, "")
		.replace(/\\([\\$},|])/g, "$1");
}

/** The content of a mapping; some of the schema's snippets begin with the key of the mapping itself. Without one, the columns that it must have. */
function contentOf(key: string, node: SchemaNode, known: KnownValues): string | null {
	const mapping = knownMapping(key, known);
	if (mapping !== null)
		return mapping.map(([ours, theirs], index) => `${ours}: ${choiceOfKnown(startingWith(known.get(ours), theirs), index + 1)}`).join("\n");
	if (node.snippet === null) {
		const columns = node.properties.filter((property) => property.node.requiredColumn);
		return columns.length === 0
			? null
			: columns.map((column, index) => `${column.key}: ${placeHolderOf(column.node, false, index + 1)}`).join("\n");
	}
	const prefix = `${key}:\n`;
	return node.snippet.startsWith(prefix) ? node.snippet.slice(prefix.length).replaceAll(/^ {2}/gm, "") : node.snippet;
}

function inlineOf(node: SchemaNode, count: { last: number }, known: KnownValues): string {
	if (node.type === "array") return node.items === null ? "[]" : `[${inlineOf(node.items, count, known)}]`;
	if (node.type !== "object") return placeHolderOf(node, true, ++count.last);
	const entries = node.properties
		.filter((property) => property.required || property.node.requiredColumn)
		.map(({ key, node: child }) => {
			const likeliest = known.get(key)?.[0]?.value;
			const isScalar = likeliest !== undefined && typeof likeliest !== "object";
			return `${key}: ${inlineOf(isScalar && child.type !== "array" ? { ...child, default: likeliest } : child, count, known)}`;
		});
	return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** What stands for a value until a person chooses one. */
function placeHolderOf(node: SchemaNode, inFlow: boolean, number: number): string {
	const values = node.values.map(({ value }) => value);
	const write = (value: unknown) => renderPlainValue(value, { inFlow, quote: null });
	if (values.length === 1) return write(values[0]);
	if (values.length > 1) return choiceOf(values.map(write), number);
	if (node.type === "boolean") return choiceOf(node.default === false ? ["false", "true"] : ["true", "false"], number);
	const suggested = node.default ?? node.examples[0];
	if (suggested === undefined || suggested === null || typeof suggested === "object") return `$${inFlow ? number : 0}`;
	// Who changes a pattern may begin it with the star, which then must be in quotes.
	if (typeof suggested === "string" && suggested.includes("*")) return `"\${${number}:${escapeSnippet(suggested)}}"`;
	return `\${${number}:${escapeSnippet(write(suggested))}}`;
}

/** A value that the workspace knows, as it is written at a place. Who changes a pattern may begin it with the star, which then must be in quotes. */
export function renderKnownValue(value: unknown, place: Parameters<typeof renderPlainValue>[1]): string {
	return typeof value === "string" && value.includes("*") && place.quote === null ? JSON.stringify(value) : renderPlainValue(value, place);
}

const IN_FLOW = { inFlow: true, quote: null } as const;

/** Nobody goes through more in the middle of a snippet. */
const MAX_CHOICES = 12;

/** A place holder with the likeliest of what is known; null when nothing is. */
function choiceOfKnown(values: readonly KnownValue[] | undefined, number: number): string | null {
	const written = (values ?? [])
		.filter(({ value }) => typeof value !== "object")
		.slice(0, MAX_CHOICES)
		.map(({ value }) => renderKnownValue(value, { inFlow: false, quote: null }));
	return written.length === 0 ? null : choiceOf(written, number);
}

function startingWith(values: readonly KnownValue[] | undefined, first: string): readonly KnownValue[] {
	return [{ value: first, detail: "" }, ...(values ?? []).filter(({ value }) => value !== first)];
}

/** The entries of a mapping that is known as a whole. */
function knownMapping(key: string, known: KnownValues): readonly (readonly [string, string])[] | null {
	const value = known.get(key)?.[0]?.value;
	return typeof value === "object" ? Object.entries(value) : null;
}

/** A place holder with a list to choose from; for one text, with that text. */
function choiceOf(values: readonly string[], number: number): string {
	if (values.length === 1) return `\${${number}:${escapeSnippet(values[0]!)}}`;
	return `\${${number}|${values.map((value) => value.replace(/[\\,|]/g, "\\$&")).join(",")}|}`;
}

/** A text that means itself in a snippet. */
export function escapeSnippet(text: string): string {
	return text.replace(/[\\$}]/g, "\\$&");
}

/** Puts what the workspace knows in the place of the schema's examples. */
function fill(snippet: string, known: KnownValues): string {
	return snippet.replace(/^(\s*)(\w+): \$\{(\d+)[:|].*\}$/gm, (line: string, indentation: string, key: string, number: string) => {
		const choice = choiceOfKnown(known.get(key), Number(number));
		return choice === null ? line : `${indentation}${key}: ${choice}`;
	});
}

function indent(text: string, indentation: string): string {
	return text
		.split("\n")
		.map((line) => indentation + line)
		.join("\n");
}

/** Place holders of several snippets in one, each with a number of its own in the order of the text. */
function renumber(snippet: string): string {
	let last = 0;
	return snippet.replace(/\$\{\d+([:|])/g, (_, mark: string) => `\${${++last}${mark}`).replaceAll("$0", "");
}
