import { type Anchors, composeNodes } from "./compose-nodes.ts";
import type { ConfigNode } from "./config-node.ts";
import { parseYaml, type YamlDocument } from "./parse-yaml.ts";
import { findSlips } from "./slips/find-slips.ts";
import { describeSyntaxErrors, isStructural, nestedTooDeeply, notUtf8, type TextProblem } from "./syntax-problems.ts";

/** Brackets that may be open at once; our own nodes end far above. */
const MAX_OPEN_BRACKETS = 500;

/** What a text is as a whole. */
export interface WholeText {
	readonly root: ConfigNode | null;
	/** Whether there are no problems. */
	readonly isClean: boolean;
	/** Puts what is wrong into words, which takes many times as long as the parse: slips are looked for by trying repairs. */
	findProblems(): readonly TextProblem[];
}

/** Parses a text in one go. Never throws. */
export function parseWhole(text: string): WholeText {
	const garbled = findGarbled(text);
	if (garbled !== null) return hopeless(notUtf8(text, garbled));
	const tooDeep = findDeepBracket(text);
	if (tooDeep !== null) return hopeless(nestedTooDeeply(tooDeep));
	const document = parseYaml(text);
	const { root, problems } = composeNodes(document.contents, text);
	const isClean = document.errors.length === 0 && document.warnings.length === 0 && problems.length === 0;
	return { root, isClean, findProblems: () => (isClean ? [] : problemsOf(document, text)) };
}

function hopeless(problem: TextProblem): WholeText {
	return { root: null, isClean: false, findProblems: () => [problem] };
}

/** Where a text that was not UTF-8 shows it; null in any other. */
export function findGarbled(text: string): number | null {
	const binary = text.indexOf("\0");
	const garbled = binary === -1 ? text.indexOf("\uFFFD") : binary;
	return garbled === -1 ? null : garbled;
}

/**
 * Where so many brackets are open that the parser, which goes down one call per level, would take seconds to give up; null in any
 * text that a person wrote. Brackets in quotes and comments are counted too, which only matters beyond hundreds of them.
 */
export function findDeepBracket(text: string): number | null {
	let depth = 0;
	for (let offset = 0; offset < text.length; offset++) {
		const character = text.charCodeAt(offset);
		if (character === 0x5b || character === 0x7b) depth++;
		else if ((character === 0x5d || character === 0x7d) && depth > 0) depth--;
		if (depth > MAX_OPEN_BRACKETS) return offset;
	}
	return null;
}

/**
 * What is wrong with a text, slips of single lines in the words of the person, everything else in those of the parser.
 * @param before the anchors of the text before this one.
 * @param linesBefore how many lines of the file stand before it, for words that name a line.
 */
export function problemsOf(document: YamlDocument, text: string, before?: Anchors, linesBefore = 0): readonly TextProblem[] {
	const errors = document.errors;
	const isHopeless = errors.some(({ code }) => code === "RESOURCE_EXHAUSTION");
	const slips = isHopeless || !errors.some(isStructural) ? null : findSlips(text, document);
	if (slips === null) return describeSyntaxErrors(document, composeNodes(document.contents, text, before), text, linesBefore);
	const { mended, toOriginal } = slips;
	const left = describeSyntaxErrors(slips.document, composeNodes(slips.document.contents, mended, before), mended, linesBefore);
	const others = left.map(({ range, ...problem }) => ({
		...problem,
		range: { start: toOriginal(range.start), end: toOriginal(range.end) },
	}));
	const lineOf = (offset: number) => text.lastIndexOf("\n", offset - 1);
	const slipped = new Set(slips.problems.map(({ range }) => lineOf(range.start)));
	return [...slips.problems, ...others.filter(({ range }) => !slipped.has(lineOf(range.start)))].sort(
		(first, second) => first.range.start - second.range.start,
	);
}
