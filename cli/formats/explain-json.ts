import { formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import type { Explanation } from "../../core/usage/explain.ts";
import { toExplanationJson } from "../../workspace/runs/explanation-json.ts";
import { toLimitsJson } from "../../workspace/runs/results-json.ts";
import type { CategorizeRun } from "../../workspace/runs/run-categorize.ts";

/** The JSON of `explain`; keys in this order, dates `YYYY-MM-DD`, absent values null. */
export function toExplainJson(run: CategorizeRun, explanation: Explanation): unknown {
	const { asOf, endOfSync, limits } = run.categorization;
	return {
		instance: run.instanceName,
		asOf: formatInstant(asOf),
		endOfSync: endOfSync === null ? null : formatDay(endOfSync),
		limits: toLimitsJson(limits),
		...toExplanationJson(run, explanation),
	};
}
