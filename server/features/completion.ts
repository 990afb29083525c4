import type { CompletionItem, CompletionItemKind, CompletionParams } from "vscode-languageserver-protocol";
import type { SchemaNode, SchemaProperty } from "../../core/schema/describe.ts";
import { describeNode } from "../../core/schema/describe.ts";
import { CONFIG_KINDS, type ConfigKind } from "../../core/schema/schemas.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { type CompletionContext, completionContextAt } from "../../workspace/yaml/completion-context.ts";
import type { FeatureContext } from "../feature-context.ts";
import { type KnownValues, knownValuesOf, NOTHING_KNOWN } from "../known-values.ts";
import { describeAt, kindOf } from "../schema-of-file.ts";
import { plainTextOf, snippetOfBlock, snippetOfFile, snippetOfKey } from "../snippets.ts";
import { suggestItems, suggestValues } from "../suggest-values.ts";
import type { Suggestion } from "../suggestion.ts";

/** Characters after which a client asks of its own accord. */
export const COMPLETION_TRIGGERS: readonly string[] = [" ", ":", "-", "[", "{", ","];

/** Keys that a file is not complete without, though rules and not the schema ask for them. */
const EXPECTED_KEYS: Readonly<Record<ConfigKind, readonly string[]>> = { project: [], instance: ["usageCategory"] };
/** Keys of which a mapping has one. */
const ALTERNATIVES: readonly string[] = ["table", "query"];

/** Keys, values and whole blocks that may stand at a position, by the schema; also in text that does not parse just now. */
export function listCompletions(context: FeatureContext, params: CompletionParams, takesSnippets: boolean): readonly CompletionItem[] {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return [];
	const positions = context.positionsOf(file);
	const offset = positions.offsetAt(params.position);
	const place = completionContextAt(file.parsed, file.lastGood, offset);
	if (place === null) return [];
	return suggest(context, file, place).map((suggestion, index) => {
		const start = suggestion.fromColon === true && place.colonEnd !== null ? place.colonEnd : place.replace.start;
		const range = positions.rangeOf({ start, end: place.replace.end });
		const isSnippet = suggestion.kind === "key" || suggestion.kind === "block";
		const text = isSnippet && !takesSnippets ? plainTextOf(suggestion.text) : suggestion.text;
		return {
			label: suggestion.label,
			kind: KINDS[suggestion.kind],
			...(suggestion.detail === undefined || suggestion.detail === "" ? {} : { detail: suggestion.detail }),
			...(suggestion.documentation === undefined ? {} : { documentation: suggestion.documentation }),
			sortText: String(index).padStart(4, "0"),
			filterText: filterTextOf(suggestion, file.parsed.text.slice(start, offset), place),
			insertTextFormat: isSnippet && takesSnippets ? 2 : 1,
			// Our lines carry their indentation already.
			insertTextMode: 1,
			textEdit: { range, newText: suggestion.fromColon === true ? text : leadOf(place) + text },
		};
	});
}

/** What stands between the beginning of the replaced text and the suggestion itself. */
function leadOf({ moved, indentation, needsSpace }: CompletionContext): string {
	return moved ? indentation : needsSpace ? " " : "";
}

/** A client compares it with all that is replaced before the caret, so blanks and an open quote come first. */
function filterTextOf({ label }: Suggestion, before: string, { needsSpace }: CompletionContext): string {
	const lead = /^\s*["']?/.exec(before)![0];
	return (before === "" && needsSpace ? " " : lead) + label;
}

function suggest(context: FeatureContext, file: WorkspaceFile, place: CompletionContext): readonly Suggestion[] {
	const kind = kindOf(file);
	if (kind === null) return suggestKind(context, file, place);
	const node = describeAt(file, place.path);
	if (node === null) return [];
	const known = kind === "instance" ? knownValuesOf(context, file) : NOTHING_KNOWN;
	switch (place.typing) {
		case "key":
			return suggestKeys(node, place, kind, known);
		case "value":
			return suggestValues(node, place, known);
		case "item":
			return suggestItems(node, place);
	}
}

/** As long as a file does not say what it is, that is all there is to say. */
function suggestKind(context: FeatureContext, file: WorkspaceFile, place: CompletionContext): readonly Suggestion[] {
	const roots = CONFIG_KINDS.flatMap((kind) => {
		const root = describeNode(kind, [], null);
		return root === null ? [] : [{ kind, root }];
	});
	if (place.typing === "value" && place.path.length === 1 && place.path[0] === "kind") {
		return roots.map(({ kind, root }) => ({ label: kind, kind: "value", text: kind, documentation: root.description }));
	}
	if (place.typing !== "key" || place.path.length > 0 || place.existingKeys.includes("kind")) return [];
	const key: Suggestion = { label: "kind", kind: "key", text: place.colonFollows ? "kind" : `kind: \${1|${CONFIG_KINDS.join(",")}|}` };
	if (place.existingKeys.length > 0 || place.colonFollows) return [key];
	const known = knownValuesOf(context, file);
	const files = roots.map(
		({ kind, root }): Suggestion => ({
			label: `New ${kind}`,
			kind: "block",
			text: snippetOfFile(kind, kind === "instance" ? known : NOTHING_KNOWN),
			documentation: root.description,
		}),
	);
	return [key, ...files];
}

function suggestKeys(node: SchemaNode, place: CompletionContext, kind: ConfigKind, known: KnownValues): readonly Suggestion[] {
	const { existingKeys } = place;
	const hasAlternative = ALTERNATIVES.some((key) => existingKeys.includes(key));
	const keys = node.properties
		.filter(({ key }) => !existingKeys.includes(key) && !(hasAlternative && ALTERNATIVES.includes(key)))
		.map((property) => ({ property, need: needOf(property, node, place, kind) }))
		.toSorted((left, right) => Number(right.need !== "") - Number(left.need !== ""))
		.map(({ property, need }) => suggestKey(property, need, place, known));
	// The whole block, where nothing of it is written yet.
	const isWhole = existingKeys.length === 0 && place.path.length > 0 && !place.inFlow && !place.colonFollows && place.typed === "";
	if (!isWhole || place.blockFollows || node.snippet === null || node.type !== "object") return keys;
	const block = snippetOfBlock(String(place.path.at(-1)), node, "", known);
	const lines = (block ?? "").split("\n").flatMap((line, index) => (index === 0 ? [] : [line.slice(2)]));
	return [
		{ label: `New: ${node.title}`, kind: "block", text: lines.join(`\n${place.indentation}`), documentation: node.description },
		...keys,
	];
}

/** How a mapping needs a key, in words for a person; empty when it can do without. */
function needOf({ key, required, node }: SchemaProperty, parent: SchemaNode, place: CompletionContext, kind: ConfigKind): string {
	const alternatives = parent.properties.filter((property) => ALTERNATIVES.includes(property.key));
	if (ALTERNATIVES.includes(key) && alternatives.some((property) => property.required)) return ` (one of ${ALTERNATIVES.join(", ")})`;
	const isExpected = place.path.length === 0 && EXPECTED_KEYS[kind].includes(key);
	return required || isExpected || node.requiredColumn ? " (required)" : "";
}

function suggestKey(property: SchemaProperty, need: string, place: CompletionContext, known: KnownValues): Suggestion {
	const { key, node } = property;
	const isShort = place.inFlow || place.quote !== null;
	const text = place.colonFollows
		? key
		: place.blockFollows
			? `${key}:`
			: isShort
				? `${key}${place.quote === null ? ": " : ""}`
				: snippetOfKey(property, place.indentation, known);
	return { label: key, kind: "key", text, detail: `${node.title}${need}`, documentation: documentationOf(node) };
}

function documentationOf(node: SchemaNode): string {
	const unit = node.unit === null ? "" : ` ${node.unit}`;
	const hasDefault = node.default !== undefined && typeof node.default !== "object";
	return [node.description, ...(hasDefault ? [`Default: ${String(node.default)}${unit}.`] : [])].join("\n\n");
}

/** `CompletionItemKind`: Property, EnumMember, Value, Snippet, File. */
const KINDS: { readonly [kind in Suggestion["kind"]]: CompletionItemKind } = { key: 10, value: 20, example: 12, block: 15, file: 17 };
