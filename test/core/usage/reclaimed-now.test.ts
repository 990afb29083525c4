import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readModel } from "../../../core/config/read-model.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { findReclaimed } from "../../../core/usage/reclaimed-now.ts";

/** Products by index, with their installations that are Used, Rarely Used and Unused; of each, three more are Unreported. */
const PRODUCTS: readonly { readonly name: string; readonly counts: readonly [used: number, rarely: number, unused: number] }[] = [
	{ name: "Visio Standard", counts: [20, 4, 10] },
	{ name: "Visio Professional", counts: [7, 0, 0] },
	{ name: "Project", counts: [0, 5, 2] },
];

const PRICES = [
	{ products: ["Visio Standard"], price: 280, currency: "GBP" },
	{ products: ["Visio*", "Project"], price: 0.1, currency: "EUR" },
];

describe("what a policy takes of an estate as it is", () => {
	const cases: readonly {
		readonly what: string;
		readonly policy: Readonly<Record<string, unknown>>;
		readonly count: number;
		readonly worth: Readonly<Record<string, number>>;
	}[] = [
		{ what: "Unused of one product", policy: { products: ["visio standard"] }, count: 10, worth: { GBP: 2800 } },
		{ what: "of several", policy: { products: ["*"] }, count: 12, worth: { GBP: 2800, EUR: 0.2 } },
		{ what: "Rarely Used", policy: { products: ["*"], categories: ["Rarely Used"] }, count: 9, worth: { GBP: 1120, EUR: 0.5 } },
		{ what: "both", policy: { products: ["Project"], categories: ["Unused", "Rarely Used"] }, count: 7, worth: { EUR: 0.7 } },
		{ what: "a draft, as if it were published", policy: { products: ["Project"], state: "draft" }, count: 2, worth: { EUR: 0.2 } },
		{ what: "one that is off, as if it were on", policy: { products: ["Project"], enabled: false }, count: 2, worth: { EUR: 0.2 } },
		{ what: "all are used", policy: { products: ["Visio Professional"] }, count: 0, worth: {} },
		{ what: "no such product", policy: { products: ["Photoshop"] }, count: 0, worth: {} },
	];
	for (const { what, policy, count, worth } of cases) {
		it(what, () => {
			const model = readModel({
				kind: "instance",
				reclaimPolicies: [{ name: "policy", state: "published", enabled: true, ...policy }],
				unitPrices: PRICES,
			});
			assert.ok(model?.kind === "instance");
			const counts = Uint32Array.from(PRODUCTS.flatMap(({ counts: own }) => [...own, 3, ...OUTCOMES.slice(4).map(() => 0)]));
			const found = findReclaimed(
				model.reclaimPolicies[0]!,
				model.unitPrices,
				[...PRODUCTS.keys()],
				counts,
				(product) => PRODUCTS[product]!.name,
			);
			assert.deepEqual({ count: found.count, worth: Object.fromEntries(found.worth) }, { count, worth });
		});
	}
});
