import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkReclaimExposure } from "../../../../core/config/limit-rules/limits-reclaim-exposure.ts";
import { checkMarked, type Days, findIn, MANDATORY } from "./limit-checks.ts";

const U = "UsedCategoryLimit";
const N = "UnusedCategoryLimit";

/** As many as N is lowered by. */
const byUnused = (from: Days, to: Days) => Math.max(0, from[2] - to[2]);

const FROM_90: Days = [7, 30, 90];

describe("limits/reclaim-exposure", () => {
	for (const {
		what,
		policy = {},
		committed = FROM_90,
		deployed = null,
		now,
		exposure = 0,
		advice = [],
		newlyReclaimed = byUnused,
		marked,
	} of [
		{ what: "nothing changed", now: FROM_90, marked: [] },
		{ what: "fewer are reclaimed", now: [7, 30, 100], marked: [] },
		{ what: "more are reclaimed", now: [7, 30, 60], marked: [N] },
		{ what: "by an optional policy", policy: { action: "optional" }, now: [7, 30, 60], marked: [] },
		{ what: "by a draft", policy: { state: "draft" }, now: [7, 30, 60], marked: [] },
		{ what: "by a policy that is off", policy: { enabled: false }, now: [7, 30, 60], marked: [] },
		{ what: "as many as the setting allows", now: [7, 30, 60], exposure: 30, marked: [] },
		{ what: "one more than the setting allows", now: [7, 30, 60], exposure: 29, marked: [N] },
		{ what: "accepted", now: [7, 30, 60], advice: [[N, 60, 30]], marked: [] },
		{ what: "more than accepted", now: [7, 30, 60], advice: [[N, 60, 29]], marked: [N] },
		{ what: "accepted for another value", now: [7, 30, 60], advice: [[N, 61, 30]], marked: [N] },
		{ what: "accepted for a limit that did not change", now: [7, 30, 60], advice: [[U, 30, 30]], marked: [N] },
		{
			what: "accepted twice: the larger one",
			now: [7, 30, 60],
			advice: [
				[N, 60, 5],
				[N, 60, 30],
			],
			marked: [],
		},
		{ what: "advice without acceptance", now: [7, 30, 60], advice: [[N, 60, null]], marked: [N] },
		{ what: "since the deployed limits, there being no commit", committed: null, deployed: FROM_90, now: [7, 30, 60], marked: [N] },
		{ what: "since the deployed limits, committed since", committed: [7, 30, 60], deployed: FROM_90, now: [7, 30, 60], marked: [N] },
		{ what: "deployed already", committed: FROM_90, deployed: [7, 30, 60], now: [7, 30, 60], marked: [N] },
		{
			what: "accepted since the deployed limits, and then another limit exposes more since the commit",
			committed: [14, 30, 60],
			deployed: FROM_90,
			now: [7, 30, 60],
			advice: [[N, 60, 30]],
			newlyReclaimed: (from, to) => byUnused(from, to) + Math.max(0, from[0] - to[0]),
			marked: ["InstallDateCutOffLimit"],
		},
		{ what: "the limit that exposes most is marked", now: [7, 20, 60], marked: [N] },
	] as readonly Row[]) {
		it(what, () => {
			const limitAdvice = advice.map(([limit, value, installations]) => ({
				limit,
				value,
				...(installations === null ? {} : { accepted: { installations, date: "2026-10-01" } }),
			}));
			const tree = { limitAdvice, reclaimPolicies: [{ ...MANDATORY, ...policy }] };
			checkMarked(checkReclaimExposure, { committed, deployed, now, tree, newlyReclaimed, reclaimExposure: exposure }, marked);
		});
	}

	it("tells nothing of what is not known, nor of projects", () => {
		const tree = { reclaimPolicies: [MANDATORY] };
		checkMarked(checkReclaimExposure, { committed: FROM_90, now: [7, 30, 60], tree, newlyReclaimed: null }, []);
		checkMarked(checkReclaimExposure, { committed: FROM_90, now: [7, 30, 60], tree: { kind: "project" }, newlyReclaimed: byUnused }, []);
	});

	for (const { what, committed, now, limitAdvice, fixes, message } of [
		{
			what: "without advice: none",
			committed: FROM_90,
			now: [7, 30, 60],
			limitAdvice: [],
			fixes: [],
			message:
				'30 installations are newly exposed to mandatory reclaim since the limits were committed: "Visio reclaim" would uninstall 30 more (£8,400). ' +
				"Restore the committed value of `UnusedCategoryLimit`, or record the vendor's advice for 60 and accept the exposure.",
		},
		{
			what: "with advice: in its entry",
			committed: FROM_90,
			now: [7, 30, 60],
			limitAdvice: [
				{ limit: N, value: 61 },
				{ limit: N, value: 60 },
			],
			fixes: [["set", "limitAdvice.1.accepted", { installations: 30, date: "2026-11-05" }]],
			message:
				'30 installations are newly exposed to mandatory reclaim since the limits were committed: "Visio reclaim" would uninstall 30 more (£8,400). ' +
				"Restore the committed value of `UnusedCategoryLimit`, or accept the exposure.",
		},
		{
			what: "with an acceptance that is too small: in its place",
			committed: FROM_90,
			now: [7, 30, 89],
			limitAdvice: [{ limit: N, value: 89, accepted: { installations: 0, date: "2026-10-01" } }],
			fixes: [["set", "limitAdvice.0.accepted", { installations: 1, date: "2026-11-05" }]],
			message:
				'1 installation is newly exposed to mandatory reclaim since the limits were committed: "Visio reclaim" would uninstall 1 more (£280). ' +
				"Only 0 were accepted on 2026-10-01. Restore the committed value of `UnusedCategoryLimit`, or accept the exposure.",
		},
		{
			what: "of a default: in an entry of its own",
			committed: [7, 30, 120],
			now: FROM_90,
			limitAdvice: [],
			fixes: [["append", "limitAdvice", { limit: N, value: 90, accepted: { installations: 30, date: "2026-11-05" } }]],
			message:
				'30 installations are newly exposed to mandatory reclaim since the limits were committed: "Visio reclaim" would uninstall 30 more (£8,400). ' +
				"Restore the committed value of `UnusedCategoryLimit`, or accept the exposure.",
		},
	] as readonly FixRow[]) {
		it(`can be accepted ${what}`, () => {
			const tree = { limitAdvice, reclaimPolicies: [MANDATORY] };
			const [problem] = findIn(checkReclaimExposure, { committed, now, tree, newlyReclaimed: byUnused });
			assert.equal(problem?.message, message);
			assert.deepEqual(
				problem?.fixes?.map((fix) => [fix.kind, fix.path.join("."), "value" in fix ? fix.value : null]),
				fixes,
			);
			assert.ok(problem?.fixes?.every(({ preferred }) => !preferred));
		});
	}
});

interface Row {
	readonly what: string;
	readonly policy?: object;
	readonly committed?: Days | null;
	readonly deployed?: Days | null;
	readonly now: Days;
	readonly exposure?: number;
	readonly advice?: readonly (readonly [limit: string, value: number, accepted: number | null])[];
	readonly newlyReclaimed?: (from: Days, to: Days) => number;
	readonly marked: readonly string[];
}

interface FixRow {
	readonly what: string;
	readonly committed: Days;
	readonly now: Days;
	readonly limitAdvice: readonly object[];
	readonly fixes: readonly (readonly [kind: string, path: string, value: unknown])[];
	readonly message: string;
}
