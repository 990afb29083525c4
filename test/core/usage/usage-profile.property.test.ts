import assert from "node:assert/strict";
import fc from "fast-check";
import { namesOf } from "../../../core/columns/name-table.ts";
import { type Categorization, countOutcomes, recategorize } from "../../../core/usage/categorize.ts";
import { CATEGORIES, type Category, OUTCOMES } from "../../../core/usage/category.ts";
import { RULES } from "../../../core/usage/decision-table.ts";
import { findImpact } from "../../../core/usage/impact.ts";
import { LIMIT_NAMES, type Limits } from "../../../core/usage/limits.ts";
import {
	buildUsageProfile,
	type CategoryMove,
	countWithLimits,
	movesBetween,
	movesByProduct,
	totalsByLimit,
	totalsWithLimits,
} from "../../../core/usage/usage-profile.ts";
import { categorizeRaw, limitsOf, rawInstances } from "./raw-instances.ts";

/** Limits near the ages of the random instances, in any order, and the extremes. */
const anyLimits: fc.Arbitrary<Limits> = fc
	.tuple(
		...[40, 120, 120].map((max) => fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max }) }, fc.constantFrom(0, 7, 30, 90, 36_500))),
	)
	.map(([install, used, unused]) => limitsOf(install!, used!, unused!));

describe("the usage profile, on random instances", function () {
	this.timeout(120_000);

	it("counts for any limits what categorizing anew counts, in all and by product", () => {
		fc.assert(
			fc.property(rawInstances, anyLimits, (instance, limits) => {
				const categorization = categorizeRaw(instance);
				const profile = buildUsageProfile(categorization);
				const expected = countOutcomes(recategorize(categorization, limits));
				const { totals, byProduct } = countWithLimits(profile, limits);
				assert.deepEqual(totals, expected.totals);
				assert.deepEqual(totalsWithLimits(profile, limits), expected.totals);
				const width = OUTCOMES.length;
				const named = namesOf(categorization.estate.products).map((product, index) => ({
					product,
					counts: [...byProduct.subarray(index * width, (index + 1) * width)],
				}));
				assert.deepEqual(
					named.sort((a, b) => (a.product < b.product ? -1 : 1)),
					expected.byProduct,
				);
			}),
			{ numRuns: 500 },
		);
	});

	it("moves between any two sets of limits the installations that categorizing twice moves, in all and by product", () => {
		fc.assert(
			fc.property(rawInstances, anyLimits, anyLimits, (instance, from, to) => {
				const categorization = categorizeRaw(instance);
				const profile = buildUsageProfile(categorization);
				const expected = compare(recategorize(categorization, from), recategorize(categorization, to));
				assert.deepEqual(movesBetween(profile, from, to), expected.all);
				assert.deepEqual(movesByProduct(profile, from, to), expected.byProduct);
			}),
			{ numRuns: 500 },
		);
	});

	it("meets every move that there can be in what is tested above", () => {
		const met = new Set<string>();
		fc.assert(
			fc.property(rawInstances, anyLimits, anyLimits, (instance, from, to) => {
				for (const move of movesBetween(buildUsageProfile(categorizeRaw(instance)), from, to)) met.add(`${move.from} to ${move.to}`);
			}),
			{ numRuns: 800, seed: 1 },
		);
		assert.deepEqual([...met].sort(), [
			"Rarely Used to Unused",
			"Rarely Used to Used",
			"Unreported to Unused",
			"Unused to Rarely Used",
			"Unused to Unreported",
			"Unused to Used",
			"Used to Rarely Used",
			"Used to Unused",
		]);
	});

	it("is the same whatever limits it was built with, and after it was sent to another thread", () => {
		fc.assert(
			fc.property(rawInstances, anyLimits, (instance, limits) => {
				const categorization = categorizeRaw(instance);
				const profile = buildUsageProfile(categorization);
				assert.deepEqual(buildUsageProfile(recategorize(categorization, limits)), profile);
				assert.deepEqual(structuredClone(profile), profile);
			}),
			{ numRuns: 200 },
		);
	});

	it("gives the totals for every value of one limit", () => {
		fc.assert(
			fc.property(
				rawInstances,
				anyLimits,
				fc.constantFrom(...LIMIT_NAMES),
				fc.nat(100),
				fc.nat(20),
				(instance, limits, name, first, more) => {
					const categorization = categorizeRaw(instance);
					const curve = totalsByLimit(buildUsageProfile(categorization), limits, name, first, first + more);
					assert.deepEqual(
						curve,
						Array.from({ length: more + 1 }, (_, place) => {
							const [install, used, unused] = LIMIT_NAMES.map((each) => (each === name ? first + place : limits[each]));
							return countOutcomes(recategorize(categorization, limitsOf(install!, used!, unused!))).totals;
						}),
					);
				},
			),
			{ numRuns: 100 },
		);
	});

	it("loses and invents no installation: what moves is the difference of the counts, and the way back undoes it", () => {
		fc.assert(
			fc.property(rawInstances, anyLimits, anyLimits, (instance, from, to) => {
				const profile = buildUsageProfile(categorizeRaw(instance));
				const impact = findImpact(profile, from, to);
				const back = findImpact(profile, to, from);
				for (const category of CATEGORIES) {
					const gained =
						sum(impact.moves.filter((move) => move.to === category)) - sum(impact.moves.filter((move) => move.from === category));
					assert.equal(countOf(impact.after, category) - countOf(impact.before, category), gained);
				}
				assert.equal(impact.moved, sum(impact.moves));
				assert.equal(impact.moved, sum(impact.byProduct.flatMap(({ moves }) => moves)));
				assert.deepEqual(sorted(back.moves.map(({ from: old, to: now, count }) => ({ from: now, to: old, count }))), sorted(impact.moves));
			}),
			{ numRuns: 300 },
		);
	});
});

/** The moves between two categorizations of one estate, found by looking at each installation. */
function compare(before: Categorization, after: Categorization) {
	const products = before.estate.products.ends.length;
	const found = Array.from({ length: products }, (): CategoryMove[] => []);
	for (const [installation, rule] of before.rule.entries()) {
		const from = RULES[rule - 1]!.outcome.category;
		const to = RULES[after.rule[installation]! - 1]!.outcome.category;
		if (from !== to) found[before.estate.productOf[installation]!]!.push({ from, to, count: 1 });
	}
	return {
		all: gather(found.flat()),
		byProduct: found.flatMap((moves, product) => (moves.length === 0 ? [] : [{ product, moves: gather(moves) }])),
	};
}

/** One move of each kind, by old and then new category. */
function gather(moves: readonly CategoryMove[]): readonly CategoryMove[] {
	return CATEGORIES.flatMap((from) =>
		CATEGORIES.flatMap((to) => {
			const count = sum(moves.filter((move) => move.from === from && move.to === to));
			return count === 0 ? [] : [{ from, to, count }];
		}),
	);
}

function sum(moves: readonly CategoryMove[]): number {
	return moves.reduce((total, { count }) => total + count, 0);
}

function countOf(totals: readonly number[], category: Category): number {
	return OUTCOMES.reduce((count, outcome, index) => (outcome.category === category ? count + totals[index]! : count), 0);
}

function sorted(moves: readonly CategoryMove[]): readonly string[] {
	return moves.map((move) => JSON.stringify(move)).sort();
}
