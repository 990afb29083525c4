import type { ConfigFix, ConfigProblem } from "../problems.ts";
import { formatCount } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import { LIMIT_NAMES, type LimitName } from "../usage/limits.ts";
import type { ConfigContext } from "./config-context.ts";
import { projectOf } from "./project-of.ts";

/**
 * The steps that give an instance the advice by which its project allows limits to have these values; none for values that the
 * project has no advice for, or the instance has recorded itself.
 */
export function copyProjectAdvice(context: ConfigContext, limits: { readonly [name in LimitName]?: number }): readonly ConfigFix[] {
	const own = context.file.model?.limitAdvice ?? [];
	return LIMIT_NAMES.flatMap((limit) => {
		const advises = (entry: (typeof own)[number]) => entry.limit === limit && entry.value === limits[limit];
		const entry = projectOf(context)?.project?.limitAdvice.find(advises);
		if (entry === undefined || own.some(advises)) return [];
		const { value, reference, date } = entry;
		return [
			{
				kind: "append",
				title: t`Copy the project's advice for \`${limit}\`: ${formatCount(value)}${reference === null ? "" : ` (${reference})`}`,
				preferred: false,
				path: ["limitAdvice"],
				value: { limit, value, ...(reference === null ? {} : { reference }), ...(date === null ? {} : { date }) },
			},
		];
	});
}

/** The problems of an instance, of which those about a single missing limit offer the project's value, not the default. */
export function offerProjectLimits(context: ConfigContext, problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
	const limits = projectOf(context)?.project?.limits ?? {};
	return problems.map((problem) => {
		const [block, key, ...below] = problem.missing ?? [];
		const limit = LIMIT_NAMES.find((name) => name === key);
		const value = limit === undefined ? undefined : limits[limit];
		if (block !== "usageCategory" || limit === undefined || value === undefined || below.length > 0) return problem;
		const further = copyProjectAdvice(context, { [limit]: value });
		const fix: ConfigFix = {
			kind: "set",
			title: t`Add \`${limit}: ${value}\`, as in the project`,
			preferred: true,
			path: ["usageCategory", limit],
			value,
			...(further.length === 0 ? {} : { further }),
		};
		return { ...problem, fixes: [fix] };
	});
}
