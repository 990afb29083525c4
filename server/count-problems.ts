import type { PlacedProblem } from "../workspace/workspace.ts";
import type { ProblemCounts } from "./protocol/client-messages.ts";

/** How many problems are errors, and how many warnings; notes and hints do not count. */
export function countProblems(problems: readonly PlacedProblem[]): ProblemCounts {
	const count = (severity: string) => problems.filter(({ problem }) => problem.severity === severity).length;
	return { errors: count("error"), warnings: count("warning") };
}
