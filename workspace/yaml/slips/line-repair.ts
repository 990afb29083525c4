import type { TextProblem } from "../syntax-problems.ts";
import type { TextLine } from "../text-lines.ts";

/** One way to change one line, and what was wrong with it if that is what it lacked. */
export interface LineRepair {
	/** Index of the line. */
	readonly line: number;
	/** The line as it should be. */
	readonly newText: string;
	/** In places of the text before the change. */
	readonly problem: TextProblem;
}

/** A repair of one line whose problem is marked from one column to another. */
export function makeRepair(
	line: TextLine,
	at: number,
	newText: string,
	code: string,
	message: string,
	columns: readonly [start: number, end: number],
): LineRepair {
	const [start, end] = columns;
	return { line: at, newText, problem: { code, severity: "error", message, range: { start: line.start + start, end: line.start + end } } };
}
