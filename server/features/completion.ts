import type { CompletionItem, CompletionItemKind, CompletionParams, Range } from "vscode-languageserver-protocol";
import { relativePathOf } from "../../core/config/file-names.ts";
import type { SchemaNode, SchemaProperty } from "../../core/schema/describe.ts";
import { describeNode } from "../../core/schema/describe.ts";
import { CONFIG_KINDS } from "../../core/schema/schemas.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { type CompletionContext, completionContextAt } from "../../workspace/yaml/completion-context.ts";
import type { FeatureContext } from "../feature-context.ts";
import { describeAt, kindOf } from "../schema-of-file.ts";
import { plainTextOf, snippetOfFile, snippetOfItem, snippetOfKey } from "../snippets.ts";

/** Characters after which a client asks of its own accord. */
export const COMPLETION_TRIGGERS: readonly string[] = [" ", ":", "-", "[", "{", ","];

/** Keys, values and whole blocks that may stand at a position, by the schema; also in text that does not parse just now. */
export function listCompletions(context: FeatureContext, params: CompletionParams, takesSnippets: boolean): readonly CompletionItem[] {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return [];
	const positions = context.positionsOf(file);
	const place = completionContextAt(file.parsed, file.lastGood, positions.offsetAt(params.position));
	if (place === null) return [];
	const range = positions.rangeOf(place.replace);
	return suggest(context, file, place).map((suggestion, index) => toItem(suggestion, index, range, takesSnippets));
}

/** Something to insert, in the order in which it is to be shown. */
interface Suggestion {
	readonly label: string;
	readonly kind: "key" | "value" | "example" | "block" | "file";
	/** In snippet syntax, unless it is a value. */
	readonly text: string;
	readonly detail?: string;
	readonly documentation?: string;
}

function suggest(context: FeatureContext, file: WorkspaceFile, place: CompletionContext): readonly Suggestion[] {
	if (kindOf(file) === null) return suggestKind(place);
	const node = describeAt(file, place.path);
	if (node === null) return [];
	switch (place.typing) {
		case "key":
			return suggestKeys(node, place);
		case "value":
			return [...suggestFiles(context, file, place), ...suggestValues(node)].map((suggestion) => ({
				...suggestion,
				text: writeValue(suggestion.text, place),
			}));
		case "item":
			return suggestItem(node, place);
	}
}

/** As long as a file does not say what it is, that is all there is to say. */
function suggestKind(place: CompletionContext): readonly Suggestion[] {
	const roots = CONFIG_KINDS.flatMap((kind) => {
		const root = describeNode(kind, [], null);
		return root === null ? [] : [{ kind, root }];
	});
	if (place.typing === "value" && place.path.length === 1 && place.path[0] === "kind") {
		return roots.map(({ kind, root }) => ({ label: kind, kind: "value", text: writeValue(kind, place), documentation: root.description }));
	}
	if (place.typing !== "key" || place.path.length > 0 || place.existingKeys.includes("kind")) return [];
	const key: Suggestion = { label: "kind", kind: "key", text: place.colonFollows ? "kind" : `kind: \${1|${CONFIG_KINDS.join(",")}|}` };
	const isEmpty = place.existingKeys.length === 0 && !place.colonFollows;
	const files = roots.map(
		({ kind, root }): Suggestion => ({ label: `New ${kind}`, kind: "block", text: snippetOfFile(kind), documentation: root.description }),
	);
	return isEmpty ? [key, ...files] : [key];
}

function suggestKeys(node: SchemaNode, place: CompletionContext): readonly Suggestion[] {
	const missing = node.properties.filter(({ key }) => !place.existingKeys.includes(key));
	const keys = missing
		.toSorted((left, right) => Number(right.required) - Number(left.required))
		.map((property) => suggestKey(property, place));
	// The whole block, where nothing of it is written yet.
	const isWhole = place.existingKeys.length === 0 && place.path.length > 0 && !place.inFlow && !place.colonFollows && place.typed === "";
	if (!isWhole || node.snippet === null || node.type !== "object") return keys;
	const lines = node.snippet.split("\n");
	const own = lines[0] === `${String(place.path.at(-1))}:` ? lines.slice(1).map((line) => line.slice(2)) : lines;
	return [
		{ label: `New: ${node.title}`, kind: "block", text: own.join(`\n${place.indentation}`), documentation: node.description },
		...keys,
	];
}

function suggestKey(property: SchemaProperty, place: CompletionContext): Suggestion {
	const { key, node, required } = property;
	const short = place.quote === null ? `${key}: ` : key;
	const text = place.colonFollows ? key : place.inFlow || place.quote !== null ? short : snippetOfKey(property, place.indentation);
	return { label: key, kind: "key", text, detail: `${node.title}${required ? " (required)" : ""}`, documentation: documentationOf(node) };
}

function suggestItem(node: SchemaNode, place: CompletionContext): readonly Suggestion[] {
	const text = node.items === null ? null : snippetOfItem(node.items, place.indentation);
	return text === null || node.items === null
		? []
		: [{ label: `- ${node.items.title}`, kind: "block", text, documentation: node.items.description }];
}

function suggestValues(node: SchemaNode): readonly Suggestion[] {
	const given = node.values.map(
		({ value, meaning }): Suggestion => ({
			label: String(value),
			kind: "value",
			text: String(value),
			...(meaning === null ? {} : { detail: meaning }),
		}),
	);
	const scalars = node.type === "array" && node.items !== null ? [] : [node.default, ...node.examples];
	const booleans = node.type === "boolean" ? [true, false] : [];
	const known = new Set(given.map(({ label }) => label));
	const others = [...booleans, ...(given.length > 0 ? [] : scalars)].flatMap((value): Suggestion[] => {
		if (value === undefined || value === null || typeof value === "object" || known.has(String(value))) return [];
		known.add(String(value));
		return [
			{
				label: String(value),
				kind: "example",
				text: String(value),
				detail: value === node.default ? "default" : node.type === "boolean" ? "" : "example",
			},
		];
	});
	return [...given, ...others];
}

/** The projects of the workspace, by the paths that the file would write, and time zones by their names. */
function suggestFiles(context: FeatureContext, file: WorkspaceFile, place: CompletionContext): readonly Suggestion[] {
	if (place.path.at(-1) === "timeZone")
		return Intl.supportedValuesOf("timeZone").map((zone) => ({ label: zone, kind: "value", text: zone }));
	if (place.path.length !== 1 || place.path[0] !== "project") return [];
	return context.workspace.uris().flatMap((uri): Suggestion[] => {
		const model = context.workspace.file(uri)?.steadyConfig.model;
		const path = model?.kind === "project" ? relativePathOf(file.uri, uri) : null;
		return path === null || model?.kind !== "project"
			? []
			: [{ label: path, kind: "file", text: path, ...(model.title === null ? {} : { detail: model.title }) }];
	});
}

/** A value as it must be written at its place: quoted where it would mean something else, and after a space. */
function writeValue(value: string, place: CompletionContext): string {
	const isPlain = /^[A-Za-z0-9_.+/-][A-Za-z0-9_ .+/:()-]*$/.test(value) && !/: |:$| $/.test(value);
	const written = isPlain || place.quote !== null ? value : JSON.stringify(value);
	return place.needsSpace ? ` ${written}` : written;
}

function toItem(suggestion: Suggestion, index: number, range: Range, takesSnippets: boolean): CompletionItem {
	const isSnippet = suggestion.kind === "key" || suggestion.kind === "block";
	const newText = isSnippet && !takesSnippets ? plainTextOf(suggestion.text) : suggestion.text;
	return {
		label: suggestion.label,
		kind: KINDS[suggestion.kind],
		...(suggestion.detail === undefined || suggestion.detail === "" ? {} : { detail: suggestion.detail }),
		...(suggestion.documentation === undefined ? {} : { documentation: suggestion.documentation }),
		sortText: String(index).padStart(4, "0"),
		// Without it, a client would compare the typed letters with the text, dash, space and all.
		filterText: newText.startsWith(" ") ? ` ${suggestion.label}` : suggestion.label,
		insertTextFormat: isSnippet && takesSnippets ? 2 : 1,
		// Our lines carry their indentation already.
		insertTextMode: 1,
		textEdit: { range, newText },
	};
}

function documentationOf(node: SchemaNode): string {
	const unit = node.unit === null ? "" : ` ${node.unit}`;
	const hasDefault = node.default !== undefined && typeof node.default !== "object";
	return [node.description, ...(hasDefault ? [`Default: ${String(node.default)}${unit}.`] : [])].join("\n\n");
}

/** `CompletionItemKind`: Property, EnumMember, Value, Snippet, File. */
const KINDS: { readonly [kind in Suggestion["kind"]]: CompletionItemKind } = { key: 10, value: 20, example: 12, block: 15, file: 17 };
