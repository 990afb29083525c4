import type { InstantMs } from "../dates/instant.ts";
import { type BundleDefinition, findMembership, takeOverReporting, takeOverUsage } from "./bundles.ts";
import type { Categorization } from "./categorization.ts";
import { decideInstallations } from "./decide-installations.ts";
import type { Estate } from "./estate.ts";
import { readFacts } from "./estate-facts.ts";
import type { Limits } from "./limits.ts";
import { lastPresentDays } from "./zone-sets.ts";

export type { Categorization } from "./categorization.ts";
export { countByProduct, countOutcomes } from "./count-outcomes.ts";

/** Decides every installation by the decision table, as its rules do one by one; that it does is tested. */
export function categorize(estate: Estate, asOf: InstantMs, limits: Limits, bundles: readonly BundleDefinition[]): Categorization {
	const membership = findMembership(estate, bundles);
	const { endOfSync, ...own } = readFacts(estate, lastPresentDays(estate.zoneSets, asOf));
	const facts = { ...own, productReportsUsage: takeOverReporting(own.productReportsUsage, membership) };
	const effectiveUsage = takeOverUsage(estate, membership, facts.lastPresentDay);
	const rule = decideInstallations({ estate, limits, endOfSync, effectiveUsage, facts });
	return { estate, asOf, limits, endOfSync, rule, effectiveUsage, facts };
}

/** The same estate with other limits, at the same instant and with the same bundles: what does not depend on limits is kept. */
export function recategorize(categorization: Categorization, limits: Limits): Categorization {
	return { ...categorization, limits, rule: decideInstallations({ ...categorization, limits }) };
}
