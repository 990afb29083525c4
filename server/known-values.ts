import type { Known, KnownPlace } from "./known/known.ts";
import { knownLimits, knownOfAdvice } from "./known/known-limits.ts";
import { knownProducts } from "./known/known-products.ts";
import { knownProjects } from "./known/known-projects.ts";
import { knownServers } from "./known/known-servers.ts";
import { knownOfSource } from "./known/known-sources.ts";

/** What workspace, linked data and history suggest at a place of a file; nothing waits for data that has to be loaded. */
export async function findKnownValues(at: KnownPlace): Promise<Known> {
	const [block] = at.place.path;
	switch (block) {
		case "dataSources":
			return knownOfSource(at);
		case "usageCategory":
			return knownLimits(at);
		case "limitAdvice":
			return knownOfAdvice(at);
		case "subscriptions":
			return knownServers(at);
		case "bundles":
		case "reclaimPolicies":
		case "unitPrices":
			return knownProducts(at);
		default: {
			const all = [knownProjects(at), knownLimits(at), knownOfAdvice(at)];
			return { values: new Map(all.flatMap(({ values }) => [...values])), complete: true };
		}
	}
}
