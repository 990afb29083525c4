import type { CompletionItem, CompletionItemKind, CompletionList, CompletionParams } from "vscode-languageserver-protocol";
import { valueAt } from "../../core/config/value-at.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { type CompletionContext, completionContextAt } from "../../workspace/yaml/caret/completion-context.ts";
import type { FeatureContext } from "../feature-context.ts";
import { findKnownValues } from "../known-values.ts";
import { describeAt, kindOf } from "../schema-of-file.ts";
import { plainTextOf } from "../snippets.ts";
import { suggestAllows } from "../suggest-allows.ts";
import { suggestKeys, suggestKind } from "../suggest-keys.ts";
import { suggestItems, suggestValues } from "../suggest-values.ts";
import type { Suggestion } from "../suggestion.ts";

/** Characters after which a client asks of its own accord. */
export const COMPLETION_TRIGGERS: readonly string[] = [" ", ":", "-", "[", "{", ",", "/", '"', "'"];

/** Milliseconds for which an answer waits for the beginning of a linked file, which is mostly read sooner. */
const PATIENCE_MS = 300;

/**
 * Keys, values and whole blocks that may stand at a position, by the schema, the workspace and the linked data; also in text that does not parse
 * just now. As long as something is still being found out the list says that it is incomplete, so that the client asks again.
 */
export async function listCompletions(
	context: FeatureContext,
	params: CompletionParams,
	takesSnippets: boolean,
	signal: AbortSignal,
): Promise<readonly CompletionItem[] | CompletionList> {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return [];
	const positions = context.positionsOf(file);
	const offset = positions.offsetAt(params.position);
	const allows = suggestAllows(context, file, offset);
	const place = allows?.place ?? completionContextAt(file.parsed, file.lastGood, offset);
	if (place === null) return [];
	const { suggestions, complete } = allows ?? (await suggest(context, file, place));
	signal.throwIfAborted();
	const items = suggestions.map((suggestion, index) => {
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
		} satisfies CompletionItem;
	});
	return complete ? items : { isIncomplete: true, items };
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

interface Suggestions {
	readonly suggestions: readonly Suggestion[];
	/** False while more is being found out. */
	readonly complete: boolean;
}

async function suggest(context: FeatureContext, file: WorkspaceFile, place: CompletionContext): Promise<Suggestions> {
	const kind = kindOf(file);
	const node = kind === null ? null : describeAt(file, place.path);
	if (kind !== null && node === null) return { suggestions: [], complete: true };
	const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
	const { values, complete } = await findKnownValues({ context, file, kind, place, patience });
	if (kind === null || node === null) return { suggestions: suggestKind(place, values), complete };
	switch (place.typing) {
		case "key":
			return { suggestions: suggestKeys(file, node, place, kind, values), complete };
		case "value":
			return { suggestions: suggestValues(node, place, values, itemsBeside(file, place)), complete };
		case "item":
			return { suggestions: suggestItems(node, place, values, itemsBeside(file, place)), complete };
	}
}

/** What the list of a place has already; nothing where no item of a list is typed. */
function itemsBeside({ config }: WorkspaceFile, { typing, path }: CompletionContext): ReadonlySet<unknown> {
	const own = typing === "item" ? null : path.at(-1);
	if (own !== null && typeof own !== "number") return new Set();
	const list = valueAt(config.tree, own === null ? path : path.slice(0, -1));
	return new Set(Array.isArray(list) ? list.filter((_, index) => index !== own) : []);
}

/** `CompletionItemKind`: Property, EnumMember, Value, Snippet, File, Folder. */
const KINDS: { readonly [kind in Suggestion["kind"]]: CompletionItemKind } = {
	key: 10,
	value: 20,
	example: 12,
	block: 15,
	file: 17,
	folder: 19,
};
