import type { ConfigProblem } from "../problems.ts";
import type { LimitContext, LimitRule } from "./limit-rules/limit-context.ts";
import { checkBeyondRetention } from "./limit-rules/limits-beyond-retention.ts";
import { checkChanged } from "./limit-rules/limits-changed.ts";
import { checkDriftFromDeployed } from "./limit-rules/limits-drift-from-deployed.ts";
import { checkReclaimExposure } from "./limit-rules/limits-reclaim-exposure.ts";
import { checkUnusableSettings } from "./limit-rules/source-unusable-settings.ts";

export type { LimitContext } from "./limit-rules/limit-context.ts";

/** Finds what is wrong with the limits of one file beside their history and its linked data, in the order of the rules. */
export function checkLimits(context: LimitContext): readonly ConfigProblem[] {
	return RULES.flatMap((rule) => rule(context));
}

const RULES: readonly LimitRule[] = [
	checkChanged,
	checkReclaimExposure,
	checkDriftFromDeployed,
	checkBeyondRetention,
	checkUnusableSettings,
];
