import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ReclaimPolicy } from "../../../core/config/model.ts";
import type { Category } from "../../../core/usage/category.ts";
import { describeEffect, describeMoves, describePolicy } from "../../../core/usage/describe-effect.ts";
import type { PolicyImpact } from "../../../core/usage/reclaim.ts";

type Move = readonly [from: Category, to: Category, count: number];

describe("words for what limits do", () => {
	for (const { moves, expected } of [
		{ moves: [], expected: "no installation changes category" },
		{ moves: [["Rarely Used", "Used", 1109]], expected: "1,109 installations become Used instead of Rarely Used" },
		{ moves: [["Unused", "Used", 1]], expected: "1 installation becomes Used instead of Unused" },
		{
			moves: [
				["Rarely Used", "Used", 1109],
				["Unused", "Used", 95],
			],
			expected: "1,204 installations become Used, of them 95 leave Unused",
		},
		{
			moves: [
				["Used", "Unused", 12],
				["Rarely Used", "Unused", 300],
			],
			expected: "312 installations become Unused, of them 300 leave Rarely Used and 12 leave Used",
		},
		{
			moves: [
				["Rarely Used", "Used", 3],
				["Unused", "Used", 1],
				["Unreported", "Unused", 1],
			],
			expected: "5 installations change category: 4 become Used, of them 1 leaves Unused; 1 becomes Unused instead of Unreported",
		},
	] as readonly { readonly moves: readonly Move[]; readonly expected: string }[]) {
		it(expected, () => {
			const all = moves.map(([from, to, count]) => ({ from, to, count }));
			assert.equal(describeMoves({ moves: all, moved: all.reduce((sum, { count }) => sum + count, 0) }), expected);
		});
	}

	for (const { gained, lost, savings, expected } of [
		{ gained: 0, lost: 0, savings: {}, expected: "" },
		{ gained: 0, lost: 87, savings: { GBP: -24360 }, expected: '; "Visio reclaim" would reclaim 87 fewer (£24,360)' },
		{ gained: 1204, lost: 0, savings: { GBP: 10.5, EUR: 3 }, expected: '; "Visio reclaim" would reclaim 1,204 more (£10.50 and €3)' },
		{ gained: 3, lost: 5, savings: { USD: -20 }, expected: '; "Visio reclaim" would reclaim 3 more and 5 fewer (in all −$20)' },
		{ gained: 3, lost: 3, savings: { USD: 0 }, expected: '; "Visio reclaim" would reclaim 3 more and 3 fewer' },
		{ gained: 3, lost: 0, savings: {}, expected: '; "Visio reclaim" would reclaim 3 more' },
		{ gained: 3, lost: 0, savings: { pounds: 7 }, expected: '; "Visio reclaim" would reclaim 3 more (pounds 7)' },
		{ gained: 3, lost: 0, savings: { CHF: 7 }, expected: '; "Visio reclaim" would reclaim 3 more (CHF 7)' },
	]) {
		it(`policies: ${expected || "nothing"}`, () => {
			const policy = makePolicy("Visio reclaim", gained, lost, savings as Readonly<Record<string, number>>);
			const impact = { moved: 0, moves: [], from: null!, to: null!, before: [], after: [], byProduct: [] };
			assert.equal(describeEffect({ impact, policies: [policy] }), `no installation changes category${expected}`);
		});
	}

	it("tells of a policy that uninstalls both more and fewer what both are worth together", () => {
		const policy = makePolicy("Visio reclaim", 18, 6, { GBP: 59.97, EUR: 0 });
		assert.equal(describePolicy(policy, "uninstall"), '"Visio reclaim" would uninstall 18 more and 6 fewer (in all £59.97)');
	});

	it("names no more than five policies", () => {
		const policies = ["a", "b", "c", "d", "e", "f", "g"].map((name) => makePolicy(name, 1, 0, {}));
		const impact = { moved: 0, moves: [], from: null!, to: null!, before: [], after: [], byProduct: [] };
		assert.match(describeEffect({ impact, policies }), /"e" would reclaim 1 more; 2 more policies are affected$/);
	});
});

function makePolicy(
	name: string,
	newlyReclaimed: number,
	noLongerReclaimed: number,
	savings: Readonly<Record<string, number>>,
): PolicyImpact {
	const policy: ReclaimPolicy = {
		index: 0,
		name,
		products: ["*"],
		categories: ["Unused"],
		action: "mandatory",
		state: "published",
		enabled: true,
	};
	return { policy, inForce: true, newlyReclaimed, noLongerReclaimed, savings: new Map(Object.entries(savings)) };
}
