import { utcDayOf } from "../dates/instant.ts";
import type { ConfigProblem } from "../problems.ts";
import type { ConfigContext } from "./config-context.ts";
import type { ConfigFile } from "./model.ts";
import { createRuleMemory, type ListedRule, type RuleMemory } from "./rule-memory.ts";
import { checkNoLimits } from "./rules/instance-no-limits.ts";
import { checkAdviceUnused } from "./rules/limits-advice-unused.ts";
import { checkDriftFromProject } from "./rules/limits-drift-from-project.ts";
import { checkNarrowBand } from "./rules/limits-narrow-band.ts";
import { checkLimitsOrder } from "./rules/limits-order.ts";
import { checkWithoutAdvice } from "./rules/limits-without-advice.ts";
import { checkZeroCutOff } from "./rules/limits-zero-cut-off.ts";
import { createPolicyOverlapRule } from "./rules/policy-overlap.ts";
import { checkPolicyRarelyUsed } from "./rules/policy-rarely-used.ts";
import { checkDuplicateId } from "./rules/reference-duplicate-id.ts";
import { checkDuplicateInstance } from "./rules/reference-duplicate-instance.ts";
import { checkDuplicateName } from "./rules/reference-duplicate-name.ts";
import { checkDuplicateTitle } from "./rules/reference-duplicate-title.ts";
import { checkMissingProject } from "./rules/reference-missing-project.ts";
import { checkNestedBundle } from "./rules/reference-nested-bundle.ts";
import { checkNotAProject } from "./rules/reference-not-a-project.ts";
import { checkOutsideWorkspace } from "./rules/reference-outside-workspace.ts";
import { checkDuplicateServer } from "./rules/subscription-duplicate-server.ts";
import { checkFractionalUsers } from "./rules/subscription-fractional-users.ts";
import { checkNegativeUsers } from "./rules/subscription-negative-users.ts";
import { checkNoServers } from "./rules/subscription-no-servers.ts";
import { checkRenewalDue } from "./rules/subscription-renewal-due.ts";
import { checkRenewalPast } from "./rules/subscription-renewal-past.ts";

import { valueAt } from "./value-at.ts";

export type { ConfigContext } from "./config-context.ts";
export { createRuleMemory, type RuleMemory } from "./rule-memory.ts";

/**
 * Finds every fault of one configuration file that shows without its data and without its history, beyond its schema.
 * In the order of the rules, not of the file. Faulty parts are passed over, so that it is of use on a file that is being written.
 * @param memory of earlier checks of the same file; the answer is the same without it.
 */
export function checkConfig(context: ConfigContext, memory: RuleMemory = createRuleMemory()): readonly ConfigProblem[] {
	return RULES.flatMap((rule) => memory.ask(rule, context));
}

/** All rules. Those that go through lists, which may be long, say what they look at. */
export const RULES: readonly ListedRule[] = [
	{ check: checkNoLimits },
	{ check: checkWithoutAdvice },
	{ check: checkAdviceUnused },
	{ check: checkLimitsOrder },
	{ check: checkNarrowBand },
	{ check: checkZeroCutOff, inputs: own("usageCategory", "reclaimPolicies") },
	{ check: checkDriftFromProject },
	{ check: checkMissingProject },
	{ check: checkOutsideWorkspace },
	{ check: checkNotAProject },
	{ check: checkDuplicateTitle },
	{ check: checkDuplicateInstance },
	{ check: checkDuplicateId },
	{ check: checkDuplicateName, inputs: own("dataSources", "bundles", "reclaimPolicies") },
	{ check: checkNestedBundle, inputs: own("bundles") },
	{ check: checkNegativeUsers, each: "subscriptions", inputs: own() },
	{ check: checkFractionalUsers, each: "subscriptions", inputs: own() },
	{ check: checkNoServers, each: "subscriptions", inputs: own() },
	{ check: checkDuplicateServer, inputs: ofAll("subscriptions") },
	{ check: checkRenewalPast, each: "subscriptions", inputs: ownAndDay() },
	{ check: checkRenewalDue, each: "subscriptions", inputs: ownAndDay() },
	{ check: { create: createPolicyOverlapRule }, inputs: own("reclaimPolicies") },
	{ check: checkPolicyRarelyUsed, each: "reclaimPolicies", inputs: own("usageCategory") },
];

/** The values of these keys of the file, and what was read of them. */
function own(...keys: readonly string[]): (context: ConfigContext) => readonly unknown[] {
	return ({ file }) => partsOf(file, keys);
}

function ownAndDay(...keys: readonly string[]): (context: ConfigContext) => readonly unknown[] {
	return ({ file, now }) => [utcDayOf(now), ...partsOf(file, keys)];
}

/** The same of all files of the workspace. */
function ofAll(...keys: readonly string[]): (context: ConfigContext) => readonly unknown[] {
	return ({ file, files }) => [...partsOf(file, keys), ...files.flatMap((other) => (other.id === file.id ? [] : partsOf(other, keys)))];
}

/** What is read of a key is the same as long as its value and the kind of the file are. */
function partsOf({ id, model, tree }: ConfigFile, keys: readonly string[]): readonly unknown[] {
	return [id, model?.kind, ...keys.map((key) => valueAt(tree, [key]))];
}
