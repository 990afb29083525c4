import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ConfigPath } from "../core/problems.ts";
import { describeNode, type SchemaNode, type SchemaProperty } from "../core/schema/describe.ts";
import { type ConfigKind, isConfigKind } from "../core/schema/schemas.ts";

/** The document whose tables are generated, relative to the project's root. */
export const REFERENCE_FILE = "docs/configuration.md";

/**
 * The document with each generated block made anew: what stands between `<!-- reference: kind path -->`, such as
 * `<!-- reference: instance dataSources[] -->`, and `<!-- end of reference -->` becomes the table of that mapping's keys.
 * `columns` instead of kind and path gives the columns by kind of data, `source-types` the keys by type of source.
 */
export function generateReference(document: string): string {
	return document.replaceAll(
		/(<!-- reference: ([^>]+) -->\n)[\s\S]*?(<!-- end of reference -->)/g,
		(_all, begin: string, name: string, end: string) => {
			return `${begin}\n${blockFor(name.trim())}\n${end}`;
		},
	);
}

/** Rewrites the document, or with `--check` tells whether it is up to date; returns the exit code. */
export function runGenerateReference(root: string, args: readonly string[]): number {
	const file = resolve(root, REFERENCE_FILE);
	const before = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
	const after = generateReference(before);
	if (!args.includes("--check")) {
		writeFileSync(file, after);
		return 0;
	}
	if (before === after) return 0;
	console.error(`${REFERENCE_FILE} does not agree with the schemas. Run: node scripts/generate-reference.ts`);
	return 1;
}

function blockFor(name: string): string {
	if (name === "columns") return columnsTable();
	if (name === "source-types") return sourceTypesTable();
	const [kind, path = ""] = name.split(" ");
	if (!isConfigKind(kind)) throw new Error(`There is no reference called ${name}.`);
	const node = nodeAt(
		kind,
		path
			.replaceAll("[]", ".0")
			.split(".")
			.filter((part) => part !== ""),
	);
	return keysTable(node);
}

function nodeAt(kind: ConfigKind, parts: readonly string[], tree: unknown = null): SchemaNode {
	const path: ConfigPath = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
	const node = describeNode(kind, path, tree);
	if (node === null) throw new Error(`The schema of kind ${kind} has nothing at ${parts.join(".")}.`);
	return node;
}

function keysTable(node: SchemaNode): string {
	const rows = node.properties.map(({ key, required, node: property }) => [
		required ? `**\`${key}\`**` : `\`${key}\``,
		[property.description, valuesOf(property), property.source === null ? "" : `Vendor's table: \`${property.source}\`.`]
			.filter((part) => part !== "")
			.join("<br>"),
		typeOf(property),
		property.default === undefined || isEmptyList(property.default) ? "" : `\`${inline(property.default)}\``,
		property.values.length > 0 || property.type === "object" ? "" : property.examples.map((example) => `\`${inline(example)}\``).join(", "),
	]);
	return table(["key", "meaning", "type", "default", "example"], rows);
}

function columnsTable(): string {
	const kinds: readonly (readonly [ConfigKind, string])[] = [
		["instance", "devices"],
		["instance", "installations"],
		["project", "usageLog"],
		["project", "userActivity"],
		["instance", "settings"],
	];
	const rows = kinds.flatMap(([kind, provides]) =>
		nodeAt(kind, ["dataSources", "0", "columns"], { dataSources: [{ provides }] }).properties.map(({ key, node }) => [
			`\`${provides}\``,
			node.requiredColumn ? `**\`${key}\`**` : `\`${key}\``,
			node.description.replace(/ Required in the source\.$/, ""),
		]),
	);
	return table(["provides", "column", "meaning"], rows);
}

function sourceTypesTable(): string {
	const types = nodeAt("instance", ["dataSources", "0", "type"]).values;
	const general = new Set(["name", "provides", "connector", "type", "dateFormat", "timeZone", "columns"]);
	const mark = ({ key, required }: SchemaProperty) => (required ? `**\`${key}\`**` : `\`${key}\``);
	const rows = types.map(({ value, meaning }) => {
		const properties = new Map<string, SchemaProperty>();
		// Some keys exclude each other: what either way of writing the entry allows is listed.
		for (const entry of [
			{ type: value, table: "x" },
			{ type: value, query: "x" },
		]) {
			for (const property of nodeAt("instance", ["dataSources", "0"], { dataSources: [entry] }).properties) {
				if (!general.has(property.key))
					properties.set(property.key, { ...property, required: property.required && property.key !== "table" });
			}
		}
		return [`\`${String(value)}\``, meaning ?? "", [...properties.values()].map(mark).join(", ")];
	});
	return table(["type", "what is read", "keys of its own"], rows);
}

function valuesOf({ values }: SchemaNode): string {
	return values
		.map(({ value, meaning }) => (meaning === null ? "" : `\`${String(value)}\`: ${meaning}`))
		.filter((line) => line !== "")
		.join("<br>");
}

function typeOf(node: SchemaNode): string {
	const range =
		node.minimum !== null && node.maximum !== null
			? `, ${node.minimum} to ${node.maximum.toLocaleString("en")}`
			: node.minimum === null
				? ""
				: `, at least ${node.minimum}`;
	const unit = node.unit === null ? "" : ` of ${node.unit}`;
	switch (node.type) {
		case "integer":
			return `whole number${unit}${range}`;
		case "number":
			return `number${unit}${range}`;
		case "boolean":
			return "`true` or `false`";
		case "array":
			return node.items?.type === "string" ? "list of texts" : "list";
		case "object":
			return "mapping";
		case "string":
			if (node.values.length > 0) return "one of these";
			return node.format === "date" ? "date, `YYYY-MM-DD`" : node.format === "instant" ? "date and time, ISO 8601" : "text";
	}
}

/** A table with the columns that are used, aligned as Biome formats it. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	const used = heads.map((_head, column) => rows.some((row) => row[column] !== ""));
	const cells = [heads, ...rows].map((row) => row.filter((_cell, column) => used[column]).map((cell) => cell.replaceAll("|", "\\|")));
	const widths = cells[0]!.map((_head, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
	const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
	const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
	return [lines[0]!, rule, ...lines.slice(1), ""].join("\n");
}

function inline(value: unknown): string {
	return Array.isArray(value) ? `[${value.map(String).join(", ")}]` : String(value);
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

if (import.meta.main) process.exitCode = runGenerateReference(resolve(import.meta.dirname, ".."), process.argv.slice(2));
