import type { ConfigPath, ProblemAnchor } from "../../core/problems.ts";
import { composeNodes } from "./compose-nodes.ts";
import type { ConfigNode, OffsetRange } from "./config-node.ts";
import { findSlips } from "./find-slips.ts";
import { locateRange, type NodePlace, nodeAtOffset } from "./locate.ts";
import { type OutlineEntry, outlineOf } from "./outline.ts";
import { parseYaml, type YamlDocument } from "./parse-yaml.ts";
import { describeSyntaxErrors, isStructural, nestedTooDeeply, notUtf8, type TextProblem } from "./syntax-problems.ts";

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
	const binary = text.indexOf("\0");
	const garbled = binary === -1 ? text.indexOf("\uFFFD") : binary;
	if (garbled !== -1) return parsedConfig(text, null, [notUtf8(text, garbled)]);
	const tooDeep = findDeepBracket(text);
	if (tooDeep !== null) return parsedConfig(text, null, [nestedTooDeeply(tooDeep)]);
	const document = parseYaml(text);
	const { root } = composeNodes(document.contents, text);
	return parsedConfig(text, root, problemsOf(document, text));
}

/** What is wrong with a text, slips of single lines in the words of the person, everything else in those of the parser. */
function problemsOf(document: YamlDocument, text: string): readonly TextProblem[] {
	const errors = document.errors;
	const isHopeless = errors.some(({ code }) => code === "RESOURCE_EXHAUSTION");
	const slips = isHopeless || !errors.some(isStructural) ? null : findSlips(text, document);
	if (slips === null) return describeSyntaxErrors(document, composeNodes(document.contents, text), text);
	const others = describeSyntaxErrors(slips.document, composeNodes(slips.document.contents, slips.mended), slips.mended).map(
		({ range, ...problem }) => ({ ...problem, range: { start: slips.toOriginal(range.start), end: slips.toOriginal(range.end) } }),
	);
	const lineOf = (offset: number) => text.lastIndexOf("\n", offset - 1);
	const slipped = new Set(slips.problems.map(({ range }) => lineOf(range.start)));
	return [...slips.problems, ...others.filter(({ range }) => !slipped.has(lineOf(range.start)))].sort(
		(left, right) => left.range.start - right.range.start,
	);
}

function parsedConfig(text: string, root: ConfigNode | null, problems: readonly TextProblem[]): ParsedConfig {
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
