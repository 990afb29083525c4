import { prepareCategorization } from "../../core/usage/categorize.ts";
import { sumOutcomes } from "../../core/usage/count-outcomes.ts";
import { halveDevices } from "../../core/usage/device-range.ts";
import { lastPresentDays } from "../../core/usage/zone-sets.ts";
import type { CategorizedEstate, CategorizeInput, RunJob } from "./job.ts";

/** Does what the job "categorize" does in jobs of half the devices each, which can be carried out at the same time. */
export async function categorizeInHalves({ estate, asOf, limits, bundles }: CategorizeInput, run: RunJob): Promise<CategorizedEstate> {
	const lastPresentDay = lastPresentDays(estate.zoneSets, asOf);
	const halves = halveDevices(estate.installationStarts);
	const [bundled, ...facts] = await Promise.all([
		bundles.length === 0
			? { effectiveUsage: estate.lastUsageDay, membership: null }
			: run("bundleUsage", { estate, bundles, lastPresentDay }),
		...halves.map((range) => run("readFacts", { estate, lastPresentDay, range })),
	] as const);
	const categorization = prepareCategorization({ estate, asOf, limits, lastPresentDay }, facts, bundled);
	// The rules are written into the categorization's own column, which all threads share.
	const [counts, others] = await Promise.all(halves.map((range) => run("decide", { categorization, range })));
	for (let cell = 0; cell < counts!.length; cell++) counts![cell]! += others![cell]!;
	return { categorization, counts: { totals: sumOutcomes(counts!), byProduct: counts! } };
}
