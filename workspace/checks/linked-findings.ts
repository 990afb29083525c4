import { valueAt } from "../../core/config/value-at.ts";
import type { ConfigProblem } from "../../core/problems.ts";
import { isReadable, type WorkspaceFile } from "../workspace-file.ts";

/** What is wrong with a configuration beside its linked data and its history. */
export interface LinkedFindings {
	/** In no order of the text. */
	readonly problems: readonly ConfigProblem[];
	/** Whether everything that is linked could be read, so that what is not among the problems is well. */
	readonly complete: boolean;
}

/** Whether data can have been read to its end in spite of a problem. */
export function leavesDataKnown({ code, severity }: ConfigProblem): boolean {
	return !(code.startsWith("source/") && severity === "error") && code !== "source/outside-workspace";
}

/**
 * What was found for an earlier text, as far as it surely still stands: of sources that are written as before, and elsewhere at places that
 * are written as before, if all sources are. Null when there is nothing to judge by: the text does not parse.
 */
export function carryOver(findings: LinkedFindings, from: WorkspaceFile, to: WorkspaceFile): LinkedFindings | null {
	if (from === to) return findings;
	if (!isReadable(to.parsed) || from.config.model?.kind !== to.config.model?.kind) return null;
	const sameSources = isSame(valueAt(from.parsed.tree, ["dataSources"]), valueAt(to.parsed.tree, ["dataSources"]));
	const problems = findings.problems.filter(({ path }) => {
		const place = path[0] === "dataSources" ? path.slice(0, 2) : path;
		if (!isSame(valueAt(from.parsed.tree, place), valueAt(to.parsed.tree, place))) return false;
		return path[0] === "dataSources" || sameSources;
	});
	return { problems, complete: findings.complete && problems.length === findings.problems.length && sameSources };
}

/** Trees are plain data; what cannot be written down counts as different. */
function isSame(left: unknown, right: unknown): boolean {
	if (left === right) return true;
	try {
		return JSON.stringify(left) === JSON.stringify(right);
	} catch {
		return false;
	}
}
