import type { DocumentSymbol, SymbolKind } from "vscode-languageserver-protocol";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { OutlineEntry } from "../../workspace/yaml/parse-config.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { TextPositions } from "../text-positions.ts";

/**
 * The structure of a configuration, as its tree is nested; of a text that does not parse, as far as it could be understood. In a file with more than
 * {@link MAX_SYMBOLS} of them the entries of its own lists are there by name, but not what is inside of them.
 */
export function listDocumentSymbols(context: FeatureContext, uri: string): readonly DocumentSymbol[] {
	const file: WorkspaceFile | null = context.workspace.file(uri);
	if (file === null) return [];
	const positions = context.positionsOf(file);
	return file.parsed.outline(MAX_SYMBOLS).map((entry) => toSymbol(entry, positions));
}

/** Writing and reading more takes editors longer than it helps a person. */
const MAX_SYMBOLS = 2000;

function toSymbol(entry: OutlineEntry, positions: TextPositions): DocumentSymbol {
	return {
		name: entry.name,
		detail: entry.detail,
		kind: KINDS[entry.type],
		range: positions.rangeOf(entry.range),
		selectionRange: positions.rangeOf(entry.selectionRange),
		children: entry.children.map((child) => toSymbol(child, positions)),
	};
}

/** `SymbolKind`: Object, Array, String, Number, Boolean, Null. */
const KINDS: { readonly [type in OutlineEntry["type"]]: SymbolKind } = { map: 19, list: 18, text: 15, number: 16, boolean: 17, empty: 21 };
