import { sharedUint8 } from "../columns/shared-array.ts";
import type { InstantMs } from "../dates/instant.ts";
import { type BundleDefinition, type BundledUsage, bundleUsage, takeOverReporting } from "./bundles.ts";
import type { Categorization } from "./categorization.ts";
import { decideInstallations } from "./decide-installations.ts";
import { allDevices } from "./device-range.ts";
import type { Estate } from "./estate.ts";
import { joinFacts, type RangeFacts, readFacts } from "./estate-facts.ts";
import type { Limits } from "./limits.ts";
import { lastPresentDays } from "./zone-sets.ts";

export type { Categorization } from "./categorization.ts";
export { countByProduct, countOutcomes } from "./count-outcomes.ts";

/** Decides every installation by the decision table, as its rules do one by one; that it does is tested. */
export function categorize(estate: Estate, asOf: InstantMs, limits: Limits, bundles: readonly BundleDefinition[]): Categorization {
	const lastPresentDay = lastPresentDays(estate.zoneSets, asOf);
	const all = allDevices(estate.installationStarts);
	const facts = [readFacts(estate, lastPresentDay, all)];
	const categorization = prepareCategorization(
		{ estate, asOf, limits, lastPresentDay },
		facts,
		bundleUsage(estate, bundles, lastPresentDay),
	);
	decideInstallations(categorization, all, categorization.rule);
	return categorization;
}

/**
 * A categorization of which no rule is decided yet, which can be done for ranges of devices at the same time.
 * @param facts of ranges that follow each other and together have all devices.
 */
export function prepareCategorization(
	{ estate, asOf, limits, lastPresentDay }: Pick<Categorization, "estate" | "asOf" | "limits"> & { readonly lastPresentDay: Int32Array },
	facts: readonly RangeFacts[],
	{ effectiveUsage, membership }: BundledUsage,
): Categorization {
	const { endOfSync, latestDeviceUsage, productReportsUsage } = joinFacts(facts);
	return {
		estate,
		asOf,
		limits,
		endOfSync,
		rule: sharedUint8(estate.productOf.length),
		effectiveUsage,
		facts: { latestDeviceUsage, productReportsUsage: takeOverReporting(productReportsUsage, membership), lastPresentDay },
	};
}

/** The same estate with other limits, at the same instant and with the same bundles: what does not depend on limits is kept. */
export function recategorize(categorization: Categorization, limits: Limits): Categorization {
	const { estate } = categorization;
	const changed = { ...categorization, limits, rule: sharedUint8(estate.productOf.length) };
	decideInstallations(changed, allDevices(estate.installationStarts), changed.rule);
	return changed;
}
