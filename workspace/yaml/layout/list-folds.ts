import type { ConfigNode } from "../config-node.ts";
import { endOfEntry, endOfItem } from "../edits/node-site.ts";
import type { ParsedConfig } from "../parse-config.ts";
import { lineIndexAt, linesOf, type TextLine } from "../text-lines.ts";

/** A stretch of a text over several lines that can be hidden. */
export interface Fold {
	/** Behind what stays to be seen: the first line, or an opening bracket. */
	readonly start: number;
	/** Of brackets, before the closing one. */
	readonly end: number;
	readonly kind: "comment" | "region" | null;
	/** Folds around this one. */
	readonly depth: number;
	/** Whether a bracket begins the last line. */
	readonly closesOnOwnLine: boolean;
}

/**
 * All that can be folded, in the order of the text: entries and items of several lines, lists and mappings in brackets, long texts, runs
 * of comments, and regions between `# region` and `# endregion`. No two begin on the same line: there the outer one counts.
 */
export function listFolds({ text, root }: ParsedConfig): readonly Fold[] {
	const lines = linesOf(text);
	const folding: Folding = { text, lines, folds: new Map(), textLines: new Set() };
	if (root !== null) foldNode(root, 0, folding);
	foldComments(folding);
	return [...folding.folds.values()].sort((left, right) => left.start - right.start);
}

interface Folding {
	readonly text: string;
	readonly lines: readonly TextLine[];
	/** By the index of their first line. */
	readonly folds: Map<number, Fold>;
	/** Lines, by index, that go on with a text begun above, and so are no comments. */
	readonly textLines: Set<number>;
}

function foldNode(node: ConfigNode, depth: number, folding: Folding): void {
	if (node.type === "scalar" || node.type === "alias") {
		const last = lineIndexAt(folding.lines, node.range.end);
		for (let line = lineIndexAt(folding.lines, node.range.start) + 1; line <= last; line++) folding.textLines.add(line);
		return;
	}
	if (node.flow) foldBrackets(node.range.start, node.range.end, depth, folding);
	if (node.type === "map") {
		for (const entry of node.entries) foldPart(entry.keyRange.start, endOfEntry(entry), entry.node, depth + 1, folding);
	} else {
		for (const item of node.items) foldPart(item.dash ?? item.node.range.start, endOfItem(item), item.node, depth + 1, folding);
	}
}

/** An entry or item; one whose brackets open on its first line folds as these do. */
function foldPart(start: number, end: number, value: ConfigNode, depth: number, folding: Folding): void {
	const { lines } = folding;
	const first = lineIndexAt(lines, start);
	const opensHere = "flow" in value && value.flow && lineIndexAt(lines, value.range.start) === first;
	if (!opensHere && lineIndexAt(lines, end) > first) {
		addFold(folding, first, { start: endOfLine(lines[first]!), end, kind: null, depth, closesOnOwnLine: false });
	}
	foldNode(value, depth, folding);
}

function foldBrackets(start: number, end: number, depth: number, folding: Folding): void {
	const { text, lines } = folding;
	const first = lineIndexAt(lines, start);
	const last = lines[lineIndexAt(lines, end)]!;
	const isClosed = /[\]}]/.test(text[end - 1] ?? "") && end - 1 > start;
	const inner = isClosed ? end - 1 : end;
	if (last.start <= start) return;
	const closesOnOwnLine = isClosed && text.slice(last.start, inner).trim() === "";
	addFold(folding, first, { start: start + 1, end: inner, kind: null, depth, closesOnOwnLine });
}

/** Runs of comments, each on a line of its own, and what stands between the marks of a region. */
function foldComments(folding: Folding): void {
	const { lines } = folding;
	const regions: number[] = [];
	let first: number | null = null;
	const endRun = (next: number) => {
		if (first !== null && next - first > 1) addFold(folding, first, between(lines, first, next - 1, "comment"));
		first = null;
	};
	for (const [index, line] of lines.entries()) {
		const isComment = /^[ \t]*#/.test(line.text) && !folding.textLines.has(index);
		const mark = isComment ? /^[ \t]*#[ \t]*(end)?region\b/.exec(line.text) : null;
		if (!isComment || mark !== null) endRun(index);
		else first ??= index;
		if (mark === null) continue;
		const begun = mark[1] === undefined ? regions.push(index) && null : (regions.pop() ?? null);
		if (begun !== null) addFold(folding, begun, between(lines, begun, index, "region"));
	}
	endRun(lines.length);
}

function between(lines: readonly TextLine[], first: number, last: number, kind: "comment" | "region"): Fold {
	return { start: endOfLine(lines[first]!), end: endOfLine(lines[last]!), kind, depth: 0, closesOnOwnLine: false };
}

function addFold(folding: Folding, firstLine: number, fold: Fold): void {
	if (!folding.folds.has(firstLine)) folding.folds.set(firstLine, fold);
}

function endOfLine({ start, text }: TextLine): number {
	return start + text.length;
}
