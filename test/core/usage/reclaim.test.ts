import assert from "node:assert/strict";
import { readModel } from "../../../core/config/read-model.ts";
import { countExposed, judgePolicies } from "../../../core/usage/reclaim.ts";
import type { CategoryMove } from "../../../core/usage/usage-profile.ts";

/** Products by index, with what happens to their installations. */
const PRODUCTS: readonly { readonly name: string; readonly moves: readonly string[] }[] = [
	{ name: "Visio Standard", moves: ["Rarely Used > Unused: 10", "Used > Unused: 3"] },
	{ name: "Visio Professional", moves: ["Unused > Used: 4", "Unused > Unreported: 1", "Unreported > Unused: 2"] },
	{ name: "visio viewer", moves: ["Used > Rarely Used: 5", "Rarely Used > Used: 1"] },
	{ name: "Project", moves: ["Rarely Used > Unused: 7"] },
];

type Policy = Readonly<Record<string, unknown>>;

const IN_FORCE: Policy = {
	name: "policy",
	products: ["*"],
	categories: ["Unused"],
	action: "mandatory",
	state: "published",
	enabled: true,
};

const PRICES: readonly Policy[] = [
	{ products: ["visio standard"], price: 280, currency: "GBP" },
	{ products: ["Visio*"], price: 0.1, currency: "EUR" },
	{ products: ["*"], price: 100, currency: "GBP" },
];

describe("what other limits do to a policy", () => {
	const cases: readonly {
		readonly what: string;
		readonly policy: Policy;
		readonly prices?: readonly Policy[];
		readonly newly: number;
		readonly noLonger: number;
		readonly savings: Readonly<Record<string, number>>;
	}[] = [
		{ what: "of one product", policy: { products: ["Visio Standard"] }, newly: 13, noLonger: 0, savings: { GBP: 3640 } },
		{
			what: "gains and losses of one product",
			policy: { products: ["Visio Professional"] },
			newly: 2,
			noLonger: 5,
			savings: { EUR: -0.3 },
		},
		{ what: "of a pattern, case ignored", policy: { products: ["VISIO*"] }, newly: 15, noLonger: 5, savings: { GBP: 3640, EUR: -0.3 } },
		{ what: "of everything", policy: {}, newly: 22, noLonger: 5, savings: { GBP: 4340, EUR: -0.3 } },
		{
			what: "a product that two patterns match counts once",
			policy: { products: ["Project", "Pro*"] },
			newly: 7,
			noLonger: 0,
			savings: { GBP: 700 },
		},
		{ what: "of no product", policy: { products: ["Photoshop"] }, newly: 0, noLonger: 0, savings: {} },
		{ what: "without patterns", policy: { products: [] }, newly: 0, noLonger: 0, savings: {} },
		{
			what: "both categories: a move between them changes nothing",
			policy: { products: ["Visio*"], categories: ["Unused", "Rarely Used"] },
			newly: 3 + 2 + 5,
			noLonger: 4 + 1 + 1,
			savings: { GBP: 840, EUR: 0.1 },
		},
		{
			what: "Rarely Used only",
			policy: { products: ["Project"], categories: ["Rarely Used"] },
			newly: 0,
			noLonger: 7,
			savings: { GBP: -700 },
		},
		{ what: "no category", policy: { categories: [] }, newly: 0, noLonger: 0, savings: {} },
		{ what: "optional", policy: { products: ["Project"], action: "optional" }, newly: 7, noLonger: 0, savings: { GBP: 700 } },
		{ what: "a draft", policy: { state: "draft" }, newly: 0, noLonger: 0, savings: {} },
		{ what: "switched off", policy: { enabled: false }, newly: 0, noLonger: 0, savings: {} },
		{ what: "no prices", policy: {}, prices: [], newly: 22, noLonger: 5, savings: {} },
		{
			what: "a product that is worth nothing",
			policy: { products: ["visio viewer"], categories: ["Rarely Used"] },
			prices: [{ products: ["*"], price: 0, currency: "GBP" }],
			newly: 5,
			noLonger: 1,
			savings: { GBP: 0 },
		},
	];
	for (const { what, policy, prices, newly, noLonger, savings } of cases) {
		it(what, () => {
			const [found] = judge([{ ...IN_FORCE, ...policy }], prices ?? PRICES);
			assert.deepEqual(found, { name: "policy", newlyReclaimed: newly, noLongerReclaimed: noLonger, savings: Object.entries(savings) });
		});
	}

	it("each policy stands for itself, in the order of the file", () => {
		const found = judge(
			[
				{ ...IN_FORCE, name: "b", products: ["Project"] },
				{ ...IN_FORCE, name: "a" },
			],
			[],
		);
		assert.deepEqual(
			found.map(({ name, newlyReclaimed }) => [name, newlyReclaimed]),
			[
				["b", 7],
				["a", 22],
			],
		);
	});
});

describe("exposure to mandatory policies", () => {
	for (const { what, policies, exposed } of [
		{ what: "one policy", policies: [{}], exposed: 22 },
		{ what: "none that is mandatory", policies: [{ action: "optional" }, { state: "draft" }, { enabled: false }], exposed: 0 },
		{ what: "an installation of two policies counts once", policies: [{}, { products: ["Project"] }], exposed: 22 },
		{ what: "what another one took before is not new", policies: [{}, { categories: ["Rarely Used"] }], exposed: 3 + 2 + 5 },
		{
			what: "by product",
			policies: [{ products: ["Project"] }, { products: ["Visio Standard"], categories: ["Rarely Used"] }],
			exposed: 7,
		},
		{ what: "no policy", policies: [], exposed: 0 },
	]) {
		it(`${what}: ${exposed}`, () => {
			const instance = readModel({ kind: "instance", reclaimPolicies: policies.map((policy) => ({ ...IN_FORCE, ...policy })) });
			assert.ok(instance?.kind === "instance");
			const moves = PRODUCTS.map((product, index) => ({ product: index, moves: product.moves.map(readMove) }));
			assert.equal(
				countExposed(instance.reclaimPolicies, moves, (product) => PRODUCTS[product]!.name),
				exposed,
			);
		});
	}
});

function judge(reclaimPolicies: readonly Policy[], unitPrices: readonly Policy[]) {
	const instance = readModel({ kind: "instance", reclaimPolicies, unitPrices });
	assert.ok(instance?.kind === "instance");
	const moves = PRODUCTS.map((product, index) => ({ product: index, moves: product.moves.map(readMove) }));
	return judgePolicies(instance.reclaimPolicies, instance.unitPrices, moves, (product) => PRODUCTS[product]!.name).map(
		({ policy, newlyReclaimed, noLongerReclaimed, savings }) => ({
			name: policy.name,
			newlyReclaimed,
			noLongerReclaimed,
			savings: [...savings],
		}),
	);
}

function readMove(text: string): CategoryMove {
	const match = /^(.+) > (.+): (\d+)$/.exec(text);
	assert.ok(match !== null, text);
	return { from: match[1] as CategoryMove["from"], to: match[2] as CategoryMove["to"], count: Number(match[3]) };
}
