import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkChanged } from "../../../../core/config/limit-rules/limits-changed.ts";
import { checkDriftFromDeployed } from "../../../../core/config/limit-rules/limits-drift-from-deployed.ts";
import { checkMarked, type Days, findIn, type Situation } from "./limit-checks.ts";

const [I, U, N] = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"];

describe("limits/changed and limits/drift-from-deployed", () => {
	for (const { committed, now, deployed, changed, drift } of [
		{ committed: [7, 30, 90], now: [7, 30, 90], deployed: null, changed: [], drift: [] },
		{ committed: [7, 30, 90], now: [7, 30, 90], deployed: [7, 30, 90], changed: [], drift: [] },
		{ committed: [7, 30, 90], now: [7, 30, 90], deployed: [7, 45, 90], changed: [], drift: [U] },
		{ committed: [7, 30, 90], now: [7, 45, 90], deployed: null, changed: [U], drift: [] },
		{ committed: [7, 30, 90], now: [7, 45, 90], deployed: [7, 45, 90], changed: [U], drift: [] },
		{ committed: [7, 30, 90], now: [7, 45, 90], deployed: [7, 30, 90], changed: [U], drift: [] },
		{ committed: [7, 30, 90], now: [7, 45, 90], deployed: [7, 60, 90], changed: [U], drift: [U] },
		{ committed: [7, 30, 90], now: [8, 45, 100], deployed: [9, 30, 100], changed: [I, U, N], drift: [I] },
		{ committed: null, now: [7, 45, 90], deployed: [7, 30, 90], changed: [U], drift: [] },
		{ committed: null, now: [7, 45, 90], deployed: [7, 45, 90], changed: [], drift: [] },
		{ committed: null, now: [7, 45, 90], deployed: null, changed: [], drift: [] },
	] as readonly Row[]) {
		it(`committed ${committed}, now ${now}, deployed ${deployed}: ${changed.length} changed, ${drift.length} adrift`, () => {
			checkMarked(checkChanged, { committed, now, deployed }, changed);
			checkMarked(checkDriftFromDeployed, { committed, now, deployed }, drift);
		});
	}

	for (const { what, situation, expected } of [
		{
			what: "no number as long as none is known",
			situation: { committed: [7, 30, 90], now: [7, 45, 90] },
			expected: "`UsedCategoryLimit` is 45, changed from the committed 30.",
		},
		{
			what: "the effect",
			situation: { committed: [7, 30, 90], now: [7, 45, 90], newlyReclaimed: () => 0 },
			expected: "`UsedCategoryLimit` 30 → 45 (committed: 30): no installation changes category.",
		},
		{
			what: "that it is deployed as committed",
			situation: { committed: [7, 30, 90], deployed: [7, 30, 90], now: [7, 45, 90], newlyReclaimed: () => 1 },
			expected: "`UsedCategoryLimit` 30 → 45 (committed and deployed: 30): 1 installation becomes Unused instead of Rarely Used.",
		},
		{
			what: "that others changed too",
			situation: { committed: [7, 30, 1200], now: [7, 45, 90], newlyReclaimed: () => 2 },
			expected:
				"`UsedCategoryLimit` 30 → 45 (committed: 30), together with `UnusedCategoryLimit` 1,200 → 90: 2 installations become Unused instead of Rarely Used.",
		},
		{
			what: "of a project without instances that nothing happens yet",
			situation: { committed: [7, 30, 90], now: [7, 45, 90], tree: { kind: "project" } },
			expected: "`UsedCategoryLimit` 30 → 45 (committed: 30). No instance belongs to this project yet; new ones will start with it.",
		},
		{
			what: "of a project how many keep theirs, and which take its",
			situation: {
				committed: [7, 30, 90],
				now: [7, 45, 90],
				tree: { kind: "project" },
				instances: { keeping: ["a", "b", "c"], taking: ["d", "e"] },
			},
			expected:
				"`UsedCategoryLimit` 30 → 45 (committed: 30). Existing instances keep their own limits: 3. 2 instances without limits take these: d and e.",
		},
	] as readonly { readonly what: string; readonly situation: Situation; readonly expected: string }[]) {
		it(`says ${what}`, () => assert.equal(findIn(checkChanged, situation)[0]?.message, expected));
	}

	it("marks, of an instance that takes its project's limits, what leads to them, once", () => {
		const situation: Situation = { committed: [7, 30, 90], now: [7, 45, 100], areOwn: false };
		assert.deepEqual(
			findIn(checkChanged, situation).map(({ path }) => path),
			[["project"]],
		);
	});

	for (const { newlyReclaimed, expected } of [
		{
			newlyReclaimed: null,
			expected: "Deploying this value, or taking over the deployed one, ends the difference.",
		},
		{ newlyReclaimed: () => 3, expected: "Deploying this value: 3 installations become Unused instead of Rarely Used." },
	]) {
		it(`drift: ${expected}`, () => {
			const [drift] = findIn(checkDriftFromDeployed, { committed: [7, 30, 90], now: [7, 30, 90], deployed: [7, 45, 90], newlyReclaimed });
			assert.equal(drift?.message, `\`UsedCategoryLimit\` is 30 here, but 45 is deployed (row of UsedCategoryLimit). ${expected}`);
			assert.equal(drift?.severity, "warning");
		});
	}
});

interface Row {
	readonly committed: Days | null;
	readonly now: Days;
	readonly deployed: Days | null;
	readonly changed: readonly string[];
	readonly drift: readonly string[];
}
