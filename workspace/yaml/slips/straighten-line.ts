import type { CompletionContext } from "../caret/make-context.ts";
import { endOfLine, startOfLine } from "../edits/node-site.ts";

/** Columns that a tab in the indentation counts for. */
const TAB = "  ";

/** A text whose line around an offset can be read like any other. */
export interface StraightLine {
	readonly text: string;
	/** The offset in this text. */
	readonly at: number;
	readonly lineStart: number;
	/** Characters by which the line's indentation has grown; more than 0 when it had tabs. */
	readonly grown: number;
	/** Offset of the space that was put behind a dash; null when none was missing. */
	readonly spaceAt: number | null;
}

/** Turns tabs in the indentation of the line around an offset into spaces, and puts a space behind a dash that has none. */
export function straightenLine(text: string, at: number): StraightLine {
	const lineStart = startOfLine(at, text);
	const lineEnd = endOfLine(lineStart, text);
	const line = text.slice(lineStart, lineEnd);
	const blanks = /^[ \t]*/.exec(line)![0];
	const before = blanks.slice(0, Math.max(0, at - lineStart));
	const indentation = blanks.replaceAll("\t", TAB);
	const column = at - lineStart + before.replaceAll("\t", TAB).length - before.length;
	const content = indentation + line.slice(blanks.length);
	// A number such as -1, and `---`, are no items.
	const dash = /^\s*(?:- +)*-(?=$|[^\s\d.-])/.exec(content)?.[0].length ?? null;
	const lacksSpace = dash !== null && column >= dash;
	const straight = lacksSpace ? `${content.slice(0, dash)} ${content.slice(dash)}` : content;
	return {
		text: straight === line ? text : text.slice(0, lineStart) + straight + text.slice(lineEnd),
		at: lineStart + column + (lacksSpace ? 1 : 0),
		lineStart,
		grown: indentation.length - blanks.length,
		spaceAt: lacksSpace ? lineStart + dash : null,
	};
}

/** What can be typed in a straightened text, in places of the text itself. */
export function bendBack(context: CompletionContext, { grown, lineStart, spaceAt }: StraightLine): CompletionContext {
	if (grown === 0 && spaceAt === null) return context;
	const original = (offset: number) => Math.max(lineStart, offset - grown - (spaceAt !== null && offset > spaceAt ? 1 : 0));
	const { replace } = context;
	const beginsLine = grown > 0 && spaceAt === null && context.typing !== "value" && !context.inFlow;
	return {
		...context,
		replace: { start: beginsLine ? lineStart : original(replace.start), end: original(replace.end) },
		moved: context.moved || beginsLine,
		needsSpace: context.needsSpace || replace.start - 1 === spaceAt,
		colonEnd: context.colonEnd === null ? null : original(context.colonEnd),
	};
}
