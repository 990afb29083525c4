import type { ConfigFile } from "../core/config/model.ts";
import { readModel } from "../core/config/read-model.ts";
import type { ConfigProblem } from "../core/problems.ts";
import { type OffsetRange, type ParsedConfig, parseConfig } from "./yaml/parse-config.ts";
import type { TextEdit } from "./yaml/text-edit.ts";

/** One configuration at one time. A new object stands for every change of its text. */
export interface WorkspaceFile {
	readonly uri: string;
	readonly parsed: ParsedConfig;
	/** The latest parse of this file without a syntax error; null when there was none yet. */
	readonly lastGood: ParsedConfig | null;
	readonly config: ConfigFile;
	/** The configuration by its last good text, or as it is when there is none: what other files are checked against. */
	readonly steadyConfig: ConfigFile;
}

/** A problem of a file with the text that it marks. */
export interface PlacedProblem {
	/** Of a syntax problem the path is empty; its range is exact all the same. */
	readonly problem: ConfigProblem;
	readonly range: OffsetRange;
	/** Repairs of what has no place in the tree, such as a comment. */
	readonly textFixes?: readonly TextFix[];
}

/** A repair that is no change of the tree. */
export interface TextFix {
	readonly title: string;
	readonly preferred: boolean;
	/** None overlaps another. */
	readonly edits: readonly TextEdit[];
}

/**
 * A configuration by its text. What has not changed since the version before is the very same in both, so it need not be looked at again.
 * @param before the same file by its text before; null when it is new.
 */
export function readConfig(uri: string, text: string, before: WorkspaceFile | null): WorkspaceFile {
	const parsed = parseConfig(text, before?.parsed, before?.lastGood);
	const config: ConfigFile = { id: uri, tree: parsed.tree, model: readModel(parsed.tree, before?.steadyConfig) };
	const readable = isReadable(parsed);
	const steady = readable || before === null || before.lastGood === null;
	return {
		uri,
		parsed,
		lastGood: readable ? parsed : (before?.lastGood ?? null),
		config,
		steadyConfig: steady ? config : before.steadyConfig,
	};
}

/** The problem with the text that it marks in a parsed file. */
export function place(parsed: ParsedConfig, problem: ConfigProblem): PlacedProblem {
	return { problem, range: parsed.rangeOf(problem.path, problem.anchor) };
}

/** Whether a text has no syntax error, so that its tree is what was meant. */
export function isReadable(parsed: ParsedConfig): boolean {
	return parsed.parsedCleanly;
}
