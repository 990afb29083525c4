import { t } from "../../../core/texts/translate.ts";
import { splitLine } from "../caret/scan-lines.ts";
import type { TextLine } from "../text-lines.ts";
import { type LineRepair, makeRepair } from "./line-repair.ts";

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** Brackets and quotes of one line that lack their other half. */
export function bracketRepairs(line: TextLine, at: number): readonly LineRepair[] {
	const scan = scanBrackets(line.text);
	return [...quoteRepairs(line, at, scan), ...openRepairs(line, at, scan), ...closeRepairs(line, at, scan)];
}

interface BracketScan {
	/** Columns of brackets that are opened and not closed on the line, outermost first. */
	readonly open: readonly number[];
	/** Column of the first closing bracket that does not fit; null when all do. */
	readonly wrongAt: number | null;
	/** Column of a quote that is opened and not closed on the line. */
	readonly quoteAt: number | null;
	/** Column behind the content. */
	readonly end: number;
}

function scanBrackets(text: string): BracketScan {
	const open: number[] = [];
	let quoteAt: number | null = null;
	let end = text.trimEnd().length;
	for (let column = 0; column < text.length; column++) {
		const character = text[column]!;
		const before = text[column - 1] ?? " ";
		if (quoteAt !== null) {
			if (character === "\\" && text[quoteAt] === '"') column++;
			else if (character === text[quoteAt]) quoteAt = null;
		} else if (character === '"' || (character === "'" && /[\s[{,]/.test(before))) quoteAt = column;
		else if (character === "#" && /\s/.test(before)) {
			end = text.slice(0, column).trimEnd().length;
			break;
		} else if (character === "[" || character === "{") open.push(column);
		else if (character === "]" || character === "}") {
			const opener = open.pop();
			if (opener === undefined || CLOSING[text[opener]!] !== character)
				return { open: opener === undefined ? [] : [...open, opener], wrongAt: column, quoteAt: null, end };
		}
	}
	return { open, wrongAt: null, quoteAt, end };
}

/** A bracket that is opened and not closed: at the end of the line, or before what cannot belong to its list. */
function openRepairs(line: TextLine, at: number, { open, wrongAt, end }: BracketScan): readonly LineRepair[] {
	const innermost = open.at(-1);
	if (innermost === undefined) return [];
	const { text } = line;
	const make = (column: number, missing: string): LineRepair => {
		const opener = text[innermost]!;
		const message = t`The \`${opener}\` opened in line ${at + 1} is not closed. Add \`${CLOSING[opener]}\` where it ends.`;
		const newText = text.slice(0, column) + missing + text.slice(column);
		return makeRepair(line, at, newText, "yaml/bad-indent", message, [innermost, end]);
	};
	const closer = CLOSING[text[innermost]!]!;
	if (wrongAt === null) {
		const all = open.toReversed().map((column) => CLOSING[text[column]!]);
		return [make(text.slice(0, end).replace(/,$/, "").length, all.join(""))];
	}
	const nextKey = text.slice(innermost, wrongAt).search(/,\s*\w+:\s/);
	return [...(nextKey < 0 ? [] : [make(innermost + nextKey, closer)]), make(text.slice(0, wrongAt).trimEnd().length, closer)];
}

/** A bracket that is closed and was not opened: it should have been behind the key, or behind the last colon. */
function closeRepairs(line: TextLine, at: number, { open, wrongAt, end }: BracketScan): readonly LineRepair[] {
	if (wrongAt === null || open.length > 0) return [];
	const { text } = line;
	const closer = text[wrongAt]!;
	const opener = closer === "]" ? "[" : "{";
	const message = t`The \`${closer}\` was never opened. Add \`${opener}\` where the value begins, or remove it.`;
	const places = [splitLine(text).valueColumn, splitLine(text).column, text.slice(0, wrongAt).lastIndexOf(": ") + 2];
	return [...new Set(places)]
		.filter((column) => column > 0 && column <= wrongAt)
		.map((column) =>
			makeRepair(line, at, text.slice(0, column) + opener + text.slice(column), "yaml/unexpected-token", message, [wrongAt, end]),
		);
}

/** A quote without its other half: the closing one before the next comma or bracket or at the end, or the opening one before an item. */
function quoteRepairs(line: TextLine, at: number, { quoteAt, end }: BracketScan): readonly LineRepair[] {
	if (quoteAt === null) return [];
	const { text } = line;
	const quote = text[quoteAt]!;
	const rest = text.slice(quoteAt + 1);
	const isFlow = /[[{]/.test(text.slice(0, quoteAt));
	const message = t`The quoted text that begins here is not closed. Add ${quote} where it ends.`;
	const closeAt = isFlow ? /[,\]}]/.exec(rest)?.index : undefined;
	const column =
		closeAt === undefined
			? Math.max(end, text.trimEnd().length)
			: quoteAt + 1 + text.slice(quoteAt + 1, quoteAt + 1 + closeAt).trimEnd().length;
	const closing = makeRepair(line, at, text.slice(0, column) + quote + text.slice(column), "yaml/missing-char", message, [
		quoteAt,
		text.trimEnd().length,
	]);
	const opening = [...text.matchAll(/[[{,:]\s+(?=[^\s"'[{])|\[(?=[^\s"'[{\]])/g)]
		.map((match) => match.index + match[0].length)
		.slice(0, 3)
		.map((start) => {
			const newText = text.slice(0, start) + quote + text.slice(start);
			const words = t`A quote is missing where this text begins. Add ${quote} there, or remove the one at its end.`;
			return makeRepair(line, at, newText, "yaml/missing-char", words, [start, text.trimEnd().length]);
		});
	return [closing, ...opening];
}
