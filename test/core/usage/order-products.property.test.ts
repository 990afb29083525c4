import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { namesOf } from "../../../core/columns/name-table.ts";
import type { UnitPrice } from "../../../core/config/model.ts";
import { recategorize } from "../../../core/usage/categorize.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { countByProduct, outcomeIndexOfRule } from "../../../core/usage/count-outcomes.ts";
import { countProducts, orderProducts, type ProductSortColumn } from "../../../core/usage/order-products.ts";
import { matchProducts, priceProducts, sumUnusedWorth } from "../../../core/usage/product-prices.ts";
import { findReclaimed } from "../../../core/usage/reclaimed-now.ts";
import { findSensitivity } from "../../../core/usage/sensitivity.ts";
import { sortedNames } from "../../../core/usage/sorted-names.ts";
import { buildUsageProfile, totalsWithLimits } from "../../../core/usage/usage-profile.ts";
import { categorizeRaw, limitsOf, rawInstances } from "./raw-instances.ts";

const anyLimits = fc.tuple(...[40, 120, 120].map((max) => fc.integer({ min: 0, max }))).map(([i, u, n]) => limitsOf(i!, u!, n!));

const prices: fc.Arbitrary<readonly UnitPrice[]> = fc
	.array(
		fc.record({
			products: fc.array(fc.constantFrom("Word", "*e*", "Su*", "excel", "none"), { minLength: 1, maxLength: 2 }),
			price: fc.constantFrom(0, 0.1, 3, 280),
			currency: fc.constantFrom("GBP", "EUR"),
		}),
		{ maxLength: 3 },
	)
	.map((list) => list.map((price, index) => ({ ...price, index })));

const keys: readonly (Exclude<ProductSortColumn, "worth"> | number)[] = [
	"product",
	"installations",
	"used",
	"rarelyUsed",
	"unused",
	"unreported",
	"moved",
	7,
];

describe("products, on random instances", function () {
	this.timeout(120_000);

	it("have the counts and moves of their installations, categorized anew, and are sorted by them", () => {
		fc.assert(
			fc.property(rawInstances, anyLimits, anyLimits, fc.constantFrom(...keys), fc.boolean(), (raw, limits, against, by, descending) => {
				const categorization = categorizeRaw(raw);
				const { estate } = categorization;
				const [now, then] = [recategorize(categorization, limits), recategorize(categorization, against)];
				const counts = countProducts({ profile: buildUsageProfile(categorization), limits, against });
				assert.deepEqual([...counts.counts], [...countByProduct(now)]);
				assert.deepEqual([...counts.other!], [...countByProduct(then)]);
				const moved = namesOf(estate.products).map(() => 0);
				const categoryOf = (rule: number) => OUTCOMES[outcomeIndexOfRule(rule)]!.category;
				for (const [installation, product] of estate.productOf.entries()) {
					if (categoryOf(now.rule[installation]!) !== categoryOf(then.rule[installation]!)) moved[product]!++;
				}
				assert.deepEqual([...counts.moved!], moved);

				const names = namesOf(estate.products);
				const countOf = (product: number, holds: (category: string, place: number) => boolean) =>
					OUTCOMES.reduce((sum, { category }, place) => (holds(category, place) ? sum + counts.counts[product * 12 + place]! : sum), 0);
				const keyOf = (product: number): number | string => {
					if (by === "product") return names[product]!;
					if (by === "moved") return moved[product]!;
					if (typeof by === "number") return countOf(product, (_, place) => place === by);
					const wanted = { installations: null, used: "Used", rarelyUsed: "Rarely Used", unused: "Unused", unreported: "Unreported" }[by];
					return countOf(product, (category) => wanted === null || category === wanted);
				};
				const compare = (left: number | string, right: number | string) => (left === right ? 0 : left < right ? -1 : 1);
				const expected = names
					.map((_, product) => product)
					.sort((one, other) => (descending ? -1 : 1) * compare(keyOf(one), keyOf(other)) || compare(names[one]!, names[other]!));
				const order = orderProducts({
					products: estate.products,
					sorted: sortedNames(estate.products),
					counts,
					prices: priceProducts(estate.products, []),
					query: { sort: [{ by, descending }] },
				});
				assert.deepEqual([...order], expected);
			}),
			{ numRuns: 150 },
		);
	});

	it("are worth in all what a policy for all of them would reclaim", () => {
		fc.assert(
			fc.property(rawInstances, prices, (raw, unitPrices) => {
				const categorization = categorizeRaw(raw);
				const { products } = categorization.estate;
				const counts = countByProduct(categorization);
				const names = namesOf(products);
				const worth = sumUnusedWorth(priceProducts(products, unitPrices), counts);
				for (const [category, amounts] of [
					["Unused", worth.unused],
					["Rarely Used", worth.rarelyUsed],
				] as const) {
					const policy = {
						index: 0,
						name: "all",
						products: ["*"],
						categories: [category],
						action: "optional",
						state: "draft",
						enabled: false,
					} as const;
					const expected = findReclaimed(
						policy,
						unitPrices,
						names.map((_, product) => product),
						counts,
						(product) => names[product]!,
					);
					assert.deepEqual([...amounts], [...expected.worth]);
				}
				const [all, some] = matchProducts(products, [["*"], ["w*", "EXCEL"]]);
				assert.deepEqual(
					[...all!],
					names.map(() => 1),
				);
				assert.deepEqual(
					[...some!],
					names.map((name) => Number(/^(w.*|excel)$/i.test(name))),
				);
			}),
			{ numRuns: 150 },
		);
	});

	it("change with each limit as a count of every value says", () => {
		fc.assert(
			fc.property(rawInstances, anyLimits, (raw, limits) => {
				const profile = buildUsageProfile(categorizeRaw(raw));
				for (const { limit, values, counts } of findSensitivity(profile, limits)) {
					const place = values.length >> 1;
					const totals = totalsWithLimits(
						profile,
						limitsOf(
							...((["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"] as const).map((name) =>
								name === limit ? values[place]! : limits[name],
							) as [number, number, number]),
						),
					);
					const unreported = totals.slice(3).reduce((sum, count) => sum + count, 0);
					assert.deepEqual(counts[place], [...totals.slice(0, 3), unreported]);
					assert.ok(values.includes(limits[limit]));
				}
			}),
			{ numRuns: 100 },
		);
	});
});
