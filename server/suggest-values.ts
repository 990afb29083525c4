import type { SchemaNode } from "../core/schema/describe.ts";
import { t } from "../core/texts/translate.ts";
import type { CompletionContext } from "../workspace/yaml/caret/completion-context.ts";
import type { KnownValue, KnownValues } from "./known/known.ts";
import { plainTextOf, renderKnownValue, snippetInline, snippetOfBlock, snippetOfItem } from "./snippets.ts";
import type { Suggestion } from "./suggestion.ts";

/**
 * What can be the value of a key, or an item of a list: what is known first, then the default, then what the schema lists.
 * @param beside what the list has already.
 */
export function suggestValues(
	node: SchemaNode,
	place: CompletionContext,
	known: KnownValues,
	beside: ReadonlySet<unknown> = NOTHING,
): readonly Suggestion[] {
	if (node.type === "object" || node.type === "array") return suggestCollections(node, place, known);
	const free = scalarsOf(node, place, known).filter(({ value }) => !beside.has(value));
	return free.map((suggestion) => ({ ...suggestion, text: renderKnownValue(suggestion.value, place) }));
}

const NOTHING: ReadonlySet<unknown> = new Set();

/** Items of a block list, with the dash that is still missing. */
export function suggestItems(
	node: SchemaNode,
	place: CompletionContext,
	known: KnownValues,
	beside: ReadonlySet<unknown> = NOTHING,
): readonly Suggestion[] {
	const { items } = node;
	if (items === null) return [];
	const choices = choicesOf(items, place, known);
	if (choices.length > 0) {
		const free = choices.filter(({ value }) => !beside.has(value));
		return free.map((choice) => {
			const text = `- ${renderKnownValue(choice.value, place)}`;
			return { ...choice, label: text, text };
		});
	}
	const text = snippetOfItem(items, place.indentation, known, keyOf(place));
	return text === null ? [] : [{ label: `- ${items.title}`, kind: "block", text, documentation: items.description }];
}

/** What is known of the items of a list, or else what the schema lists. */
function choicesOf(items: SchemaNode, place: CompletionContext, known: KnownValues): readonly Scalar[] {
	const found = (known.get(keyOf(place)) ?? []).map(toScalar);
	const listed = items.values.map(
		({ value, meaning }): Scalar => ({ label: String(value), kind: "value", value, ...(meaning === null ? {} : { detail: meaning }) }),
	);
	return found.length > 0 ? found : listed;
}

/** The key whose value is typed, or whose list has the item. */
function keyOf({ path }: CompletionContext): string {
	return String(path.findLast((step) => typeof step === "string"));
}

function toScalar({ value, detail, label, kind }: KnownValue): Scalar {
	return { label: label ?? String(value), kind: kind ?? "value", value, detail };
}

interface Scalar extends Omit<Suggestion, "text"> {
	readonly value: unknown;
}

/** Each label once, where it stands first. */
function scalarsOf(node: SchemaNode, place: CompletionContext, known: KnownValues): readonly Scalar[] {
	const key = keyOf(place);
	const found = (known.get(key) ?? []).map(toScalar);
	const given = node.values.map(
		({ value, meaning }): Scalar => ({ label: String(value), kind: "value", value, ...(meaning === null ? {} : { detail: meaning }) }),
	);
	const zones =
		key === "timeZone" ? Intl.supportedValuesOf("timeZone").map((zone): Scalar => ({ label: zone, kind: "value", value: zone })) : [];
	const isSettled = given.length > 0;
	const usual: readonly Scalar[] =
		isSettled || node.default === undefined || node.default === null || typeof node.default === "object"
			? []
			: [{ label: String(node.default), kind: "example", value: node.default, detail: t("default") }];
	const booleans = node.type === "boolean" ? [true, false].map((value): Scalar => ({ label: String(value), kind: "example", value })) : [];
	// An invented example helps nobody who can choose what there really is.
	const examples = isSettled || known.has(key) || zones.length > 0 || node.type === "boolean" ? [] : node.examples;
	const invented = examples
		.filter((value) => value !== null && typeof value !== "object")
		.map((value): Scalar => ({ label: String(value), kind: "example", value, detail: t("example") }));
	const labels = new Set<string>();
	return [...found, ...usual, ...given, ...booleans, ...invented, ...zones].filter(({ label }) => !labels.has(label) && labels.add(label));
}

/** A mapping or list, in brackets or on the lines below its key. */
function suggestCollections(node: SchemaNode, place: CompletionContext, known: KnownValues): readonly Suggestion[] {
	const key = keyOf(place);
	if (place.quote !== null || place.blockFollows || known.get(key)?.length === 0) return [];
	const choices = node.type === "array" && node.items !== null && node.items.type !== "object" ? choicesOf(node.items, place, known) : [];
	const chosen = choices.map((choice): Suggestion => {
		const text = `[${renderKnownValue(choice.value, { inFlow: true, quote: null })}]`;
		return { ...choice, label: text, text };
	});
	const isListOfMappings = node.type === "array" && node.items?.type === "object";
	const inline = choices.length > 0 || (isListOfMappings && !place.inFlow) ? null : snippetInline(key, node, known);
	const detail = isMapping(known.get(key)?.[0]) ? known.get(key)![0]!.detail : "";
	const written: readonly Suggestion[] =
		inline === null ? [] : [{ label: plainTextOf(inline), kind: "block", text: inline, detail, documentation: node.description }];
	const block = place.colonEnd === null ? null : snippetOfBlock(key, node, place.indentation, known);
	const label = node.type === "array" ? `- ${node.items?.title ?? node.title}` : t`New: ${node.title}`;
	const below: readonly Suggestion[] =
		block === null ? [] : [{ label, kind: "block", text: block, detail, documentation: node.description, fromColon: true }];
	return node.type === "array" && node.items?.type !== "object" ? [...chosen, ...written, ...below] : [...below, ...written];
}

function isMapping(known: KnownValue | undefined): boolean {
	return typeof known?.value === "object";
}
