import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkConfig } from "../../../../core/config/check-config.ts";
import { readModel } from "../../../../core/config/read-model.ts";
import { type Around, checkMarked, checkShown, problemsOf } from "../rule-checks.ts";

const project = (title: string, rest: Readonly<Record<string, unknown>> = {}) => ({ kind: "project", title, ...rest });
const instance = (name: string, rest: Readonly<Record<string, unknown>> = {}) => ({ kind: "instance", name, ...rest });

describe("reference/missing-project", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: unknown, others: Readonly<Record<string, unknown>>, marked: readonly string[]])[] = [
		["a.usage.yaml",           { "a.usage.yaml": project("A") },        []],
		["./a.usage.yaml",         { "a.usage.yaml": project("A") },        []],
		["sub/a.usage.yaml",       { "sub/a.usage.yaml": project("A") },    []],
		["sub/../a.usage.yaml",    { "a.usage.yaml": project("A") },        []],
		["b.usage.yaml",           { "a.usage.yaml": project("A") },        ["project"]],
		["b.usage.yaml",           { "b.usage.yaml": instance("B") },       []],
		["b.usage.yaml",           { "b.usage.yaml": null },                []],
		["b.usage.yaml",           {},                                      ["project"]],
		["",                       {},                                      []],
		[3,                        {},                                      []],
		[undefined,                {},                                      []],
	];
	for (const [written, others, marked] of rows) {
		it(`${written} among ${Object.keys(others)}`, () =>
			checkMarked("reference/missing-project", instance("x", { project: written }), marked, { others }));
	}

	it("is silent in a document that is on no disk, beside which no file is known", () => {
		const tree = instance("x", { project: "a.usage.yaml" });
		const isMissed = (id: string) => {
			const file = { id, tree, model: readModel(tree) };
			const around = { file, files: [file], resolve: (from: string, path: string) => `${from}/${path}`, isRefused: () => false, now: 0 };
			return checkConfig(around).some(({ code }) => code === "reference/missing-project");
		};
		const ids = ["untitled:Untitled-1", "vscode-vfs://github/a/x.usage.yaml", "file:///x.usage.yaml", "file:///C:/x.usage.yaml"];
		assert.deepEqual(ids.map(isMissed), [false, false, true, true]);
	});

	it("offers the only project there is", () => {
		checkShown(
			"reference/missing-project",
			instance("x", { project: "fenwik.usage.yaml" }),
			{
				severity: "error",
				message: 'There is no configuration file at "fenwik.usage.yaml", seen from this file. Did you mean "../fenwick live.usage.yaml"?',
				related: [],
				fixes: ["* Change to ../fenwick live.usage.yaml"],
			},
			{ name: "emea/x.usage.yaml", others: { "fenwick%20live.usage.yaml": project("Fenwick") } },
		);
	});

	it("offers the nearest projects first, and never a wrong path", () => {
		const names = ["b/1", "b/2", "a/9", "a/8", "a/deep/7", "6"];
		const others = Object.fromEntries(names.map((name) => [`${name}.usage.yaml`, project(name)]));
		checkShown(
			"reference/missing-project",
			instance("x", { project: "north.usage.yaml" }),
			{
				severity: "error",
				message:
					'There is no configuration file at "north.usage.yaml", seen from this file. The projects of this workspace are 8.usage.yaml, 9.usage.yaml, ../6.usage.yaml, deep/7.usage.yaml, ../b/1.usage.yaml and 1 more.',
				related: [],
				fixes: ["8", "9", "../6", "deep/7", "../b/1"].map((path) => `Change to ${path}.usage.yaml`),
			},
			{ name: "a/x.usage.yaml", others },
		);
	});

	// biome-ignore format: a table
	const slips: readonly (readonly [written: string, preferred: string | null])[] = [
		["brakwater.usage.yaml",     "brackwater.usage.yaml"],
		["brackwaterr.usage.yaml",   "brackwater.usage.yaml"],
		["brackwater.usage.yml",     "brackwater.usage.yaml"],
		["Brackwater.usage.yaml",    "brackwater.usage.yaml"],
		["rbackwater.usage.yaml",    "brackwater.usage.yaml"],
		["brackwater.yaml",          null],
		["other.usage.yaml",         null],
	];
	for (const [written, preferred] of slips) {
		it(`takes ${written} for ${preferred}`, () => {
			const others = { "a.usage.yaml": project("A"), "brackwater.usage.yaml": project("B") };
			const problem = problemsOf(instance("x", { project: written }), { others }).find(
				(found) => found.code === "reference/missing-project",
			);
			const fixes = problem?.fixes ?? [];
			assert.deepEqual(
				fixes.filter((fix) => fix.preferred).map((fix) => fix.kind === "set" && fix.value),
				preferred === null ? [] : [preferred],
			);
			assert.equal(fixes[0]?.preferred, preferred !== null);
		});
	}

	it("says what to do where there is no project at all", () => {
		checkShown("reference/missing-project", instance("x", { project: "a.usage.yaml" }), {
			severity: "error",
			message:
				'There is no configuration file at "a.usage.yaml", seen from this file. This workspace has no project yet: create one, or correct the path.',
			related: [],
			fixes: [],
		});
	});
});

describe("reference/outside-workspace", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: string, refused: readonly string[], outside: readonly string[], missing: readonly string[]])[] = [
		["a.usage.yaml", [],               [],          ["project"]],
		["a.usage.yaml", ["a.usage.yaml"], ["project"], []],
		["b.usage.yaml", ["a.usage.yaml"], [],          ["project"]],
		["c.usage.yaml", ["a.usage.yaml"], [],          []],
	];
	for (const [written, refused, outside, missing] of rows) {
		it(`${written}, not reading ${refused.join()}`, () => {
			const around = { others: { "c.usage.yaml": project("C") }, refused };
			checkMarked("reference/outside-workspace", instance("x", { project: written }), outside, around);
			assert.deepEqual(
				problemsOf(instance("x", { project: written }), around)
					.filter(({ code }) => code === "reference/missing-project")
					.map(({ path }) => path.join(".")),
				missing,
			);
		});
	}
});

describe("reference/not-a-project", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: string, others: Readonly<Record<string, unknown>>, marked: readonly string[]])[] = [
		["a.usage.yaml",       { "a.usage.yaml": project("A") },           []],
		["a.usage.yaml",       { "a.usage.yaml": instance("A") },          ["project"]],
		["a.usage.yaml",       { "a.usage.yaml": { kind: "projekt" } },    ["project"]],
		["a.usage.yaml",       { "a.usage.yaml": null },                   ["project"]],
		["a.usage.yaml",       {},                                         []],
		["checked.usage.yaml", {},                                         ["project"]],
	];
	for (const [written, others, marked] of rows) {
		it(`${written} among ${JSON.stringify(others)}`, () =>
			checkMarked("reference/not-a-project", instance("x", { project: written }), marked, { others }));
	}

	it("says what the file is instead", () => {
		checkShown(
			"reference/not-a-project",
			instance("x", { project: "emea.usage.yaml" }),
			{
				severity: "error",
				message:
					'The project of an instance must be a file of kind `project`. This one leads to "emea.usage.yaml", and that file is of kind `instance`.',
				related: ["emea.usage.yaml kind: The kind of the file."],
				fixes: [],
			},
			{ others: { "emea.usage.yaml": instance("EMEA") } },
		);
	});

	it("offers the projects of the workspace, the only one first of all", () => {
		// biome-ignore format: a table
		const offers: readonly (readonly [projects: readonly string[], fixes: readonly (readonly [string, boolean])[]])[] = [
			[[],                                   []],
			[["acme.usage.yaml"],                  [["acme.usage.yaml", true]]],
			[["acme.usage.yaml", "b.usage.yaml"],  [["acme.usage.yaml", false], ["b.usage.yaml", false]]],
			[["acme.usage.yaml", "emeas.usage.yaml"], [["emeas.usage.yaml", true], ["acme.usage.yaml", false]]],
		];
		for (const [projects, fixes] of offers) {
			const others = { "emea.usage.yaml": instance("EMEA"), ...Object.fromEntries(projects.map((path) => [path, project(path)])) };
			const found = problemsOf(instance("x", { project: "emea.usage.yaml" }), { others });
			const offered = found.filter(({ code }) => code === "reference/not-a-project").flatMap((problem) => problem.fixes ?? []);
			assert.deepEqual(
				offered.map((fix) => [fix.kind === "set" ? fix.value : null, fix.preferred]),
				fixes,
			);
		}
	});
});

describe("reference/nested-bundle", () => {
	const bundle = (name: string, ...components: readonly unknown[]) => ({ name, components });
	// biome-ignore format: a table
	const rows: readonly (readonly [bundles: readonly unknown[], marked: readonly string[]])[] = [
		[[bundle("Office", "Word", "Excel")],                                  []],
		[[bundle("Office", "Word", "Office")],                                 ["bundles.0.components.1"]],
		[[bundle("Office", "Word", " Office ")],                               ["bundles.0.components.1"]],
		[[bundle("Office", "office")],                                         []],
		[[bundle("Office", "Word"), bundle("Suite", null, "Office")],          ["bundles.1.components.1"]],
		[[bundle("Office", "Suite"), bundle("Suite", "Office")],               ["bundles.0.components.0", "bundles.1.components.0"]],
		[[null, bundle("Office", "Office")],                                   ["bundles.1.components.0"]],
		[[{ components: ["Office"] }, bundle("Office", "Word")],               []],
	];
	for (const [bundles, marked] of rows) {
		it(JSON.stringify(bundles), () => checkMarked("reference/nested-bundle", instance("x", { bundles }), marked));
	}

	it("tells a bundle in itself", () => {
		checkShown("reference/nested-bundle", instance("x", { bundles: [bundle("Office", "Office", "Word")] }), {
			severity: "error",
			message: 'The bundle "Office" contains itself. Remove this component.',
			related: [],
			fixes: ['* Remove "Office" from the bundle'],
		});
	});

	it("tells a bundle in another", () => {
		checkShown("reference/nested-bundle", instance("x", { bundles: [bundle("Suite", "Office", "Visio"), bundle("Office", "Word")] }), {
			severity: "error",
			message: '"Office" is itself a bundle, and a bundle cannot contain another. List its components here instead.',
			related: ["checked.usage.yaml bundles.1.name: The bundle of this name."],
			fixes: ['Remove "Office" from the bundle'],
		});
	});
});

describe("reference/duplicate-title", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [tree: unknown, others: Readonly<Record<string, unknown>>, marked: readonly string[]])[] = [
		[project("A"),   { "b.usage.yaml": project("B") },            []],
		[project("A"),   { "b.usage.yaml": project("A") },            ["title"]],
		[project("A"),   { "b.usage.yaml": project(" a ") },          ["title"]],
		[project("A"),   { "b.usage.yaml": instance("A") },           []],
		[project("A"),   { "b.usage.yaml": { kind: "project" } },     []],
		[project(""),    { "b.usage.yaml": project("") },             []],
		[instance("A"),  { "b.usage.yaml": project("A") },            []],
	];
	for (const [tree, others, marked] of rows) {
		it(`${JSON.stringify(tree)} beside ${JSON.stringify(others)}`, () =>
			checkMarked("reference/duplicate-title", tree, marked, { others }));
	}

	it("names the other files", () => {
		checkShown(
			"reference/duplicate-title",
			project("Fenwick"),
			{
				severity: "error",
				message:
					'The title "Fenwick" is also that of b c.usage.yaml and d.usage.yaml. Each project of a workspace needs a title of its own.',
				related: ["sub/b%20c.usage.yaml title: The same title.", "d.usage.yaml title: The same title."],
				fixes: [],
			},
			{ others: { "sub/b%20c.usage.yaml": project("Fenwick"), "d.usage.yaml": project("FENWICK"), "e.usage.yaml": project("Else") } },
		);
	});
});

describe("reference/duplicate-instance", () => {
	const own = instance("EMEA", { project: "a.usage.yaml" });
	// biome-ignore format: a table
	const rows: readonly (readonly [tree: unknown, others: Readonly<Record<string, unknown>>, marked: readonly string[]])[] = [
		[own,               { "b.usage.yaml": instance("EMEA", { project: "a.usage.yaml" }) },        ["name"]],
		[own,               { "b.usage.yaml": instance("emea", { project: "./a.usage.yaml" }) },      ["name"]],
		[own,               { "sub/b.usage.yaml": instance("EMEA", { project: "../a.usage.yaml" }) }, ["name"]],
		[own,               { "sub/b.usage.yaml": instance("EMEA", { project: "a.usage.yaml" }) },    []],
		[own,               { "b.usage.yaml": instance("EMEA") },                                     []],
		[own,               { "b.usage.yaml": instance("APAC", { project: "a.usage.yaml" }) },        []],
		[instance("EMEA"),  { "b.usage.yaml": instance("EMEA") },                                     []],
	];
	for (const [tree, others, marked] of rows) {
		it(`${JSON.stringify(tree)} beside ${JSON.stringify(others)}`, () =>
			checkMarked("reference/duplicate-instance", tree, marked, { others }));
	}

	it("names the other file", () => {
		checkShown(
			"reference/duplicate-instance",
			own,
			{
				severity: "error",
				message: 'The name "EMEA" is also that of b.usage.yaml. Each instance of a project needs a name of its own.',
				related: ["b.usage.yaml name: The same name, in the same project."],
				fixes: [],
			},
			{ others: { "b.usage.yaml": own } },
		);
	});
});

describe("reference/duplicate-id", () => {
	const around = (name: string, tree: unknown): Around => ({ name: "a/checked.usage.yaml", others: { [name]: tree } });
	// biome-ignore format: a table
	const rows: readonly (readonly [tree: unknown, otherName: string, other: unknown, marked: readonly string[]])[] = [
		[project("A", { projectId: 3 }),                       "a/b.usage.yaml", project("B", { projectId: 3 }),                             ["projectId"]],
		[project("A", { projectId: 3 }),                       "a/b.usage.yaml", project("B", { projectId: 4 }),                             []],
		[project("A", { projectId: 3 }),                       "b/b.usage.yaml", project("B", { projectId: 3 }),                             []],
		[project("A", { projectId: 3 }),                       "a/b.usage.yaml", instance("B", { instanceId: 3 }),                           []],
		[project("A"),                                         "a/b.usage.yaml", project("B"),                                               []],
		[instance("A", { instanceId: 12 }),                    "a/b.usage.yaml", instance("B", { instanceId: 12 }),                          ["instanceId"]],
		[instance("A", { instanceId: 12 }),                    "b/b.usage.yaml", instance("B", { instanceId: 12 }),                          []],
		[instance("A", { instanceId: 12, project: "p.yaml" }), "b/b.usage.yaml", instance("B", { instanceId: 12, project: "../a/p.yaml" }),  ["instanceId"]],
		[instance("A", { instanceId: 12, project: "p.yaml" }), "b/b.usage.yaml", instance("B", { instanceId: 12, project: "p.yaml" }),       []],
	];
	for (const [tree, otherName, other, marked] of rows) {
		it(`${JSON.stringify(tree)} beside ${otherName} ${JSON.stringify(other)}`, () =>
			checkMarked("reference/duplicate-id", tree, marked, around(otherName, other)));
	}

	it("says why it matters", () => {
		checkShown(
			"reference/duplicate-id",
			instance("A", { instanceId: 12 }),
			{
				severity: "error",
				message:
					"The `instanceId` 12 is also that of b.usage.yaml. Each has a number of its own in the client's database; a settings script would change the wrong one.",
				related: ["b.usage.yaml instanceId: The same number."],
				fixes: [],
			},
			{ others: { "b.usage.yaml": instance("B", { instanceId: 12 }) } },
		);
	});
});

describe("reference/duplicate-name", () => {
	const named = (...names: readonly unknown[]) => names.map((name) => ({ name }));
	// biome-ignore format: a table
	const rows: readonly (readonly [kind: string, list: string, names: readonly unknown[], marked: readonly string[]])[] = [
		["project",  "dataSources",     ["a", "b"],          []],
		["project",  "dataSources",     ["a", "b", "a"],     ["dataSources.2.name"]],
		["project",  "dataSources",     ["a", "A", " a "],   ["dataSources.1.name", "dataSources.2.name"]],
		["project",  "dataSources",     ["", "", 3, 3],      []],
		["project",  "bundles",         ["a", "a"],          []],
		["instance", "dataSources",     ["a", "A"],          ["dataSources.1.name"]],
		["instance", "bundles",         ["a", "a"],          ["bundles.1.name"]],
		["instance", "bundles",         ["a", "A"],          []],
		["instance", "reclaimPolicies", ["a", "A"],          ["reclaimPolicies.1.name"]],
		["instance", "unitPrices",      ["a", "a"],          []],
	];
	for (const [kind, list, names, marked] of rows) {
		it(`${kind} ${list} ${JSON.stringify(names)}`, () =>
			checkMarked("reference/duplicate-name", { kind, [list]: named(...names) }, marked));
	}

	it("leads to the first of the name", () => {
		checkShown("reference/duplicate-name", instance("x", { reclaimPolicies: named("Visio reclaim", "Visio reclaim") }), {
			severity: "error",
			message: 'Another reclaim policy of this file is already called "Visio reclaim". Give this one a name of its own.',
			related: ["checked.usage.yaml reclaimPolicies.0.name: The first of this name."],
			fixes: [],
		});
	});
});
