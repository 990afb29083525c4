import type { SchemaNode } from "../core/schema/describe.ts";
import type { CompletionContext } from "../workspace/yaml/completion-context.ts";
import { renderPlainValue } from "../workspace/yaml/render-value.ts";
import type { KnownValues } from "./known-values.ts";
import { plainTextOf, snippetInline, snippetOfBlock, snippetOfItem } from "./snippets.ts";
import type { Suggestion } from "./suggestion.ts";

/** What can be the value of a key, or an item of a list: what the workspace knows first, then the default, then what the schema lists. */
export function suggestValues(node: SchemaNode, place: CompletionContext, known: KnownValues): readonly Suggestion[] {
	if (node.type === "object" || node.type === "array") return suggestCollections(node, place, known);
	return scalarsOf(node, place, known).map((suggestion) => ({ ...suggestion, text: renderPlainValue(suggestion.value, place) }));
}

/** Items of a block list, with the dash that is still missing. */
export function suggestItems(node: SchemaNode, place: CompletionContext): readonly Suggestion[] {
	const { items } = node;
	if (items === null) return [];
	if (items.values.length > 0) {
		return items.values.map(({ value, meaning }) => {
			const text = `- ${renderPlainValue(value, place)}`;
			return { label: text, kind: "value", text, ...(meaning === null ? {} : { detail: meaning }) };
		});
	}
	const text = snippetOfItem(items, place.indentation);
	return text === null ? [] : [{ label: `- ${items.title}`, kind: "block", text, documentation: items.description }];
}

interface Scalar extends Omit<Suggestion, "text"> {
	readonly value: unknown;
}

/** Each label once, where it stands first. */
function scalarsOf(node: SchemaNode, place: CompletionContext, known: KnownValues): readonly Scalar[] {
	const key = String(place.path.at(-1));
	const found = (known.get(key) ?? []).map(
		({ value, detail }): Scalar => ({ label: String(value), kind: key === "project" ? "file" : "value", value, detail }),
	);
	const given = node.values.map(
		({ value, meaning }): Scalar => ({ label: String(value), kind: "value", value, ...(meaning === null ? {} : { detail: meaning }) }),
	);
	const zones =
		key === "timeZone" ? Intl.supportedValuesOf("timeZone").map((zone): Scalar => ({ label: zone, kind: "value", value: zone })) : [];
	const isSettled = given.length > 0;
	const usual: readonly Scalar[] =
		isSettled || node.default === undefined || node.default === null || typeof node.default === "object"
			? []
			: [{ label: String(node.default), kind: "example", value: node.default, detail: "default" }];
	const booleans = node.type === "boolean" ? [true, false].map((value): Scalar => ({ label: String(value), kind: "example", value })) : [];
	// An invented example helps nobody who can choose what there really is.
	const examples = isSettled || found.length > 0 || zones.length > 0 || node.type === "boolean" ? [] : node.examples;
	const invented = examples
		.filter((value) => value !== null && typeof value !== "object")
		.map((value): Scalar => ({ label: String(value), kind: "example", value, detail: "example" }));
	const labels = new Set<string>();
	return [...found, ...usual, ...given, ...booleans, ...invented, ...zones].filter(({ label }) => !labels.has(label) && labels.add(label));
}

/** A mapping or list, in brackets or on the lines below its key. */
function suggestCollections(node: SchemaNode, place: CompletionContext, known: KnownValues): readonly Suggestion[] {
	if (place.quote !== null || place.blockFollows) return [];
	const choices = node.type === "array" ? (node.items?.values ?? []) : [];
	const chosen = choices.map(({ value, meaning }): Suggestion => {
		const text = `[${renderPlainValue(value, { inFlow: true, quote: null })}]`;
		return { label: text, kind: "value", text, ...(meaning === null ? {} : { detail: meaning }) };
	});
	const isListOfMappings = node.type === "array" && node.items?.type === "object";
	const inline = choices.length > 0 || (isListOfMappings && !place.inFlow) ? null : snippetInline(node, known);
	const written: readonly Suggestion[] =
		inline === null ? [] : [{ label: plainTextOf(inline), kind: "block", text: inline, documentation: node.description }];
	const block = place.colonEnd === null ? null : snippetOfBlock(String(place.path.at(-1)), node, place.indentation, known);
	const label = node.type === "array" ? `- ${node.items?.title ?? node.title}` : `New: ${node.title}`;
	const below: readonly Suggestion[] =
		block === null ? [] : [{ label, kind: "block", text: block, documentation: node.description, fromColon: true }];
	return node.type === "array" && node.items?.type !== "object" ? [...chosen, ...written, ...below] : [...below, ...written];
}
