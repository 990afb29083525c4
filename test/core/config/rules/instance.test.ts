import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkMarked, checkShown, problemsOf } from "../rule-checks.ts";

const LIMITS = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };
const ADVISED = { InstallDateCutOffLimit: 5, UsedCategoryLimit: 45, UnusedCategoryLimit: 120 };

describe("instance/no-limits", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [tree: unknown, marked: readonly string[]])[] = [
		[{ kind: "instance" },                                          ["usageCategory"]],
		[{ kind: "instance", usageCategory: LIMITS },                   []],
		[{ kind: "instance", usageCategory: {} },                       ["usageCategory"]],
		[{ kind: "instance", usageCategory: null },                     ["usageCategory"]],
		[{ kind: "instance", usageCategory: { UsedCategoryLimit: 30 } }, []],
		[{ kind: "instance", usageCategory: [] },                       []],
		[{ kind: "instance", usageCategory: "7/30/90" },                []],
		[{ kind: "project" },                                           []],
		[{},                                                            []],
	];
	for (const [tree, marked] of rows) {
		it(JSON.stringify(tree), () => checkMarked("instance/no-limits", tree, marked));
	}

	it("offers the defaults where there is no project", () => {
		checkShown(
			"instance/no-limits",
			{ kind: "instance" },
			{
				severity: "error",
				message: "This instance has no limits of its own: `usageCategory` is missing. Set them; the defaults are 7 / 30 / 90 days.",
				related: [],
				fixes: ["* Set the default limits: 7 / 30 / 90"],
			},
		);
	});

	it("offers the project's limits first", () => {
		const others = { "a.usage.yaml": { kind: "project", title: "Fenwick", usageCategory: ADVISED } };
		const tree = { kind: "instance", project: "a.usage.yaml" };
		checkShown(
			"instance/no-limits",
			tree,
			{
				severity: "error",
				message:
					'This instance has no limits of its own: `usageCategory` is missing. Until it has, those of the project "Fenwick" stand in: 5 / 45 / 120 days. Copy them.',
				related: ["a.usage.yaml usageCategory: The project's limits."],
				fixes: ["* Copy the project's limits: 5 / 45 / 120", "Set the default limits: 7 / 30 / 90"],
			},
			{ others },
		);
		const problem = problemsOf(tree, { others }).find((candidate) => candidate.code === "instance/no-limits");
		assert.deepEqual(
			problem?.fixes?.map((fix) => ("value" in fix ? JSON.stringify(fix.value) : null)),
			[JSON.stringify(ADVISED), JSON.stringify(LIMITS)],
		);
	});

	const X = { limit: "UsedCategoryLimit", value: 45, reference: "CASE-10442", date: "2026-09-14" };
	const Y = { limit: "UnusedCategoryLimit", value: 120 };
	const Z = { limit: "UnusedCategoryLimit", value: 60, reference: "CASE-3" };
	// biome-ignore format: a table
	const advised: readonly (readonly [projects: readonly unknown[], own: readonly unknown[], title: string, copied: readonly unknown[]])[] = [
		[[],        [],  "Copy the project's limits: 5 / 45 / 120",                  []],
		[[Z],       [],  "Copy the project's limits: 5 / 45 / 120",                  []],
		[[X, Z],    [],  "Copy the project's limits and their advice: 5 / 45 / 120", [X]],
		[[Z, Y, X], [],  "Copy the project's limits and their advice: 5 / 45 / 120", [X, Y]],
		[[X, Y],    [X], "Copy the project's limits and their advice: 5 / 45 / 120", [Y]],
	];
	for (const [projects, own, title, copied] of advised) {
		it(`copies ${copied.length} of ${projects.length} entries of the project's advice with its limits, ${own.length} being there`, () => {
			const others = { "a.usage.yaml": { kind: "project", title: "Fenwick", usageCategory: ADVISED, limitAdvice: projects } };
			const [problem] = problemsOf({ kind: "instance", project: "a.usage.yaml", limitAdvice: own }, { others });
			const fix = problem?.fixes?.[0];
			assert.deepEqual([problem?.code, fix?.title], ["instance/no-limits", title]);
			assert.deepEqual(
				(fix?.further ?? []).map((step) => step.kind === "append" && [...step.path, step.value]),
				copied.map((entry) => ["limitAdvice", entry]),
			);
		});
	}

	it("does not offer limits that the project has only in part", () => {
		const others = { "a.usage.yaml": { kind: "project", title: "Fenwick", usageCategory: { UsedCategoryLimit: 30 } } };
		checkShown(
			"instance/no-limits",
			{ kind: "instance", project: "a.usage.yaml" },
			{
				severity: "error",
				message: "This instance has no limits of its own: `usageCategory` is missing. Set them; the defaults are 7 / 30 / 90 days.",
				related: [],
				fixes: ["* Set the default limits: 7 / 30 / 90"],
			},
			{ others },
		);
	});
});
