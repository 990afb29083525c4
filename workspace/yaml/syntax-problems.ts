import type { ErrorCode, YAMLError } from "yaml";
import type { Severity } from "../../core/problems.ts";
import { t } from "../../core/texts/translate.ts";
import { scanLinesBefore } from "./caret/scan-lines.ts";
import type { ConfigNode, OffsetRange } from "./config-node.ts";
import { nodeAtOffset } from "./locate.ts";
import type { YamlDocument } from "./parse-yaml.ts";

/** A fault of the text itself. */
export interface TextProblem {
	/** `yaml/` and the fault, such as `yaml/duplicate-key`. */
	readonly code: string;
	readonly severity: Severity;
	/** What is wrong and what to do. */
	readonly message: string;
	readonly range: OffsetRange;
}

/** The nodes of a text, with the faults that were found in resolving them. */
export interface ComposedNodes {
	readonly root: ConfigNode | null;
	readonly problems: readonly TextProblem[];
}

/** Faults of one text beyond which no further ones are listed. */
export const MAX_PROBLEMS = 100;

/** Errors after which the parser no longer knows where it is, so that what it reports behind them need not be true. */
const STRUCTURAL: readonly ErrorCode[] = [
	"BAD_INDENT",
	"BLOCK_AS_IMPLICIT_KEY",
	"BLOCK_IN_FLOW",
	"IMPOSSIBLE",
	"MISSING_CHAR",
	"MULTILINE_IMPLICIT_KEY",
	"TAB_AS_INDENT",
	"UNEXPECTED_TOKEN",
];

/** Whether an error says that the parser lost its way; a missing comma does not make it. */
export function isStructural({ code, message }: YAMLError): boolean {
	return STRUCTURAL.includes(code) && !/^Missing ,/.test(message);
}

/**
 * All faults of a text, the parser's and those of its aliases, in the order of the text. One slip often makes the parser stumble
 * several times: of several errors on a line only the first is told, and behind a structural one no other up to the next key of the
 * file itself.
 * @param linesBefore how many lines of the file stand before the text, for words that name a line.
 */
export function describeSyntaxErrors(
	document: YamlDocument,
	composed: ComposedNodes,
	text: string,
	linesBefore = 0,
): readonly TextProblem[] {
	const { root, problems: others } = composed;
	const described: TextProblem[] = [];
	const lines = new Set<number>();
	let lostUntil = 0;
	let tooDeep = others.some((problem) => problem.code === "yaml/nested-too-deeply");
	for (const error of [...document.errors, ...document.warnings].sort((left, right) => left.pos[0] - right.pos[0])) {
		const problem = describe(error, text, root, linesBefore);
		if (problem.code === "yaml/nested-too-deeply") {
			if (tooDeep) continue;
			tooDeep = true;
		} else if (error.code !== "DUPLICATE_KEY") {
			const line = text.lastIndexOf("\n", error.pos[0] - 1);
			if (tooDeep || lines.has(line)) continue;
			lines.add(line);
		}
		if (isStructural(error)) {
			if (error.pos[0] < lostUntil) continue;
			lostUntil = startOfNextRootKey(error.pos[0], text);
		}
		described.push(problem);
	}
	const starts = new Set(described.map((problem) => problem.range.start));
	const all = [...tellRunsOnce(described, text), ...others.filter((problem) => !starts.has(problem.range.start))].sort(
		(left, right) => left.range.start - right.range.start,
	);
	return all.slice(0, MAX_PROBLEMS);
}

/** Keys that stand twice on one line after another are one fault: the dash that begins a new entry with them is missing. */
function tellRunsOnce(problems: readonly TextProblem[], text: string): readonly TextProblem[] {
	const places = problems.map(({ code, range }) => {
		const lineStart = text.lastIndexOf("\n", range.start - 1) + 1;
		const isDuplicate = code === "yaml/duplicate-key";
		return { isDuplicate, lineStart, lineEnd: text.indexOf("\n", range.start), column: range.start - lineStart };
	});
	const continues = (index: number) => {
		const [before, own] = [places[index - 1], places[index]];
		if (before?.isDuplicate !== true || own?.isDuplicate !== true) return false;
		return before.lineEnd === own.lineStart - 1 && own.column === before.column;
	};
	return problems.flatMap((problem, index) => {
		if (continues(index)) return [];
		if (!continues(index + 1)) return [problem];
		const key = text.slice(problem.range.start, problem.range.end);
		const message = t`The key ${quote(key)} and those below it stand here twice. Begin a new entry with \`- \`, or remove them.`;
		return [{ ...problem, message }];
	});
}

/** Where, behind an offset, the next line begins a key in the first column. */
function startOfNextRootKey(offset: number, text: string): number {
	const key = /\n(?=[A-Za-z"'][^\n]*:(\s|$))/.exec(text.slice(offset));
	return key === null ? text.length : offset + key.index + 1;
}

/** The problem of a node that stands deeper than any setting. */
export function nestedTooDeeply(offset: number): TextProblem {
	const message = t("This is nested too deeply. No setting stands this deep: remove levels.");
	return { code: "yaml/nested-too-deeply", severity: "error", message, range: { start: offset, end: offset + 1 } };
}

/**
 * The problem of a text that was not UTF-8: reading it left replacement characters, or NUL characters where it is binary or UTF-16.
 * Whatever else is said of such a text would be a riddle, and names in it match nothing.
 */
export function notUtf8(text: string, offset: number): TextProblem {
	const what =
		text[offset] === "\0"
			? t("This is not a text file in UTF-8: there are NUL characters in it.")
			: t("This character was lost, since the file is not saved in UTF-8.");
	return {
		code: "yaml/not-utf8",
		severity: "error",
		message: t`${what} Save it as text in UTF-8.`,
		range: { start: offset, end: offset + 1 },
	};
}

function describe(error: YAMLError, text: string, root: ConfigNode | null, linesBefore: number): TextProblem {
	const place = visibleRange(error.pos, text);
	const found = text.slice(place.start, place.end);
	const make = (name: string, message: string, range = place): TextProblem => ({ code: `yaml/${name}`, severity: "error", message, range });
	switch (error.code) {
		case "DUPLICATE_KEY":
			return duplicateKey(place.start, text);
		case "TAB_AS_INDENT":
			return make("tab-as-indent", t("This line is indented with a tab. Use spaces."), runOf("\t", place.start, text));
		case "BAD_INDENT":
			return describeIndent(error, make, text, linesBefore);
		case "MISSING_CHAR":
			return describeMissing(error, make, text, root);
		case "BAD_SCALAR_START":
			return make("bad-scalar-start", t`A text must not begin with ${quote(found)}. Put it in quotes.`);
		case "BAD_DQ_ESCAPE":
			return make(
				"bad-dq-escape",
				t`In double quotes a backslash begins a special character, and ${quote(text.slice(place.start, place.start + 2))} is none. Write \`\\\\\`, or use single quotes.`,
				{ start: place.start, end: Math.min(place.start + 2, text.length) },
			);
		case "BLOCK_AS_IMPLICIT_KEY":
			return make("block-as-implicit-key", wordsForTwoKeys(place.start, text), restOfLine(place.start, text));
		case "MULTIPLE_DOCS":
			return make(
				"multiple-documents",
				t("A configuration file holds one document. Move what follows into a file of its own."),
				restOfLine(error.pos[0], text),
			);
		case "UNEXPECTED_TOKEN":
			return make("unexpected-token", t`${quote(found)} cannot stand here. Remove it, or put the whole text in quotes.`);
		case "NON_STRING_KEY":
			return make("non-string-key", t("A key must be a plain word, not a list or a mapping. Put it in quotes if a text is meant."));
		case "RESOURCE_EXHAUSTION":
			return nestedTooDeeply(place.start);
		case "TAG_RESOLVE_FAILED":
			return make("tag-resolve-failed", t`The tag ${quote(found)} does not fit here. Remove it; tags are not needed in these files.`);
		case "MULTILINE_IMPLICIT_KEY":
			return make(
				"multiline-implicit-key",
				t("This line has no colon, so it runs on into the next. Write `key: value`, or put a longer text in quotes."),
				restOfLine(place.start, text),
			);
		case "KEY_OVER_1024_CHARS":
			return make("key-over-1024-chars", t("This key is too long. A key has at most 1,024 characters."), restOfLine(place.start, text));
		case "BLOCK_IN_FLOW":
			return make(
				"block-in-flow",
				t("Lines with dashes or indented keys cannot stand inside brackets. Use commas here, or write the whole value without brackets."),
			);
		case "BAD_ALIAS":
		case "ALIAS_PROPS":
			return make("bad-alias", t`${quote(found)} is not the name of an anchor. If a text is meant, put it in quotes.`);
		case "MULTIPLE_ANCHORS":
			return make("multiple-anchors", t("A value can have only one anchor. Remove the others."));
		case "MULTIPLE_TAGS":
			return make("multiple-tags", t("A value can have only one tag. Remove the others."));
		case "BAD_DIRECTIVE":
			return make("bad-directive", t`${quote(found)} is not understood here. Remove the line; these files need no directives.`);
		case "BAD_PROP_ORDER":
			return make("bad-prop-order", t("An anchor or a tag must stand directly before its value. Move it there."));
		case "BAD_COLLECTION_TYPE":
			return make("bad-collection-type", t("The tag does not fit this value. Remove the tag."));
		case "IMPOSSIBLE":
			return make("impossible", t("This cannot be read as YAML. Check the line above and this one."));
	}
}

/** The problem of a key, at an offset, that its mapping has already. */
export function duplicateKey(offset: number, text: string): TextProblem {
	const range = wordAt(offset, text);
	const message = t`The key ${quote(text.slice(range.start, range.end))} stands here twice. Remove one of the two.`;
	return { code: "yaml/duplicate-key", severity: "error", message, range };
}

/** The parser sees two keys on a line also when the line below is indented too far. */
function wordsForTwoKeys(start: number, text: string): string {
	const { start: from, end } = restOfLine(start, text);
	return /:(\s|$)/.test(text.slice(from, end))
		? t("This line has two keys. Put the second on a line of its own, or the text with the colon in quotes.")
		: t("The line below continues this one, because it is indented further. Begin both in the same column.");
}

type Make = (name: string, message: string, range?: OffsetRange) => TextProblem;

function describeIndent(error: YAMLError, make: Make, text: string, linesBefore: number): TextProblem {
	const place = visibleRange(error.pos, text);
	if (/^Flow (sequence|map)/.test(error.message)) {
		const [kind, bracket] = error.message.startsWith("Flow map") ? [t("mapping in braces"), "}"] : [t("list in brackets"), "]"];
		const openedAt = scanLinesBefore(text, text.lastIndexOf("\n", error.pos[0] - 1) + 1).openFlowAt;
		const opened = openedAt === null ? "" : t`, opened in line ${text.slice(0, openedAt).split("\n").length + linesBefore},`;
		return make(
			"bad-indent",
			t`The ${kind}${opened} is not closed before this point. Add \`${bracket}\` where it ends.`,
			restOfLine(place.start, text),
		);
	}
	return make(
		"bad-indent",
		t("This line is not indented like the lines that it belongs to. Begin it in the same column as they do."),
		restOfLine(place.start, text),
	);
}

function describeMissing(error: YAMLError, make: Make, text: string, root: ConfigNode | null): TextProblem {
	const place = visibleRange(error.pos, text);
	const quoteCharacter = /^Missing closing (['"])quote/.exec(error.message)?.[1];
	if (quoteCharacter !== undefined) {
		const opened = nodeAtOffset(root, text, place.end).range;
		const range = text[opened.start] === quoteCharacter ? restOfLine(opened.start, text) : place;
		return make("missing-char", t`The quoted text that begins here is not closed. Add ${quoteCharacter} where it ends.`, range);
	}
	if (error.message.startsWith("Implicit map keys")) {
		const range = restOfLine(lineContentStart(place.start, text), text);
		const word = text.slice(range.start, range.end);
		return make(
			"missing-char",
			t`A colon and a value are missing after ${quote(word)}. Write \`key: value\`, or indent the line if it continues the text above.`,
			range,
		);
	}
	if (/^Missing ,/.test(error.message)) {
		const isBehindQuote = /["']/.test(text[place.start - 1] ?? "");
		const message = isBehindQuote ? t("A quote or a comma is missing before this.") : t("A comma is missing before this.");
		return make("missing-char", message);
	}
	return make("missing-char", t("A character is missing here. Check brackets, quotes, commas and colons up to this point."));
}

/** The parser's position, made at least one character wide where the text allows it, and kept off the end of the line. */
function visibleRange(position: readonly [number, number], text: string): OffsetRange {
	let start = Math.max(0, Math.min(position[0], text.length));
	const end = Math.max(start, Math.min(position[1], text.length));
	if (start >= text.length || (end - start <= 1 && /[\r\n]/.test(text[start]!))) {
		while (start > 0 && (start >= text.length || /\s/.test(text[start]!))) start--;
		return { start, end: Math.min(start + characterWidth(start, text), text.length) };
	}
	return end - start <= 1 ? { start, end: start + characterWidth(start, text) } : { start, end: trimEnd(start, end, text) };
}

/** Two for a character beyond the basic plane, so that a range never cuts one in half. */
function characterWidth(offset: number, text: string): number {
	return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}

function restOfLine(start: number, text: string): OffsetRange {
	const from = start + (/^[ \t]*(?=[^\s])/.exec(text.slice(start, start + 1000))?.[0].length ?? 0);
	const lineEnd = text.indexOf("\n", from);
	const end = trimEnd(from, lineEnd < 0 ? text.length : lineEnd, text);
	return end > from ? { start: from, end } : { start, end: Math.min(start + 1, text.length) };
}

function lineContentStart(offset: number, text: string): number {
	let start = text.lastIndexOf("\n", Math.max(0, offset - 1)) + 1;
	while (start < offset && /[ \t-]/.test(text[start]!)) start++;
	return Math.min(start, offset);
}

function wordAt(start: number, text: string): OffsetRange {
	const match = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^:,}\]\r\n]*[^:,}\]\s])/.exec(text.slice(start, start + 1100));
	return { start, end: start + (match?.[0].length ?? characterWidth(start, text)) };
}

function runOf(character: string, start: number, text: string): OffsetRange {
	let end = start;
	while (text[end] === character) end++;
	return { start, end: Math.max(end, Math.min(start + 1, text.length)) };
}

function trimEnd(start: number, end: number, text: string): number {
	let trimmed = end;
	while (trimmed > start && /\s/.test(text[trimmed - 1]!)) trimmed--;
	return trimmed;
}

function quote(text: string): string {
	const line = text.split(/\r?\n/, 1)[0] ?? "";
	return `\`${line.length > 60 ? `${line.slice(0, 57)}…` : line}\``;
}
