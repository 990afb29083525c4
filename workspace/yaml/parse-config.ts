import type { ConfigPath, ProblemAnchor } from "../../core/problems.ts";
import { parseChunks } from "./chunks/chunk-list.ts";
import { type KnownChunkProblems, problemsIn } from "./chunks/chunk-problems.ts";
import { assembleChunks, type ChunkedConfig, nodeIn, rangeIn, repeatedKeys, rootOf } from "./chunks/chunked-config.ts";
import { shareEqual } from "./chunks/share-equal.ts";
import type { ConfigNode, OffsetRange } from "./config-node.ts";
import { indexChunkLines, indexLines, type KnownLines, type LineIndex } from "./line-index.ts";
import { locateRange, type NodePlace, nodeAtOffset } from "./locate.ts";
import { type KnownOutlines, type OutlineEntry, outlineOf, outlineOfChunks } from "./outline.ts";
import { findGarbled, parseWhole, type WholeText } from "./parse-whole.ts";
import type { TextProblem } from "./syntax-problems.ts";

export type { OffsetRange } from "./config-node.ts";
export type { NodePlace } from "./locate.ts";
export type { OutlineEntry } from "./outline.ts";
export type { TextProblem } from "./syntax-problems.ts";

/** One version of a configuration file's text, parsed once. */
export interface ParsedConfig {
	readonly text: string;
	/** The plain tree, as far as the text could be understood; null for an empty file. Of a key that stands twice, the first counts. */
	readonly tree: unknown;
	/** The same with places; null for an empty file. Of a long file it is made when it is first asked for. */
	readonly root: ConfigNode | null;
	/** All `yaml/*` problems in the order of the text; of a short text they are put into words when they are first asked for. */
	readonly problems: readonly TextProblem[];
	/** Whether there are no problems, so that the tree is surely what was meant. */
	readonly parsedCleanly: boolean;
	/** The pieces that the text was parsed in; null when it had to be parsed as a whole. */
	readonly pieces: ChunkedConfig | null;
	/** What the next version takes over. */
	readonly kept: KeptParts;
	/**
	 * Where a problem is shown. For a missing node that is the key of its nearest existing ancestor (of a list item, the
	 * item's first key), for the root the key `kind` or the first key; behind an alias, the alias.
	 */
	rangeOf(path: ConfigPath, anchor: ProblemAnchor): OffsetRange;
	/** What stands at an offset, from 0 to the length of the text; the offset behind the last character still belongs to a key or scalar. */
	nodeAt(offset: number): NodePlace;
	/**
	 * The file's structure, as document symbols show it.
	 * @param most beyond so many entries, what is inside of the items of the file's own lists is left out.
	 */
	outline(most?: number): readonly OutlineEntry[];
	readonly lines: LineIndex;
}

/** What is found out of pieces once, for all versions that have them. */
export interface KeptParts {
	readonly problems: KnownChunkProblems;
	readonly outlines: KnownOutlines;
	readonly lines: KnownLines;
}

/**
 * Longest text, in characters, that is parsed as a whole when something is wrong with it: there the words of the parser for the whole text are
 * worth more than the time.
 */
const SHORT_TEXT = 16_384;

/**
 * Parses a configuration file. Never throws: whatever is wrong is among the problems, and the rest of the tree is there.
 * @param before the version before, whose unchanged parts are taken over; the result is the same without it.
 * @param lastGood an earlier one whose tree others have remembered: what equals a part of it becomes that very part, else of the one before.
 */
export function parseConfig(text: string, before: ParsedConfig | null = null, lastGood: ParsedConfig | null = before): ParsedConfig {
	const kept: KeptParts = before?.kept ?? { problems: new WeakMap(), outlines: new WeakMap(), lines: new WeakMap() };
	const remembered = (lastGood ?? before)?.tree;
	const list = findGarbled(text) === null ? parseChunks(text, before?.pieces ?? null, lastGood?.pieces ?? null) : null;
	if (list !== null) {
		const isFaultless = list.chunks.every(({ isBroken }) => !isBroken);
		if (isFaultless || text.length > SHORT_TEXT) {
			const pieces = assembleChunks(text, list, remembered);
			const problems =
				isFaultless && repeatedKeys(pieces).length === 0 ? [] : text.length > SHORT_TEXT ? problemsIn(pieces, kept.problems) : null;
			if (problems !== null) return inPieces(pieces, problems, kept);
		}
	}
	const whole = parseWhole(text);
	return asWhole(text, whole, shareEqual(remembered, whole.root?.value ?? null), kept);
}

function inPieces(pieces: ChunkedConfig, problems: readonly TextProblem[], kept: KeptParts): ParsedConfig {
	let root: ConfigNode | null = null;
	return {
		text: pieces.text,
		tree: pieces.tree,
		get root() {
			root ??= rootOf(pieces);
			return root;
		},
		problems,
		parsedCleanly: problems.length === 0,
		pieces,
		kept,
		rangeOf: (path, anchor) => rangeIn(pieces, path, anchor),
		nodeAt: (offset) => nodeIn(pieces, offset),
		outline: (most) => outlineOfChunks(pieces, kept.outlines, most),
		lines: indexChunkLines(pieces, kept.lines),
	};
}

function asWhole(text: string, { root, isClean, findProblems }: WholeText, tree: unknown, kept: KeptParts): ParsedConfig {
	let problems: readonly TextProblem[] | null = null;
	return {
		text,
		tree,
		root,
		get problems() {
			problems ??= findProblems();
			return problems;
		},
		parsedCleanly: isClean,
		pieces: null,
		kept,
		rangeOf: (path, anchor) => locateRange(root, text, path, anchor),
		nodeAt: (offset) => nodeAtOffset(root, text, offset),
		outline: (most) => outlineOf(root, text, most),
		lines: indexLines(text),
	};
}
