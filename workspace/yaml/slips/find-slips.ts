import type { YAMLError } from "yaml";
import { splitLine } from "../caret/scan-lines.ts";
import { composeNodes } from "../compose-nodes.ts";
import { parseYaml, type YamlDocument } from "../parse-yaml.ts";
import { isStructural, type TextProblem } from "../syntax-problems.ts";
import { beginsRootKey, lineIndexAt, linesOf, neighbourOf, type TextLine } from "../text-lines.ts";
import { countMisfits } from "./fits-schema.ts";
import type { LineRepair } from "./line-repair.ts";
import { hasSecondKey, repairsOf } from "./line-repairs.ts";

/** Slips that are told apart in one text. */
const MAX_SLIPS = 4;
/** Changed texts that are parsed for one text at most, and how long they may be together. */
const MAX_PARSES = 50;
const MAX_CHARACTERS = 300_000;
/** Lines above the first error in which its cause is looked for. */
const LINES_ABOVE = 8;

/** The slips of a text, and the text without them. */
export interface Slips {
	readonly problems: readonly TextProblem[];
	/** The text with every slip mended; the same number of lines. */
	readonly mended: string;
	/** What the parser says of it. */
	readonly document: YamlDocument;
	/** The place in the text itself of a place in the mended one. */
	toOriginal(offset: number): number;
}

/**
 * Finds the lines whose change in one place mends a text: a line in the wrong column, a lost dash, colon, quote or bracket. One such
 * slip makes a parser stumble on every line after it, so what the parser says is only where to look; that a change mends the text
 * is tried, not guessed. Null when nothing that is tried helps.
 */
export function findSlips(text: string, document: YamlDocument): Slips | null {
	const original = linesOf(text);
	const budget: Budget = { parses: MAX_PARSES, characters: MAX_CHARACTERS };
	const problems: TextProblem[] = [];
	let current = { text, lines: original, document };
	while (problems.length < MAX_SLIPS) {
		const first = firstStructural(current.document.errors);
		const repair = first === null ? null : findRepair(current, first, budget);
		if (first === null || repair === null) break;
		const changed = withLine(current.text, current.lines, repair);
		problems.push(atOriginal(withCodeOf(repair.problem, first, current.lines), current.lines, original));
		current = { text: changed, lines: linesOf(changed), document: parseYaml(changed) };
	}
	if (problems.length === 0) return null;
	const { lines } = current;
	return { problems, mended: current.text, document: current.document, toOriginal: (offset) => mapOffset(offset, lines, original) };
}

interface Budget {
	parses: number;
	characters: number;
}

interface Version {
	readonly text: string;
	readonly lines: readonly TextLine[];
	readonly document: YamlDocument;
}

/** How well a change mends a text; the lines are counted from 0, and without an error the first one with one is infinitely far. */
interface Outcome {
	readonly firstErrorLine: number;
	readonly errors: number;
	readonly misfits: number;
}

function findRepair(version: Version, first: YAMLError, budget: Budget): LineRepair | null {
	const { lines, text } = version;
	const errorLine = lineIndexAt(lines, Math.min(first.pos[0], text.trimEnd().length));
	const end = windowEnd(lines, errorLine, text);
	let best: { readonly repair: LineRepair; readonly outcome: Outcome } | null = null;
	for (const index of linesToTry(lines, errorLine, first.code === "BLOCK_AS_IMPLICIT_KEY")) {
		for (const repair of repairsOf(lines, index)) {
			if (budget.parses <= 0 || budget.characters < end) return best?.repair ?? null;
			budget.parses--;
			budget.characters -= end;
			const outcome = judge(withLine(text, lines, repair).slice(0, end + repair.newText.length - lines[index]!.text.length));
			if (outcome.errors === 0 && outcome.misfits === 0) return repair;
			if (outcome.firstErrorLine <= Math.max(errorLine, index + 1)) continue;
			if (best === null || isBetter(outcome, best.outcome)) best = { repair, outcome };
		}
	}
	return best?.repair ?? null;
}

/**
 * The line of the first error, the one after it, whose column may be what it stumbles on, then those above.
 * @param belowFirst whether what the parser stumbled on is more likely the column of the line below.
 */
function linesToTry(lines: readonly TextLine[], errorLine: number, belowFirst: boolean): readonly number[] {
	const below = neighbourOf(lines, errorLine, 1);
	const hasTwoKeys = hasSecondKey(lines[errorLine]!.text.slice(splitLine(lines[errorLine]!.text).valueColumn));
	const found = below === null ? [errorLine] : belowFirst && !hasTwoKeys ? [below, errorLine] : [errorLine, below];
	let above = neighbourOf(lines, errorLine, -1);
	for (let count = 0; above !== null && count < LINES_ABOVE; count++) {
		found.push(above);
		above = neighbourOf(lines, above, -1);
	}
	return found;
}

/** Where the text may be cut off when a change near a line is tried: at the second key of the file itself below it. */
function windowEnd(lines: readonly TextLine[], errorLine: number, text: string): number {
	const keys = lines.slice(errorLine + 2).filter(beginsRootKey);
	return keys[1]?.start ?? text.length;
}

function judge(text: string): Outcome {
	const document = parseYaml(text);
	const { errors } = document;
	const first = errors.length === 0 ? null : Math.min(...errors.map(({ pos }) => pos[0]));
	return {
		firstErrorLine: first === null ? Number.POSITIVE_INFINITY : lineIndexAt(linesOf(text), first),
		errors: errors.length,
		misfits: errors.length > 0 ? 0 : countMisfits(composeNodes(document.contents, text).root?.value),
	};
}

function isBetter(outcome: Outcome, other: Outcome): boolean {
	if (outcome.firstErrorLine !== other.firstErrorLine) return outcome.firstErrorLine > other.firstErrorLine;
	return outcome.errors === other.errors ? outcome.misfits < other.misfits : outcome.errors < other.errors;
}

function firstStructural(errors: readonly YAMLError[]): YAMLError | null {
	return errors.filter(isStructural).sort((left, right) => left.pos[0] - right.pos[0])[0] ?? null;
}

/** A line without a colon keeps the code under which the parser reports it. */
function withCodeOf(problem: TextProblem, { code, pos }: YAMLError, lines: readonly TextLine[]): TextProblem {
	const isSameLine = lineIndexAt(lines, pos[0]) === lineIndexAt(lines, problem.range.start);
	return isSameLine && code === "MULTILINE_IMPLICIT_KEY" && problem.code === "yaml/missing-char"
		? { ...problem, code: "yaml/multiline-implicit-key" }
		: problem;
}

function withLine(text: string, lines: readonly TextLine[], { line, newText }: LineRepair): string {
	const { start, text: old } = lines[line]!;
	return text.slice(0, start) + newText + text.slice(start + old.length);
}

function atOriginal(problem: TextProblem, lines: readonly TextLine[], original: readonly TextLine[]): TextProblem {
	const { start, end } = problem.range;
	return { ...problem, range: { start: mapOffset(start, lines, original), end: mapOffset(end, lines, original) } };
}

/** Lines are changed, but neither added nor removed: what is in the middle of a changed line is placed by its column. */
function mapOffset(offset: number, lines: readonly TextLine[], original: readonly TextLine[]): number {
	const index = lineIndexAt(lines, offset);
	const { start, text } = original[index]!;
	return start + Math.max(0, Math.min(offset - lines[index]!.start, text.length));
}
