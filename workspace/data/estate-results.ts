import type { NameTable } from "../../core/columns/name-table.ts";
import type { Categorization } from "../../core/usage/categorize.ts";
import { LIMIT_NAMES, type Limits } from "../../core/usage/limits.ts";
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
	/** Indices of names in code-unit order. */
	sortNames(names: NameTable, signal: AbortSignal): Promise<Uint32Array>;
	/** The same estate with other limits; only the last few of one estate are kept. */
	recategorize(categorization: Categorization, limits: Limits, signal: AbortSignal): Promise<Categorization>;
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

	function sortNames(table: NameTable, signal: AbortSignal): Promise<Uint32Array> {
		return cache.load(
			JSON.stringify(["sorted", nameOf(table.ends)]),
			(loadSignal) => jobs.run("sortNames", table, { signal: loadSignal }),
			(sorted) => weighColumns([sorted, table]),
			signal,
		);
	}

	/** The last few what-ifs by basis. */
	const latest = new Map<string, readonly string[]>();

	/** A slider that is moved tries many limits: what was ordered with earlier ones is not asked for again. */
	function keepLatest(basis: string, key: string): void {
		const keys = [key, ...(latest.get(basis) ?? []).filter((other) => other !== key)];
		const outdated = new Set(keys.splice(KEPT_WHAT_IFS));
		latest.delete(basis);
		latest.set(basis, keys);
		const forgotten = [...latest.keys()].slice(0, -KEPT_BASES);
		for (const other of forgotten) latest.delete(other);
		if (outdated.size > 0)
			cache.forget((other) => outdated.has(other) || (other.startsWith(ORDER_KEY) && outdated.has(JSON.parse(other)[1])));
	}

	return {
		async categorize(input, signal) {
			const { estate, asOf, limits, bundles } = input;
			const basis = JSON.stringify([nameOf(estate), [...lastPresentDays(estate.zoneSets, asOf)], bundles]);
			const key = JSON.stringify(["categorization", basis, LIMIT_NAMES.map((name) => limits[name])]);
			const result = await cache.load(key, (loadSignal) => jobs.run("categorize", input, { signal: loadSignal }), weighColumns, signal);
			const { categorization } = result;
			// One for another instant has the same columns.
			nameOf(categorization.rule, key);
			nameOf(categorization.facts, basis);
			return categorization.asOf === asOf ? result : { ...result, categorization: { ...categorization, asOf } };
		},
		order: (categorization, query, signal) =>
			cache.load(
				JSON.stringify([ORDER, nameOf(categorization.rule), query]),
				async (loadSignal) => {
					const sortedProducts = await sortNames(categorization.estate.products, loadSignal);
					return jobs.run("order", { categorization, query, sortedProducts }, { signal: loadSignal });
				},
				// Without its columns an order is of no use.
				(order) => weighColumns([order, categorization]),
				signal,
			),
		sortNames,
		async recategorize(categorization, limits, signal) {
			if (LIMIT_NAMES.every((name) => limits[name] === categorization.limits[name])) return categorization;
			const basis = nameOf(categorization.facts);
			const key = JSON.stringify(["what if", basis, LIMIT_NAMES.map((name) => limits[name])]);
			const changed = await cache.load(
				key,
				(loadSignal) => jobs.run("recategorize", { categorization, limits }, { signal: loadSignal }),
				weighColumns,
				signal,
			);
			nameOf(changed.rule, key);
			keepLatest(basis, key);
			// One for another instant has the same columns.
			return { ...changed, asOf: categorization.asOf, facts: categorization.facts };
		},
		profile: (categorization, signal) =>
			cache.load(
				JSON.stringify(["profile", nameOf(categorization.facts)]),
				(loadSignal) => jobs.run("profile", categorization, { signal: loadSignal }),
				(profile) => weighColumns([profile, categorization.estate]),
				signal,
			),
	};
}

/** Limits that are tried and kept, by estate; and estates of which these are remembered. */
const KEPT_WHAT_IFS = 4;
const KEPT_BASES = 50;

const ORDER = "order";
/** How the keys of orders begin. */
const ORDER_KEY = JSON.stringify([ORDER]).slice(0, -1);
