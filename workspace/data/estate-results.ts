import type { Categorization } from "../../core/usage/categorize.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import type { InstallationQuery } from "../../core/usage/order-installations.ts";
import type { UsageProfile } from "../../core/usage/usage-profile.ts";
import { lastPresentDays } from "../../core/usage/zone-sets.ts";
import type { CategorizedEstate, CategorizeInput, Jobs } from "../jobs/job.ts";
import { type LoadCache, weighColumns } from "./load-cache.ts";

/**
 * What is computed from loaded estates. Each result is computed once, in a job, and kept with its estate; nothing is read from a disk.
 * All of it throws `signal.reason` when aborted.
 */
export interface EstateResults {
	/** Serves for every `asOf` that is on the same days in the time zones of the data. */
	categorize(input: CategorizeInput, signal: AbortSignal): Promise<CategorizedEstate>;
	/** The installations that a question asks for, in its order. */
	order(categorization: Categorization, query: InstallationQuery, signal: AbortSignal): Promise<Uint32Array>;
	/** From which the counts for any other limits follow; the same for all limits that one estate is categorized with. */
	profile(categorization: Categorization, signal: AbortSignal): Promise<UsageProfile>;
}

/** The results of one workspace. */
export function createEstateResults(cache: LoadCache, jobs: Jobs): EstateResults {
	const names = new WeakMap<object, string>();
	let count = 0;

	function nameOf(object: object, made?: string): string {
		let name = names.get(object);
		if (name === undefined) {
			name = made ?? `#${++count}`;
			names.set(object, name);
		}
		return name;
	}

	return {
		async categorize(input, signal) {
			const { estate, asOf, limits, bundles } = input;
			const basis = JSON.stringify([nameOf(estate), [...lastPresentDays(estate.zoneSets, asOf)], bundles]);
			const key = JSON.stringify(["categorization", basis, LIMIT_NAMES.map((name) => limits[name])]);
			const result = await cache.load(
				key,
				(loadSignal) => jobs.run("categorize", input, { signal: loadSignal }),
				({ categorization }) => weighColumns(categorization),
				signal,
			);
			const { categorization } = result;
			// One for another instant has the same columns.
			nameOf(categorization.rule, key);
			nameOf(categorization.facts, basis);
			return categorization.asOf === asOf ? result : { ...result, categorization: { ...categorization, asOf } };
		},
		order: (categorization, query, signal) =>
			cache.load(
				JSON.stringify(["order", nameOf(categorization.rule), query]),
				(loadSignal) => jobs.run("order", { categorization, query }, { signal: loadSignal }),
				// Without its columns an order is of no use.
				(order) => weighColumns([order, categorization]),
				signal,
			),
		profile: (categorization, signal) =>
			cache.load(
				JSON.stringify(["profile", nameOf(categorization.facts)]),
				(loadSignal) => jobs.run("profile", categorization, { signal: loadSignal }),
				(profile) => weighColumns([profile, categorization.estate]),
				signal,
			),
	};
}
