import type { SchemaNode, SchemaProperty } from "../core/schema/describe.ts";
import { describeNode } from "../core/schema/describe.ts";
import { CONFIG_KINDS, type ConfigKind } from "../core/schema/schemas.ts";
import { mark, t } from "../core/texts/translate.ts";
import type { WorkspaceFile } from "../workspace/workspace.ts";
import type { CompletionContext } from "../workspace/yaml/caret/completion-context.ts";
import { mergedKeysAt } from "../workspace/yaml/caret/merged-keys.ts";
import { type KnownValues, NOTHING_KNOWN } from "./known/known.ts";
import { snippetOfBlock, snippetOfFile, snippetOfKey } from "./snippets.ts";
import type { Suggestion } from "./suggestion.ts";

/** Keys that a file is not complete without, though rules and not the schema ask for them. */
const EXPECTED_KEYS: Readonly<Record<ConfigKind, readonly string[]>> = { project: [], instance: ["usageCategory"] };
/** Keys of which a mapping has one. */
const ALTERNATIVES: readonly string[] = ["table", "query"];

/** As long as a file does not say what it is, that is all there is to say. */
export function suggestKind(place: CompletionContext, known: KnownValues): readonly Suggestion[] {
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
	const files = roots.map(
		({ kind, root }): Suggestion => ({
			label: t`New ${kind}`,
			kind: "block",
			text: snippetOfFile(kind, kind === "instance" ? known : NOTHING_KNOWN),
			documentation: root.description,
		}),
	);
	return [key, ...files];
}

/** Keys that a mapping does not have yet: those that it must have first, those that a merge brings last; and all of it, where it has none. */
export function suggestKeys(
	file: WorkspaceFile,
	node: SchemaNode,
	place: CompletionContext,
	kind: ConfigKind,
	known: KnownValues,
): readonly Suggestion[] {
	const { existingKeys } = place;
	// Nearly no file merges anything.
	const merged = file.parsed.text.includes("<<") ? mergedKeysAt(file.parsed.root, place.path) : [];
	const isThere = (key: string) => existingKeys.includes(key) || merged.includes(key);
	const hasAlternative = ALTERNATIVES.some(isThere);
	const keys = node.properties
		.filter(({ key }) => !existingKeys.includes(key) && !(hasAlternative && ALTERNATIVES.includes(key)))
		.map((property) => ({ property, need: merged.includes(property.key) ? MERGED : needOf(property, node, place, kind) }))
		.toSorted((left, right) => rankOf(left.need) - rankOf(right.need))
		.map(({ property, need }) => suggestKey(property, need, place, known));
	// The whole block, where nothing of it is written yet.
	const isWhole = existingKeys.length === 0 && merged.length === 0 && place.path.length > 0;
	const isFree = !place.inFlow && !place.colonFollows && !place.blockFollows && place.typed === "";
	const isBlock = node.snippet !== null || typeof known.get(String(place.path.at(-1)))?.[0]?.value === "object";
	if (!isWhole || !isFree || !isBlock || node.type !== "object") return keys;
	const block = snippetOfBlock(String(place.path.at(-1)), node, "", known);
	const lines = (block ?? "").split("\n").flatMap((line, index) => (index === 0 ? [] : [line.slice(2)]));
	return [
		{ label: t`New: ${node.title}`, kind: "block", text: lines.join(`\n${place.indentation}`), documentation: node.description },
		...keys,
	];
}

const MERGED = mark(" (merged; written here it goes before)");

function rankOf(need: string): number {
	return need === MERGED ? 2 : need === "" ? 1 : 0;
}

/** How a mapping needs a key, in words for a person; empty when it can do without. */
function needOf({ key, required, node }: SchemaProperty, parent: SchemaNode, place: CompletionContext, kind: ConfigKind): string {
	const alternatives = parent.properties.filter((property) => ALTERNATIVES.includes(property.key));
	if (ALTERNATIVES.includes(key) && alternatives.some((property) => property.required)) return t` (one of ${ALTERNATIVES.join(", ")})`;
	const isExpected = place.path.length === 0 && EXPECTED_KEYS[kind].includes(key);
	return required || isExpected || node.requiredColumn ? t(" (required)") : "";
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
	return { label: key, kind: "key", text, detail: `${node.title}${t(need)}`, documentation: documentationOf(node) };
}

function documentationOf(node: SchemaNode): string {
	const unit = node.unit === null ? "" : ` ${node.unit}`;
	const hasDefault = node.default !== undefined && typeof node.default !== "object";
	return [node.description, ...(hasDefault ? [t`Default: ${String(node.default)}${unit}.`] : [])].join("\n\n");
}
