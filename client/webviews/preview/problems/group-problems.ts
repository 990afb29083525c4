import type { PreviewProblem } from "../../../../server/protocol/preview-messages.ts";

/** The problems of one data source. */
export interface SourceGroup {
	readonly source: string;
	readonly count: number;
	/** Those of the same kind, the most frequent first. */
	readonly codes: readonly CodeGroup[];
}

/** The problems of one kind in one data source. */
export interface CodeGroup {
	readonly code: string;
	/** In the order of the data. */
	readonly problems: readonly PreviewProblem[];
}

/** Groups problems by source, in the order in which sources first occur, and within one by code, the most frequent first. */
export function groupProblems(problems: readonly PreviewProblem[]): readonly SourceGroup[] {
	const sources = new Map<string, Map<string, PreviewProblem[]>>();
	for (const problem of problems) {
		const codes = sources.get(problem.source) ?? new Map<string, PreviewProblem[]>();
		sources.set(problem.source, codes);
		const same = codes.get(problem.code) ?? [];
		codes.set(problem.code, same);
		same.push(problem);
	}
	return [...sources].map(([source, codes]) => ({
		source,
		count: [...codes.values()].reduce((sum, same) => sum + same.length, 0),
		codes: [...codes]
			.map(([code, same]) => ({ code, problems: same }))
			.sort((one, other) => other.problems.length - one.problems.length || (one.code < other.code ? -1 : 1)),
	}));
}
