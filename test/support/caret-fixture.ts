/** A stretch of text in UTF-16 offsets; `end` is exclusive. */
export interface FixtureRange {
	readonly start: number;
	readonly end: number;
}

/** A text with marked places. */
export interface CaretFixture {
	/** The text without its marks. */
	readonly text: string;
	/** Offsets of the marks for the caret, in order. */
	readonly carets: readonly number[];
	/** What stood between range marks, in the order of their beginnings. */
	readonly ranges: readonly FixtureRange[];
}

/** A diagnostic with its place. */
export interface MarkedProblem {
	readonly code: string;
	readonly range: FixtureRange;
}

/** Takes the marks out of a text: a slash, a star and `caret`, `[` or `]`, a star and a slash. Ranges may be nested. */
export function readCaretFixture(marked: string): CaretFixture {
	let text = "";
	let from = 0;
	const carets: number[] = [];
	const ranges: { start: number; end: number }[] = [];
	const open: { start: number; end: number }[] = [];
	for (const match of marked.matchAll(/\/\*(caret|\[|\])\*\//g)) {
		text += marked.slice(from, match.index);
		from = match.index + match[0].length;
		if (match[1] === "caret") carets.push(text.length);
		else if (match[1] === "[") {
			const range = { start: text.length, end: text.length };
			ranges.push(range);
			open.push(range);
		} else {
			const range = open.pop();
			if (range === undefined) throw new Error(`A range is closed that was not opened: ${marked}`);
			range.end = text.length;
		}
	}
	if (open.length > 0) throw new Error(`A range is not closed: ${marked}`);
	return { text: text + marked.slice(from), carets, ranges };
}

/**
 * Takes the annotations out of a text, see {@link annotate}; comparing the annotated text with what `annotate` makes of the text and
 * the problems found tells whether they are the expected ones.
 */
export function withoutAnnotations(annotated: string): string {
	return annotated
		.split("\n")
		.filter((line) => !/^#( *\^+| <-*) [a-z]+\/[a-z0-9-]+$/.test(line))
		.join("\n");
}

/**
 * Draws problems below their lines: `#   ^^^^ schema/unknown-key`, and `# <--- schema/unknown-key`, as long as the marked text, where that begins in
 * the first column. Of a text of several lines, the part on the first is drawn; an empty range as one mark. In the order of the marks, then of the codes.
 */
export function annotate(text: string, problems: readonly MarkedProblem[]): string {
	const lines = text.split("\n");
	let lineStart = 0;
	return lines
		.map((line, index) => {
			const lineEnd = lineStart + line.length;
			const isLast = index === lines.length - 1;
			const marks = problems
				.filter(({ range }) => range.start >= lineStart && (range.start < lineEnd + 1 || isLast))
				.sort((left, right) => left.range.start - right.range.start || compare(left.code, right.code))
				.map(({ code, range }) => {
					const column = range.start - lineStart;
					const width = Math.max(1, Math.min(range.end, lineEnd) - range.start);
					if (column === 0) return `\n# ${"<".padEnd(width, "-")} ${code}`;
					return `\n#${" ".repeat(column - 1)}${"^".repeat(width)} ${code}`;
				});
			lineStart = lineEnd + 1;
			return line + marks.join("");
		})
		.join("\n");
}

function compare(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
