import type { Hover, HoverParams } from "vscode-languageserver-protocol";
import type { ConfigPath } from "../../core/problems.ts";
import type { SchemaNode } from "../../core/schema/describe.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";
import { describeAt } from "../schema-of-file.ts";

/** What the schema says about the key or value at a position; null where nothing is to be said. */
export function describeHover(context: FeatureContext, params: HoverParams, markdown: boolean): Hover | null {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const positions = context.positionsOf(file);
	const place = file.parsed.nodeAt(positions.offsetAt(params.position));
	if (place.on === "gap" || place.path.length === 0) return null;
	const node = describeAt(file, place.path);
	if (node === null) return null;
	const written = place.on === "value" ? file.parsed.text.slice(place.range.start, place.range.end) : null;
	const lines = [...wordsOf(node, written), ...projectTitle(context, file, place.path)];
	const value = lines.join("\n\n");
	return {
		contents: markdown ? { kind: "markdown", value } : { kind: "plaintext", value: value.replace(/[*`]/g, "").replace(/\\(.)/g, "$1") },
		range: positions.rangeOf(place.range),
	};
}

/** Paragraphs in Markdown: title, meaning, the meaning of the value that is written, then the facts. */
function wordsOf(node: SchemaNode, written: string | null): readonly string[] {
	const chosen = node.values.find(({ value }) => written !== null && String(value) === written.replace(/^["']|["']$/g, ""));
	return [
		`**${escapeMarkdown(node.title)}**`,
		escapeMarkdown(node.description),
		...(chosen?.meaning == null ? [] : [`${code(chosen.value)}: ${escapeMarkdown(chosen.meaning)}`]),
		...(chosen !== undefined || node.values.length < 2 ? [] : [listValues(node)]),
		factsOf(node),
	].filter((paragraph) => paragraph !== "");
}

function listValues(node: SchemaNode): string {
	return node.values.map(({ value, meaning }) => `- ${code(value)}${meaning === null ? "" : `: ${escapeMarkdown(meaning)}`}`).join("\n");
}

function factsOf(node: SchemaNode): string {
	const unit = node.unit === null ? "" : ` ${node.unit}`;
	const facts = [
		isShown(node.default) ? `Default: ${code(node.default)}${unit}` : "",
		rangeOf(node.minimum, node.maximum, unit),
		node.format === null ? "" : `Format: ${FORMATS[node.format] ?? node.format}`,
		node.values.length === 0 && !isShown(node.default) && isShown(node.examples[0]) ? `Example: ${code(node.examples[0])}` : "",
		node.source === null ? "" : `Source: ${code(node.source)}`,
		node.requiredColumn ? "The source must have this column." : "",
	];
	return facts.filter((fact) => fact !== "").join(" · ");
}

function rangeOf(minimum: number | null, maximum: number | null, unit: string): string {
	const format = (value: number) => value.toLocaleString("en");
	if (minimum === null) return maximum === null ? "" : `At most ${format(maximum)}${unit}`;
	return maximum === null ? `At least ${format(minimum)}${unit}` : `${format(minimum)} to ${format(maximum)}${unit}`;
}

function projectTitle(context: FeatureContext, file: WorkspaceFile, path: ConfigPath): readonly string[] {
	const own = file.config.model;
	if (path.length !== 1 || path[0] !== "project" || own?.kind !== "instance" || own.project === null) return [];
	const project = context.workspace.file(context.workspace.resolve(file.uri, own.project))?.steadyConfig.model;
	return project?.kind === "project" && project.title !== null ? [`Here: **${escapeMarkdown(project.title)}**`] : [];
}

/** Long blocks say nothing in one line. */
function isShown(value: unknown): boolean {
	return value !== undefined && value !== null && typeof value !== "object";
}

function code(value: unknown): string {
	return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_{}[\]<>#]/g, "\\$&");
}

const FORMATS: Readonly<Record<string, string>> = {
	date: "`YYYY-MM-DD`",
	instant: "ISO 8601, such as `2026-11-04T21:00:00Z`",
	currency: "three letters, such as `GBP`",
};
