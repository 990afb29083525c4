import type { Instance } from "../config/model.ts";
import { findImpact, type Impact } from "./impact.ts";
import { LIMIT_NAMES, type LimitName, type Limits } from "./limits.ts";
import { countExposed, judgePolicies, type PolicyImpact } from "./reclaim.ts";
import type { UsageProfile } from "./usage-profile.ts";

/** What happens to an instance when its limits change from some to others. */
export interface LimitEffect {
	readonly impact: Impact;
	/** All policies of the instance, in the order of its file. */
	readonly policies: readonly PolicyImpact[];
	/** Installations, each once, that a mandatory policy in force reclaims with the new limits, and none with the old ones. */
	readonly exposed: number;
}

/**
 * The effect of other limits on an instance: the one place where it is computed, so that every surface tells the same numbers.
 * @param nameOf the name of a product by its index in the profile.
 */
export function findLimitEffect(
	profile: UsageProfile,
	nameOf: (product: number) => string,
	{ reclaimPolicies, unitPrices }: Pick<Instance, "reclaimPolicies" | "unitPrices">,
	from: Limits,
	to: Limits,
): LimitEffect {
	const impact = findImpact(profile, from, to);
	return {
		impact,
		policies: judgePolicies(reclaimPolicies, unitPrices, impact.byProduct, nameOf),
		exposed: countExposed(reclaimPolicies, impact.byProduct, nameOf),
	};
}

/** What limits of a file are compared with: those of the last commit, or those that the linked settings rows have. */
export type LimitBasis = "committed" | "deployed";

/** The limits that differ, in the order of `LIMIT_NAMES`. */
export function changedLimits(from: Limits, to: Limits): readonly LimitName[] {
	return LIMIT_NAMES.filter((name) => from[name] !== to[name]);
}
