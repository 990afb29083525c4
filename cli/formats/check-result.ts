import type { Severity } from "../../core/problems.ts";
import type { TextPosition } from "./line-index.ts";

/** What `check` found, with every place as line and column. */
export interface CheckResult {
	/** Every checked file, also those without a problem, in code-unit order of their URIs. */
	readonly files: readonly CheckedFile[];
	readonly errors: number;
	readonly warnings: number;
	readonly information: number;
	readonly hints: number;
	/** Warnings and less that comments in the files allow; they are in none of the other numbers. */
	readonly allowed: number;
}

/** One checked file. */
export interface CheckedFile {
	/** Relative to the current folder where it is below it, with `/`; else absolute. */
	readonly file: string;
	/** By place. */
	readonly problems: readonly CheckedProblem[];
	/** What comments allow, by place. */
	readonly allowed: readonly AllowedCheckedProblem[];
}

/** One problem with its place. */
export interface CheckedProblem {
	readonly code: string;
	readonly severity: Severity;
	readonly message: string;
	readonly range: CheckedRange;
	readonly related: readonly { readonly file: string; readonly message: string; readonly range: CheckedRange }[];
}

/** A problem that a comment allows. */
export interface AllowedCheckedProblem extends CheckedProblem {
	/** As the comment says it. */
	readonly reason: string;
}

/** Inclusive start, exclusive end. */
export interface CheckedRange {
	readonly start: TextPosition;
	readonly end: TextPosition;
}

/** Adds the counts to checked files. */
export function makeCheckResult(files: readonly CheckedFile[]): CheckResult {
	const count = (severity: Severity) =>
		files.reduce((sum, file) => sum + file.problems.filter((problem) => problem.severity === severity).length, 0);
	return {
		files,
		errors: count("error"),
		warnings: count("warning"),
		information: count("information"),
		hints: count("hint"),
		allowed: files.reduce((sum, file) => sum + file.allowed.length, 0),
	};
}
