import type { ConfigPath, ConfigProblem } from "../problems.ts";

/**
 * Of the problems that one slip brings about, the one that says it best. A key that is there misspelt is not missing as well; and where
 * a rule says that a whole block is missing, the schema need not say that it is empty or what it lacks.
 */
export function tellOnce(schemaProblems: readonly ConfigProblem[], ruleProblems: readonly ConfigProblem[]): readonly ConfigProblem[] {
	const meant = new Set(schemaProblems.flatMap((problem) => (problem.fixes ?? []).flatMap(renamedTo)).map(keyOf));
	const isMeant = ({ missing }: ConfigProblem) => missing !== undefined && meant.has(keyOf(missing));
	const rules = ruleProblems.filter((problem) => !isMeant(problem));
	const missingBlocks = rules.flatMap(({ missing }) => (missing === undefined ? [] : [missing]));
	const isPartOf = (path: ConfigPath) => missingBlocks.some((block) => block.every((step, index) => path[index] === step));
	const schema = schemaProblems.filter((problem) => !isMeant(problem) && !isPartOf(problem.missing ?? problem.path));
	return [...schema, ...rules];
}

function renamedTo(fix: NonNullable<ConfigProblem["fixes"]>[number]): readonly ConfigPath[] {
	return fix.kind === "rename-key" ? [[...fix.path.slice(0, -1), fix.newKey]] : [];
}

function keyOf(path: ConfigPath): string {
	return JSON.stringify(path);
}
