import type { ConfigProblem } from "../problems.ts";
import type { ConfigContext, ConfigRule } from "./config-context.ts";
import { checkNoLimits } from "./rules/instance-no-limits.ts";
import { checkAdviceUnused } from "./rules/limits-advice-unused.ts";
import { checkDriftFromProject } from "./rules/limits-drift-from-project.ts";
import { checkNarrowBand } from "./rules/limits-narrow-band.ts";
import { checkLimitsOrder } from "./rules/limits-order.ts";
import { checkWithoutAdvice } from "./rules/limits-without-advice.ts";
import { checkZeroCutOff } from "./rules/limits-zero-cut-off.ts";
import { checkPolicyOverlap } from "./rules/policy-overlap.ts";
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

export type { ConfigContext } from "./config-context.ts";

/**
 * Finds every fault of one configuration file that shows without its data and without its history, beyond its schema.
 * In the order of the rules, not of the file. Faulty parts are passed over, so that it is of use on a file that is being written.
 */
export function checkConfig(context: ConfigContext): readonly ConfigProblem[] {
	return RULES.flatMap((rule) => rule(context));
}

const RULES: readonly ConfigRule[] = [
	checkNoLimits,
	checkWithoutAdvice,
	checkAdviceUnused,
	checkLimitsOrder,
	checkNarrowBand,
	checkZeroCutOff,
	checkDriftFromProject,
	checkMissingProject,
	checkOutsideWorkspace,
	checkNotAProject,
	checkDuplicateTitle,
	checkDuplicateInstance,
	checkDuplicateId,
	checkDuplicateName,
	checkNestedBundle,
	checkNegativeUsers,
	checkFractionalUsers,
	checkNoServers,
	checkDuplicateServer,
	checkRenewalPast,
	checkRenewalDue,
	checkPolicyOverlap,
	checkPolicyRarelyUsed,
];
