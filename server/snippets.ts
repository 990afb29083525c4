import { describeNode, type SchemaNode, type SchemaProperty } from "../core/schema/describe.ts";
import type { ConfigKind } from "../core/schema/schemas.ts";

/** One step of indentation. */
const STEP = "  ";

/**
 * A key with as much of its value as the schema knows to suggest, in the protocol's snippet syntax; no line end at its end.
 * @param indentation spaces before the key; further lines begin with it.
 */
export function snippetOfKey({ key, node }: SchemaProperty, indentation: string): string {
	const content = contentOf(key, node);
	if (content !== null) return `${key}:\n${indent(content, indentation + STEP)}`;
	const item = node.items === null ? null : snippetOfItem(node.items, indentation + STEP);
	if (item !== null) return `${key}:\n${indentation}${STEP}${item}`;
	switch (node.type) {
		case "object":
			return `${key}:\n${indentation}${STEP}$0`;
		case "array":
			return `${key}: [$0]`;
		default:
			return `${key}: ${snippetOfScalar(node)}`;
	}
}

/** An item of a block list, from its dash on; null when the schema suggests nothing for it. */
export function snippetOfItem(item: SchemaNode, indentation: string): string | null {
	const content = item.snippet;
	return content === null ? null : `- ${indent(content, indentation + STEP).trimStart()}`;
}

/** A new file of one kind: what it must have, its limits and its data sources. */
export function snippetOfFile(kind: ConfigKind): string {
	const root = describeNode(kind, [], null);
	const properties = root?.properties.filter(({ key, required }) => required || key === "usageCategory" || key === "dataSources") ?? [];
	return renumber(properties.map((property) => (property.key === "kind" ? `kind: ${kind}` : snippetOfKey(property, ""))).join("\n"));
}

/** The text that a snippet becomes when nothing is filled in, for clients without snippets. */
export function plainTextOf(snippet: string): string {
	return snippet
		.replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, "$1")
		.replace(/\$\{\d+:([^}]*)\}/g, "$1")
		.replace(/\$\d+/g, "");
}

/** The content of a mapping; some of the schema's snippets begin with the key of the mapping itself. */
function contentOf(key: string, node: SchemaNode): string | null {
	if (node.snippet === null || node.type !== "object") return null;
	const prefix = `${key}:\n`;
	return node.snippet.startsWith(prefix) ? node.snippet.slice(prefix.length).replaceAll(/^ {2}/gm, "") : node.snippet;
}

function snippetOfScalar(node: SchemaNode): string {
	const values = node.values.map(({ value }) => String(value));
	if (values.length === 1) return values[0] ?? "";
	if (values.length > 1) return choiceOf(values);
	if (node.type === "boolean") return choiceOf(["true", "false"]);
	const suggested = node.default ?? node.examples[0];
	return suggested === undefined || suggested === null || typeof suggested === "object"
		? "$0"
		: `\${1:${String(suggested).replace(/[\\$}]/g, "\\$&")}}`;
}

/** A place holder with a list to choose from. */
function choiceOf(values: readonly string[]): string {
	return `\${1|${values.join(",")}|}`;
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
