import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { outcomeIndexOfRule, sumOutcomes } from "../../../core/usage/count-outcomes.ts";
import { createInstallationNames } from "../../../core/usage/installation-names.ts";
import { orderInstallations } from "../../../core/usage/order-installations.ts";
import { countPlaces, mergeRanges, type PlaceRange, sumRows } from "../../../core/usage/sum-rows.ts";
import { categorizeRaw, rawInstances } from "./raw-instances.ts";

const ranges: fc.Arbitrary<readonly PlaceRange[]> = fc.array(
	fc.tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 20 })).map(([first, length]): PlaceRange => [first, first + length]),
	{ maxLength: 5 },
);

describe("totals of some rows, on random instances", function () {
	this.timeout(120_000);

	it("merge ranges so that every place stands once, in its order", () => {
		fc.assert(
			fc.property(ranges, fc.integer({ min: 0, max: 60 }), (given, length) => {
				const merged = mergeRanges(given, length);
				const places = merged.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
				const expected = Array.from({ length }, (_, place) => place).filter((place) =>
					given.some(([first, last]) => first <= place && place <= last),
				);
				assert.deepEqual(places, expected);
				assert.equal(countPlaces(merged), expected.length);
			}),
		);
	});

	it("are what the rows say one by one", () => {
		fc.assert(
			fc.property(rawInstances, ranges, (instance, given) => {
				const categorization = categorizeRaw(instance);
				const order = orderInstallations(categorization, { sort: [{ by: "lastUsageDate", descending: true }] });
				const merged = mergeRanges(given, order.length);
				const chosen = [...order].filter((_, place) => merged.some(([first, last]) => first <= place && place <= last));
				const names = createInstallationNames(categorization.estate);
				const totals = sumRows({ categorization, order, ranges: merged });
				assert.deepEqual(
					{ rows: totals.rows, devices: totals.devices, products: totals.products },
					{
						rows: chosen.length,
						devices: new Set(chosen.map((installation) => names.device(installation))).size,
						products: new Set(chosen.map((installation) => names.product(installation))).size,
					},
				);
				const expected = OUTCOMES.map(() => 0);
				for (const installation of chosen) expected[outcomeIndexOfRule(categorization.rule[installation]!)]!++;
				assert.deepEqual(sumOutcomes(totals.byProduct), expected);
			}),
			{ numRuns: 150 },
		);
	});
});
