import { parseDocument, type YAMLError } from "yaml";
import type { ConfigPath, ProblemAnchor } from "../../core/problems.ts";
import { composeNodes } from "./compose-nodes.ts";
import type { ConfigNode, OffsetRange } from "./config-node.ts";
import { locateRange, type NodePlace, nodeAtOffset } from "./locate.ts";
import { type OutlineEntry, outlineOf } from "./outline.ts";
import { type ComposedNodes, describeSyntaxErrors, nestedTooDeeply, type TextProblem } from "./syntax-problems.ts";
import { configTags } from "./tags.ts";

export type { OffsetRange } from "./config-node.ts";
export type { NodePlace } from "./locate.ts";
export type { OutlineEntry } from "./outline.ts";
export type { TextProblem } from "./syntax-problems.ts";

/** Brackets that may be open at once; our own nodes end far above. */
const MAX_OPEN_BRACKETS = 500;

/** One version of a configuration file's text, parsed once. */
export interface ParsedConfig {
	readonly text: string;
	/** The plain tree, as far as the text could be understood; null for an empty file. Of a key that stands twice, the first counts. */
	readonly tree: unknown;
	/** The same with places; null for an empty file. */
	readonly root: ConfigNode | null;
	/** All `yaml/*` problems in the order of the text. */
	readonly problems: readonly TextProblem[];
	/** Whether there are no problems, so that the tree is surely what was meant. */
	readonly parsedCleanly: boolean;
	/**
	 * Where a problem is shown. For a missing node that is the key of its nearest existing ancestor (of a list item, the
	 * item's first key), for the root the key `kind` or the first key; behind an alias, the alias.
	 */
	rangeOf(path: ConfigPath, anchor: ProblemAnchor): OffsetRange;
	/** What stands at an offset, from 0 to the length of the text; the offset behind the last character still belongs to a key or scalar. */
	nodeAt(offset: number): NodePlace;
	/** The file's structure, as document symbols show it. */
	outline(): readonly OutlineEntry[];
}

/** Parses a configuration file. Never throws: whatever is wrong is among the problems, and the rest of the tree is there. */
export function parseConfig(text: string): ParsedConfig {
	const tooDeep = findDeepBracket(text);
	if (tooDeep !== null) return parsedConfig(text, { root: null, problems: [nestedTooDeeply(tooDeep)] }, []);
	const document = parseDocument(text, {
		version: "1.2",
		schema: "core",
		merge: true,
		stringKeys: true,
		keepSourceTokens: true,
		prettyErrors: false,
		customTags: configTags,
	});
	return parsedConfig(text, composeNodes(document.contents, text), [...document.errors, ...document.warnings]);
}

function parsedConfig(text: string, composed: ComposedNodes, errors: readonly YAMLError[]): ParsedConfig {
	const problems = describeSyntaxErrors(errors, composed, text);
	const { root } = composed;
	return {
		text,
		tree: root?.value ?? null,
		root,
		problems,
		parsedCleanly: problems.length === 0,
		rangeOf: (path, anchor) => locateRange(root, text, path, anchor),
		nodeAt: (offset) => nodeAtOffset(root, text, offset),
		outline: () => outlineOf(root, text),
	};
}

/**
 * Where so many brackets are open that the parser, which goes down one call per level, would take seconds to give up; null in any
 * text that a person wrote. Brackets in quotes and comments are counted too, which only matters beyond hundreds of them.
 */
function findDeepBracket(text: string): number | null {
	let depth = 0;
	for (let offset = 0; offset < text.length; offset++) {
		const character = text.charCodeAt(offset);
		if (character === 0x5b || character === 0x7b) depth++;
		else if ((character === 0x5d || character === 0x7d) && depth > 0) depth--;
		if (depth > MAX_OPEN_BRACKETS) return offset;
	}
	return null;
}
