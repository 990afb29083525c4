import type { DataProblem } from "../../core/problems.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import type { Paint } from "./paint.ts";
import { printable, wrap } from "./table.ts";

const SHOWN_PROBLEMS = 5;

/** Lines that say what was wrong with the rows of linked data: how many problems, and the first of them. None when nothing was. */
export function formatProblems(problems: readonly DataProblem[], problemCount: number, paint: Paint, width: number): readonly string[] {
	if (problemCount === 0) return [];
	const shown = problems.slice(0, SHOWN_PROBLEMS);
	const hidden = problemCount - shown.length;
	const lines = shown.flatMap((problem) =>
		wrap(describeProblem(problem), width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`)),
	);
	return [
		"",
		paint("warning", `${formatCount(problemCount)} ${problemCount === 1 ? "problem" : "problems"} in the data`),
		...lines,
		...(hidden > 0 ? [paint("quiet", `  and ${formatCount(hidden)} more; --format json lists the first 1,000 of each kind`)] : []),
	];
}

function describeProblem({ source, row, column, message }: DataProblem): string {
	const place = [source, ...(row === null ? [] : [`row ${formatCount(row)}`]), ...(column === null ? [] : [column])].join(", ");
	return printable(`${place}: ${message}`);
}
