import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkMarked, checkShown, problemsOf } from "../rule-checks.ts";

const I = "InstallDateCutOffLimit";
const U = "UsedCategoryLimit";
const N = "UnusedCategoryLimit";
const AT_I = `usageCategory.${I}`;
const AT_U = `usageCategory.${U}`;
const AT_N = `usageCategory.${N}`;

type Written = readonly [install: unknown, used: unknown, unused: unknown];

/** A tree with three limits; an undefined one is not written. */
function limitsOf([install, used, unused]: Written) {
	return Object.fromEntries(Object.entries({ [I]: install, [U]: used, [N]: unused }).filter(([, value]) => value !== undefined));
}

function treeOf(kind: "project" | "instance", written: Written, rest: Readonly<Record<string, unknown>> = {}) {
	return { kind, usageCategory: limitsOf(written), ...rest };
}

describe("limits/without-advice", () => {
	const advised45 = { limit: U, value: 45 };
	// biome-ignore format: a table
	const rows: readonly (readonly [written: Written, advice: readonly unknown[], marked: readonly string[]])[] = [
		[[7, 30, 90],            [],                                     []],
		[[7, 45, 90],            [],                                     [AT_U]],
		[[7, 45, 90],            [advised45],                            []],
		[[7, 46, 90],            [advised45],                            [AT_U]],
		[[7, 45, 90],            [{ limit: N, value: 45 }],              [AT_U]],
		[[7, 45, 90],            [{ limit: U, value: 60 }, advised45],   []],
		[[7, 45, 90],            [{ limit: U, value: "45" }],            [AT_U]],
		[[5, 31, 91],            [],                                     [AT_I, AT_U, AT_N]],
		[[7, 0, 90],             [],                                     [AT_U]],
		[[7, "45", 90],          [],                                     []],
		[[7, -1, 1e9],           [],                                     []],
		[[undefined, 45, undefined], [],                                 [AT_U]],
	];
	for (const kind of ["project", "instance"] as const) {
		for (const [written, limitAdvice, marked] of rows) {
			it(`${kind} ${JSON.stringify(written)} with advice ${JSON.stringify(limitAdvice)}`, () => {
				checkMarked("limits/without-advice", treeOf(kind, written, { limitAdvice }), marked);
			});
		}
	}

	it("says that advice is missing", () => {
		checkShown("limits/without-advice", treeOf("project", [7, 45, 90]), {
			severity: "error",
			message:
				"`UsedCategoryLimit` is 45 days instead of the default 30, and no advice of the vendor for it is recorded. Record that advice under `limitAdvice`, or restore 30.",
			related: [],
			fixes: ["Record the vendor's advice for `UsedCategoryLimit`: 45…", "Restore the default of `UsedCategoryLimit`: 30"],
		});
	});

	it("says that the advice is for other values", () => {
		const limitAdvice = [
			{ limit: I, value: 1 },
			{ limit: I, value: 1200 },
		];
		checkShown("limits/without-advice", treeOf("instance", [5, 30, 90], { limitAdvice }), {
			severity: "error",
			message:
				"`InstallDateCutOffLimit` is 5 days instead of the default 7, but the recorded advice is for 1 and 1,200. Set what was advised, record newer advice, or restore 7.",
			related: [
				"checked.usage.yaml limitAdvice.0.value: The recorded advice is for 1 day.",
				"checked.usage.yaml limitAdvice.1.value: The recorded advice is for 1,200 days.",
			],
			fixes: [
				"Record the vendor's advice for `InstallDateCutOffLimit`: 5…",
				"Set `InstallDateCutOffLimit` to the advised 1",
				"Set `InstallDateCutOffLimit` to the advised 1,200",
				"Restore the default of `InstallDateCutOffLimit`: 7",
			],
		});
	});

	it("offers the project's advice to an instance", () => {
		const projectAdvice = { limit: U, value: 45, reference: "CASE-10442", date: "2026-09-14" };
		const project = { kind: "project", title: "A", usageCategory: limitsOf([7, 45, 90]), limitAdvice: [projectAdvice] };
		const [problem] = problemsOf(treeOf("instance", [7, 45, 90], { project: "a.usage.yaml" }), { others: { "a.usage.yaml": project } });
		assert.deepEqual(problem?.fixes?.[0], {
			kind: "append",
			title: "Copy the project's advice for `UsedCategoryLimit`: 45 (CASE-10442)",
			preferred: false,
			path: ["limitAdvice"],
			value: projectAdvice,
		});
	});

	it("copies the project's advice as far as it goes", () => {
		const projectAdvice = { limit: U, value: 45 };
		const project = { kind: "project", title: "A", usageCategory: limitsOf([7, 45, 90]), limitAdvice: [projectAdvice] };
		const [problem] = problemsOf(treeOf("instance", [7, 45, 90], { project: "a.usage.yaml" }), { others: { "a.usage.yaml": project } });
		const fix = problem?.fixes?.[0];
		assert.deepEqual(
			[fix?.title, fix?.kind === "append" && fix.value],
			["Copy the project's advice for `UsedCategoryLimit`: 45", projectAdvice],
		);
	});

	it("leaves the reference and the date of new advice to the person", () => {
		const [problem] = problemsOf(treeOf("project", [7, 45, 90]));
		const fix = problem?.fixes?.[0];
		assert.ok(fix?.kind === "append");
		assert.deepEqual(fix.value, { limit: U, value: 45, reference: "", date: "YYYY-MM-DD" });
	});
});

describe("limits/advice-unused", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: Written, advice: readonly unknown[], marked: readonly string[]])[] = [
		[[7, 45, 90],               [{ limit: U, value: 45 }],                           []],
		[[7, 30, 90],               [{ limit: U, value: 45 }],                           ["limitAdvice.0"]],
		[[7, 30, 90],               [{ limit: U, value: 30 }],                           []],
		[[7, 45, 90],               [{ limit: U, value: 60 }, { limit: U, value: 45 }],  ["limitAdvice.0"]],
		[[7, 45, 45],               [{ limit: N, value: 90 }, { limit: I, value: 1 }],   ["limitAdvice.0", "limitAdvice.1"]],
		[[7, undefined, 90],        [{ limit: U, value: 45 }],                           []],
		[[7, "30", 90],             [{ limit: U, value: 45 }],                           []],
		[[7, 30, 90],               [{ limit: "Other", value: 45 }],                     []],
	];
	for (const [written, limitAdvice, marked] of rows) {
		it(`${JSON.stringify(written)} with advice ${JSON.stringify(limitAdvice)}`, () => {
			checkMarked("limits/advice-unused", treeOf("instance", written, { limitAdvice }), marked);
		});
	}

	it("is silent without limits, which another rule is about", () => {
		checkMarked("limits/advice-unused", { kind: "instance", limitAdvice: [{ limit: U, value: 45 }] }, []);
	});

	it("fades the entry out and removes it", () => {
		const tree = treeOf("project", [7, 30, 90], { limitAdvice: [{ limit: U, value: 45 }] });
		checkShown("limits/advice-unused", tree, {
			severity: "hint",
			message: "This advice is for 45 days, but `UsedCategoryLimit` is 30: it allows nothing here and can be removed.",
			related: ["checked.usage.yaml usageCategory.UsedCategoryLimit: `UsedCategoryLimit` is 30."],
			fixes: ["* Remove the advice that is not used"],
		});
		assert.equal(problemsOf(tree)[0]?.unnecessary, true);
	});
});

describe("limits/order", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: Written, marked: readonly string[]])[] = [
		[[7, 30, 90],               []],
		[[29, 30, 31],              []],
		[[30, 30, 90],              [AT_I]],
		[[31, 30, 90],              [AT_I]],
		[[7, 7, 90],                [AT_U]],
		[[7, 90, 90],               [AT_U]],
		[[7, 30, 30],               [AT_N]],
		[[7, 120, 100],             [AT_N]],
		[[7, 8, 9],                 []],
		[[7, 6, 5],                 [AT_U, AT_N]],
		[[100, 30, 20],             [AT_I, AT_N]],
		[[0, 0, 0],                 [AT_U, AT_N]],
		[[40, undefined, 20],       [AT_N]],
		[[90, undefined, 90],       [AT_I]],
		[[40, 30, undefined],       [AT_I]],
		[[undefined, 30, 20],       [AT_N]],
		[[40, "30", 20],            [AT_N]],
		[[undefined, 1, undefined], []],
	];
	for (const kind of ["project", "instance"] as const) {
		for (const [written, marked] of rows) {
			it(`${kind} ${JSON.stringify(written)}`, () => checkMarkedOnly("limits/order", treeOf(kind, written), marked));
		}
	}

	it("says which two limits and what follows", () => {
		checkShown("limits/order", treeOf("project", [7, 1200, 90]), {
			severity: "error",
			message:
				"`UsedCategoryLimit` (1,200) must be less than `UnusedCategoryLimit` (90). As it stands, everything last used up to 1,200 days ago is Used, and nothing is Rarely Used.",
			related: ["checked.usage.yaml usageCategory.UnusedCategoryLimit: `UnusedCategoryLimit` is 90."],
			fixes: ["Restore the default of `UsedCategoryLimit`: 30"],
		});
	});

	it("says so for the install date cut-off", () => {
		checkShown("limits/order", treeOf("project", [30, 30, 90]), {
			severity: "error",
			message:
				"`InstallDateCutOffLimit` (30) must be less than `UsedCategoryLimit` (30). The limits must rise from the install date cut-off to Used to Unused.",
			related: ["checked.usage.yaml usageCategory.UsedCategoryLimit: `UsedCategoryLimit` is 30."],
			fixes: ["Restore the default of `InstallDateCutOffLimit`: 7"],
		});
	});

	// biome-ignore format: a table
	const fixes: readonly (readonly [written: Written, restored: readonly (readonly string[])[]])[] = [
		[[100, 95, 90],  [[], []]],
		[[30, 30, 30],   [[I], [N]]],
		[[7, 120, 100],  [[]]],
		[[7, 5, 3],      [[], [N]]],
		[[40, 60, 20],   [[N]]],
	];
	for (const [written, restored] of fixes) {
		it(`offers a default where it helps: ${JSON.stringify(written)}`, () => {
			const problems = problemsOf(treeOf("project", written)).filter((problem) => problem.code === "limits/order");
			assert.deepEqual(
				problems.map((problem) => problem.fixes?.map((fix) => fix.path.at(-1))),
				restored,
			);
		});
	}
});

describe("limits/narrow-band", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: Written, marked: readonly string[]])[] = [
		[[7, 30, 90],        []],
		[[7, 30, 32],        []],
		[[7, 30, 31],        [AT_N]],
		[[7, 89, 90],        [AT_U]],
		[[7, 50, 51],        [AT_N]],
		[[7, 30, 30],        []],
		[[undefined, 30, 31], [AT_N]],
		[[7, "30", 31],      []],
		[[7, undefined, 31], []],
	];
	for (const kind of ["project", "instance"] as const) {
		for (const [written, marked] of rows) {
			it(`${kind} ${JSON.stringify(written)}`, () => checkMarkedOnly("limits/narrow-band", treeOf(kind, written), marked));
		}
	}

	it("says what becomes of the installations", () => {
		checkShown("limits/narrow-band", treeOf("project", [7, 30, 31]), {
			severity: "warning",
			message:
				"No day is left for Rarely Used: up to 30 days is Used, and from 31 days on is Unused. Installations pass from Used to Unused overnight. Set the two limits further apart.",
			related: [],
			fixes: [],
		});
	});
});

describe("limits/zero-cut-off", () => {
	const policy = (name: string, enabled = true) => ({ name, products: ["Visio*"], categories: ["Unused"], enabled });
	// biome-ignore format: a table
	const rows: readonly (readonly [kind: "project" | "instance", install: unknown, policies: readonly unknown[], marked: readonly string[]])[] = [
		["instance", 0,         [policy("a")],        [AT_I]],
		["instance", 0,         [policy("a", false)], [AT_I]],
		["instance", 1,         [policy("a")],        []],
		["instance", 0,         [],                   []],
		["instance", 0,         [{}],                 []],
		["instance", "0",       [policy("a")],        []],
		["instance", undefined, [policy("a")],        []],
		["project",  0,         [policy("a")],        []],
	];
	for (const [kind, install, reclaimPolicies, marked] of rows) {
		it(`${kind} with ${install} and ${JSON.stringify(reclaimPolicies)}`, () => {
			checkMarked("limits/zero-cut-off", treeOf(kind, [install, 30, 90], { reclaimPolicies }), marked);
		});
	}

	it("names the policies", () => {
		checkShown(
			"limits/zero-cut-off",
			treeOf("instance", [0, 30, 90], { reclaimPolicies: ["a", "b", "c", "d"].map((name) => policy(name)) }),
			{
				severity: "error",
				message:
					'With `InstallDateCutOffLimit` 0, what is installed today and not yet used is at once Unused, and within reach of "a", "b", "c" and 1 more. Restore 7, or remove the reclaim policies.',
				related: ["a", "b", "c", "d"].map((name, index) => `checked.usage.yaml reclaimPolicies.${index}.name: The policy "${name}".`),
				fixes: ["Restore the default of `InstallDateCutOffLimit`: 7"],
			},
		);
	});
});

describe("limits/drift-from-project", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: Written, projects: Written, marked: readonly string[]])[] = [
		[[7, 30, 90],         [7, 30, 90],         []],
		[[7, 45, 90],         [7, 30, 90],         [AT_U]],
		[[7, 30, 90],         [5, 45, 60],         [AT_I, AT_U, AT_N]],
		[[7, 30, 90],         [7, undefined, 90],  []],
		[[7, undefined, 90],  [7, 45, 90],         []],
		[[7, "45", 90],       [7, 30, 90],         []],
	];
	for (const [written, projects, marked] of rows) {
		it(`${JSON.stringify(written)} of ${JSON.stringify(projects)}`, () => {
			checkMarked("limits/drift-from-project", treeOf("instance", written, { project: "a.usage.yaml" }), marked, {
				others: { "a.usage.yaml": treeOf("project", projects, { title: "A" }) },
			});
		});
	}

	it("is silent without a project", () => {
		checkMarked("limits/drift-from-project", treeOf("instance", [7, 45, 90], { project: "b.usage.yaml" }), [], {
			others: { "a.usage.yaml": treeOf("project", [7, 30, 90]), "b.usage.yaml": treeOf("instance", [7, 30, 90]) },
		});
	});

	it("leads to the project", () => {
		const others = { "a.usage.yaml": treeOf("project", [7, 30, 90], { title: "Fenwick" }) };
		checkShown(
			"limits/drift-from-project",
			treeOf("instance", [1, 30, 90], { project: "a.usage.yaml" }),
			{
				severity: "information",
				message:
					'`InstallDateCutOffLimit` is 1 day here and 7 in the project "Fenwick". A project\'s limits are copied when an instance is created; later changes never reach it.',
				related: ["a.usage.yaml usageCategory.InstallDateCutOffLimit: 7 in the project."],
				fixes: ["Set `InstallDateCutOffLimit` to the project's value: 7"],
			},
			{ others },
		);
	});

	it("takes the project's advice along with its value", () => {
		const projectAdvice = { limit: U, value: 45, reference: "CASE-10442" };
		const project = { kind: "project", title: "A", usageCategory: limitsOf([7, 45, 91]), limitAdvice: [projectAdvice] };
		const tree = treeOf("instance", [7, 30, 90], { project: "a.usage.yaml" });
		const drifts = problemsOf(tree, { others: { "a.usage.yaml": project } }).filter(({ code }) => code === "limits/drift-from-project");
		assert.deepEqual(
			drifts.map(({ fixes }) => fixes?.map((fix) => [fix.path.at(-1), fix.further?.map((step) => step.kind === "append" && step.value)])),
			[[[U, [projectAdvice]]], [[N, undefined]]],
		);
	});
});

/** As checkMarked, for rules whose fixes mend one limit at a time: with several marked, one mended limit may mend another. */
function checkMarkedOnly(code: string, tree: unknown, marked: readonly string[]): void {
	if (marked.length === 1) checkMarked(code, tree, marked);
	else
		assert.deepEqual(
			problemsOf(tree)
				.filter((problem) => problem.code === code)
				.map((problem) => problem.path.join(".")),
			marked,
		);
}
