import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ConfigProblem } from "../../../core/problems.ts";
import { createSchemaValidator } from "../../../core/schema/validate-schema.ts";
import { parseConfig } from "../../../workspace/yaml/parse-config.ts";
import { annotate, withoutAnnotations } from "../../support/caret-fixture.ts";

const validator = createSchemaValidator();

describe("validateSchema", () => {
	describe("shows every fault once and in its place", () => {
		const cases: readonly (readonly [name: string, annotated: string])[] = [
			["empty file", "\n# < schema/empty-file"],
			["comments only", "# nothing yet\n# <------------ schema/empty-file"],
			["a list", "- kind: project\n# <-------------- schema/wrong-type"],
			["a text", "project\n# <------ schema/wrong-type"],
			["no kind", "title: x\n# <---- schema/missing-key\nfoo: 1\n"],
			["empty kind", "kind:\n# <--- schema/empty-value\n"],
			["unknown kind", "kind: projcet\n#     ^^^^^^^ schema/unknown-kind\nfoo: 1\n"],
			["kind of the wrong type", "kind: 7\n#     ^ schema/unknown-kind\n"],
			["missing keys of the root", "kind: instance\n# <--- schema/missing-key\n# <--- schema/missing-key\n"],
			[
				"a shortened required key is one fault",
				"kind: project\ntitle: x\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategory: 30\n# ^^^^^^^^^^^^ schema/unknown-key\n  UnusedCategoryLimit: 90\n",
			],
			["a misspelt required key is one fault", "kind: project\ntitel: x\n# <---- schema/unknown-key\n"],
			["key of the other kind", "kind: project\ntitle: x\nbundles: []\n# <------ schema/not-allowed-here\n"],
			[
				"limits",
				`kind: project
title: x
usageCategory:
# <------------ schema/missing-key
  InstallDateCutOffLimit: "7"
#                         ^^^ schema/wrong-type
  UsedCategoryLimit: 1e9
#                    ^^^ schema/out-of-range
  UsedCategoryLimits: 30
# ^^^^^^^^^^^^^^^^^^ schema/unknown-key
`,
			],
			[
				"limits in braces",
				"kind: project\ntitle: x\nusageCategory: { InstallDateCutOffLimit: -1, UsedCategoryLimit: 30.5, UnusedCategoryLimit: }\n#                                        ^^ schema/out-of-range\n#                                                               ^^^^ schema/wrong-type\n#                                                                     ^^^^^^^^^^^^^^^^^^^ schema/empty-value\n",
			],
			[
				"data sources of an instance",
				`kind: instance
name: x
project: x.usage.yaml
dataSources:
  - name: a
#   ^^^^ schema/missing-key
    provides: usageLog
#             ^^^^^^^^ schema/unknown-value
    type: csv
    sheet: one
#   ^^^^^ schema/not-allowed-here
    query: SELECT 1
#   ^^^^^ schema/not-allowed-here
    table: t
#   ^^^^^ schema/not-allowed-here
    connection: C
#   ^^^^^^^^^^ schema/not-allowed-here
  - { name: b, provides: devices, type: excel, path: b.xlsx, delimiter: ";", header: no, encoding: utf-8 }
#                                                            ^^^^^^^^^ schema/not-allowed-here
#                                                                            ^^^^^^ schema/not-allowed-here
#                                                                                        ^^^^^^^^ schema/not-allowed-here
  - { name: c, provides: devices, type: sqlite, path: c.db }
#     ^^^^ schema/missing-key
  - { name: d, provides: devices, type: postgres, table: t, query: q, path: p }
#     ^^^^ schema/missing-key
#                                                 ^^^^^ schema/not-allowed-here
#                                                                     ^^^^ schema/not-allowed-here
  - { name: e, provides: devcies, type: cvs, path: p }
#                        ^^^^^^^ schema/unknown-value
#                                       ^^^ schema/unknown-value
  - { name: f, provides: devices, type: csv, path: p, columns: { devcie: x, product: y, inventoryDate: 1 } }
#                                                                ^^^^^^ schema/unknown-key
#                                                                           ^^^^^^^ schema/unknown-key
#                                                                                                      ^ schema/wrong-type
  - { name: g, provides: devices, type: csv, path: p, header: yes, dateFormat: ISO, delimiter: "", timeZone: }
#                                                             ^^^ schema/wrong-type
#                                                                              ^^^ schema/unknown-value
#                                                                                              ^^ schema/empty-value
#                                                                                                  ^^^^^^^^ schema/empty-value
  -
# ^ schema/empty-value
  - text
#   ^^^^ schema/wrong-type
  - [a]
#   ^^^ schema/wrong-type
`,
			],
			[
				"the other lists of an instance",
				`kind: instance
name: 2026
#     ^^^^ schema/wrong-type
project: ""
#        ^^ schema/empty-value
instanceId: twelve
#           ^^^^^^ schema/wrong-type
asOf: yesterday
#     ^^^^^^^^^ schema/wrong-format
limitAdvice:
# <---------- schema/empty-value
bundles: { name: x }
# <------ schema/wrong-type
reclaimPolicies:
  - name: a
    products: []
#             ^^ schema/empty-value
    categories: [Unused, Used, unused, Unused]
#                        ^^^^ schema/unknown-value
#                              ^^^^^^ schema/unknown-value
#                                      ^^^^^^ schema/duplicate-item
    action: force
#           ^^^^^ schema/unknown-value
    enabled: 1
#            ^ schema/wrong-type
unitPrices:
  - { products: Viewer, price: -1, currency: gbp }
#               ^^^^^^ schema/wrong-type
#                              ^^ schema/out-of-range
#                                            ^^^ schema/wrong-format
`,
			],
			[
				"subscriptions",
				`kind: project
title: x
subscriptions:
  - renewalDate: 2026-02-30
#   ^^^^^^^^^^^ schema/missing-key
#                ^^^^^^^^^^ schema/wrong-format
    registeredUsers: -3.5
    enterpriseUsers: many
#                    ^^^^ schema/wrong-type
    servers: a
#            ^ schema/wrong-type
    : nothing
# < schema/unknown-key
`.replace("# < schema", "#   ^ schema"),
			],
			[
				"behind an alias",
				"kind: project\ntitle: x\nusageCategory: &l { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\nlimitAdvice: *l\n# <---------- schema/wrong-type\n",
			],
			[
				"a merged key",
				"kind: project\ntitle: x\nsubscriptions:\n  - &a { client: a, servers: 5 }\n#                            ^ schema/wrong-type\n  - { <<: *a, client: b }\n#         ^^ schema/wrong-type\n",
			],
			[
				"a key called like a part of every object",
				"kind: project\ntitle: x\n__proto__: 1\n# <-------- schema/unknown-key\nconstructor: 1\n# <---------- schema/unknown-key\n",
			],
		];
		for (const [name, annotated] of cases) it(name, () => checkPlaces(annotated));
	});

	describe("says what is wrong and what to do", () => {
		const cases: readonly (readonly [tree: object, path: string, message: string])[] = [
			[{ titl: 1 }, "titl", "Unknown key `titl`. Did you mean `title`?"],
			[{ title: "x", usage_category: {} }, "usage_category", "Unknown key `usage_category`. Did you mean `usageCategory`?"],
			[
				{ title: "x", colour: "red" },
				"colour",
				"Unknown key `colour`. The keys here are `kind`, `title`, `projectId`, `usageCategory`, `limitAdvice`, `subscriptions` and `dataSources`.",
			],
			[{ title: "x", Title: "y" }, "Title", "Unknown key `Title`, and `title` is there already. Remove one of the two."],
			[
				{ title: "x", bundles: [] },
				"bundles",
				"`bundles` belongs in a file of kind instance, and this is one of kind project. Move it there.",
			],
			[{ title: "x", category: {} }, "category", "Unknown key `category`. Did you mean `usageCategory`?"],
			[
				{ title: "x", usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90, UsedCategory: 30 } },
				"usageCategory/UsedCategory",
				"Unknown key `UsedCategory`. The keys here are `InstallDateCutOffLimit`, `UsedCategoryLimit` and `UnusedCategoryLimit`.",
			],
			[{ title: null }, "title", "`title` is empty. Write a text such as `Northwind Traders`."],
			[{ title: 5 }, "title", "`title` must be a text, not the number 5. Put it in quotes."],
			[{ title: "x", limitAdvice: null }, "limitAdvice", "`limitAdvice` is empty. Write its entries, or remove it."],
			[{}, "", "A file of kind project needs `title`."],
			[source({ type: "csv", header: null }), "dataSources/0/header", "`header` is empty. Write `true` or `false`, or remove it."],
			[advice({ reference: "" }), "limitAdvice/0/reference", "Fill in the number of the support case or letter."],
			[advice({ reference: null }), "limitAdvice/0/reference", "Fill in the number of the support case or letter."],
			[advice({ date: "YYYY-MM-DD" }), "limitAdvice/0/date", "Fill in the date of the advice as YYYY-MM-DD."],
			[advice({ date: null }), "limitAdvice/0/date", "Fill in the date of the advice as YYYY-MM-DD."],
			[
				advice({ date: "2026-02-30" }),
				"limitAdvice/0/date",
				'`date` must be a date of the calendar, written YYYY-MM-DD, not the text "2026-02-30".',
			],
			[
				limits({ UsedCategoryLimit: "30" }),
				"usageCategory/UsedCategoryLimit",
				'`UsedCategoryLimit` must be a whole number of days, not the text "30".',
			],
			[
				limits({ UsedCategoryLimit: 1e9 }),
				"usageCategory/UsedCategoryLimit",
				"`UsedCategoryLimit` must be from 0 to 36,500 days, not 1,000,000,000.",
			],
			[limits({ UsedCategoryLimit: -1 }), "usageCategory/UsedCategoryLimit", "`UsedCategoryLimit` must be from 0 to 36,500 days, not -1."],
			[
				limits({ UsedCategoryLimit: 30.5 }),
				"usageCategory/UsedCategoryLimit",
				"`UsedCategoryLimit` must be a whole number of days, not 30.5.",
			],
			[
				limits({ UsedCategoryLimit: Number.POSITIVE_INFINITY }),
				"usageCategory/UsedCategoryLimit",
				"`UsedCategoryLimit` must be a whole number of days, not a number without end.",
			],
			[source({ type: "csv", sheet: "a" }), "dataSources/0/sheet", "`sheet` is only for `excel`."],
			[source({ type: "parquet", sheet: "a" }), "dataSources/0/sheet", "`sheet` is only for `excel`."],
			[source({ type: "parquet", table: "a" }), "dataSources/0/table", "`table` is only for databases."],
			[source({ type: "parquet", encoding: "utf-8" }), "dataSources/0/encoding", "`encoding` is only for `csv`."],
			[source({ type: "sqlite" }), "dataSources/0", "This entry of `dataSources` needs `table` or `query`."],
			[
				source({ type: "sqlite", table: "a", query: "b" }),
				"dataSources/0/table",
				"`table` cannot stand beside `query`: keep one of the two.",
			],
			[
				source({ type: "xls" }),
				"dataSources/0/type",
				'`type` must be `csv`, `excel`, `sqlite`, `parquet`, `postgres`, `sqlserver` or `clickhouse`, not the text "xls".',
			],
			[
				source({ type: "csv", provides: "devices" }),
				"dataSources/0/provides",
				'`provides` must be `usageLog`, `userActivity` or `settings`, not the text "devices". That belongs in a file of kind instance.',
			],
			[
				source({ type: "csv", columns: { loggedAt: null } }),
				"dataSources/0/columns/loggedAt",
				"`loggedAt` is empty. Write a text such as `LogDate`, or remove it.",
			],
			[
				{ title: "x", subscriptions: [{ client: "a", renewalDate: "31/03/2027" }] },
				"subscriptions/0/renewalDate",
				'`renewalDate` must be a date of the calendar, written YYYY-MM-DD, not the text "31/03/2027".',
			],
			[{ title: "x", dataSources: {} }, "dataSources", "`dataSources` must be a list, not a mapping of keys to values."],
		];
		for (const [tree, path, message] of cases) it(message, () => checkMessages({ kind: "project", ...tree }, [{ path, message }]));
	});

	describe("offers repairs", () => {
		const cases: readonly (readonly [tree: object, title: string, path: string, value: unknown])[] = [
			[{ kind: "project", titel: "x" }, "Change to `title`", "titel", "title"],
			[{ kind: "projekt" }, "Write `kind: project`", "kind", "project"],
			[{ subscriptions: [] }, "Write `kind: project`", "kind", "project"],
			[{ kind: "project", title: 5 }, "Put it in quotes", "title", "5"],
			[{ kind: "project", ...limits({ UsedCategoryLimit: "30" }) }, "Write `30` without quotes", "usageCategory/UsedCategoryLimit", 30],
			[
				{ kind: "project", title: "x", usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30 } },
				"Add `UnusedCategoryLimit: 90`",
				"usageCategory/UnusedCategoryLimit",
				90,
			],
			[{ kind: "project", ...source({ type: "CSV" }) }, "Change to `csv`", "dataSources/0/type", "csv"],
			[{ kind: "project", ...source({ type: "csv", header: "no" }) }, "Write `false` without quotes", "dataSources/0/header", false],
			[{ kind: "project", title: "x", subscriptions: [{ client: "a", servers: "b" }] }, "Make it a list", "subscriptions/0/servers", ["b"]],
		];
		for (const [tree, title, path, value] of cases) it(`${title} at ${path}`, () => checkPreferredFix(tree, title, path, value));
	});

	const subscribed = (rest: Readonly<Record<string, unknown>>) => ({
		kind: "project",
		title: "x",
		subscriptions: [{ client: "a", ...rest }],
	});
	const choices: readonly (readonly [written: Readonly<Record<string, unknown>>, fixes: readonly string[]])[] = [
		[{ renewalDate: "31/03/2028" }, ["* Change to 2028-03-31"]],
		[{ renewalDate: "3.31.2028" }, ["* Change to 2028-03-31"]],
		[{ renewalDate: "2028/3/1" }, ["* Change to 2028-03-01"]],
		[{ renewalDate: "05/05/2028" }, ["* Change to 2028-05-05"]],
		[{ renewalDate: "03/04/2028" }, ["Change to 2028-04-03", "Change to 2028-03-04"]],
		[{ renewalDate: "2026-02-30" }, []],
		[{ renewalDate: "31/31/2028" }, []],
		[{ renewalDate: "next spring" }, []],
		[{ registeredUsers: "1,250" }, ["Write `1250`"]],
		[{ registeredUsers: "1,25" }, []],
		[{ servers: "live" }, ["* Make it a list"]],
		[{ servers: "live, test," }, ["Make it a list of 2", "Make it a list"]],
	];
	for (const [written, expected] of choices) {
		it(`offers for ${JSON.stringify(written)}: ${expected.join(", ") || "nothing"}`, () => {
			const fixes = validator.validate(subscribed(written)).flatMap((problem) => problem.fixes ?? []);
			assert.deepEqual(
				fixes.map(({ title, preferred }) => `${preferred ? "* " : ""}${title}`),
				expected,
			);
		});
	}

	const blanks: readonly (readonly [what: string, tree: object, fixes: readonly string[]])[] = [
		["a text", { kind: "project" }, ['Add `title`: title = ""']],
		[
			"a number and a text of an entry",
			{ kind: "instance", name: "x", project: "p", unitPrices: [{ products: ["Visio"] }] },
			['Add `price`: unitPrices/0/price = ""', 'Add `currency`: unitPrices/0/currency = ""'],
		],
		[
			"a date",
			{ kind: "project", ...advice({ accepted: { installations: 5 } }) },
			['Add `date`: limitAdvice/0/accepted/date = "YYYY-MM-DD"'],
		],
		["a list", { kind: "instance", name: "x", project: "p", bundles: [{ name: "b" }] }, []],
	];
	for (const [what, tree, expected] of blanks) {
		it(`offers a blank for ${what} that is missing`, () => {
			const missing = validator.validate(tree).filter(({ code }) => code === "schema/missing-key");
			assert.ok(missing.length > 0);
			const fixes = missing.flatMap((problem) => problem.fixes ?? []);
			assert.deepEqual(
				fixes.map((fix) => `${fix.title}: ${fix.path.join("/")} = ${fix.kind === "set" ? JSON.stringify(fix.value) : ""}`),
				expected,
			);
			assert.ok(fixes.every(({ preferred }) => !preferred));
		});
	}

	it("does not offer to remove what is to be filled in", () => {
		const problems = validator.validate({ kind: "project", ...advice({ reference: "", date: "YYYY-MM-DD" }) });
		assert.deepEqual(
			problems.map(({ code, fixes }) => [code, fixes]),
			[
				["schema/empty-value", undefined],
				["schema/wrong-format", undefined],
			],
		);
	});

	it("accepts everything that the reference shows", () => {
		for (const tree of [fullProject(), fullInstance()]) assert.deepEqual(validator.validate(tree), []);
	});

	it("leaves negative and fractional users to the rules on subscriptions", () => {
		assert.deepEqual(
			validator.validate({ kind: "project", title: "x", subscriptions: [{ client: "a", registeredUsers: -1, designerUsers: 0.5 }] }),
			[],
		);
	});
});

function checkPlaces(annotated: string): void {
	const parsed = parseConfig(withoutAnnotations(annotated));
	assert.deepEqual(parsed.problems, []);
	const problems = validator.validate(parsed.tree).map(({ code, path, anchor }) => ({ code, range: parsed.rangeOf(path, anchor) }));
	assert.equal(annotate(parsed.text, problems), annotated);
}

function checkMessages(tree: object, expected: readonly { readonly path: string; readonly message: string }[]): void {
	assert.deepEqual(
		validator.validate(tree).map(({ path, message }) => ({ path: path.join("/"), message })),
		expected,
	);
}

function checkPreferredFix(tree: object, title: string, path: string, value: unknown): void {
	const problems: readonly ConfigProblem[] = validator.validate(tree);
	assert.equal(problems.length, 1);
	const fixes = (problems[0]?.fixes ?? []).filter((fix) => fix.preferred);
	const found = fixes.map((fix) => ({
		title: fix.title,
		path: fix.path.join("/"),
		value: fix.kind === "rename-key" ? fix.newKey : fix.kind === "remove" ? undefined : fix.value,
	}));
	assert.deepEqual(found, [{ title, path, value }]);
}

function limits(changed: object): object {
	return { title: "x", usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90, ...changed } };
}

function advice(changed: object): object {
	return { title: "x", limitAdvice: [{ limit: "UsedCategoryLimit", value: 45, ...changed }] };
}

function source(changed: object): object {
	return { title: "x", dataSources: [{ name: "a", provides: "usageLog", path: "a", ...changed }] };
}

function fullProject(): object {
	return {
		kind: "project",
		projectId: 3,
		...limits({}),
		limitAdvice: [{ limit: "UsedCategoryLimit", value: 45, reference: "1E-000042", date: "2026-09-14" }],
		subscriptions: [{ client: "a", renewalDate: "2028-02-29", registeredUsers: 0, enterpriseUsers: 1, designerUsers: 2, servers: [] }],
		dataSources: [
			{
				name: "a",
				provides: "usageLog",
				type: "sqlite",
				path: "a.db",
				table: "t",
				columns: { server: "a", loggedAt: "b", activeRegistered: "c", activeEnterprise: "d", activeDesigners: "e", version: "f" },
			},
			{
				name: "b",
				provides: "userActivity",
				type: "clickhouse",
				connection: "C",
				query: "SELECT 1",
				columns: { server: "a", user: "b", userType: "c", accessedAt: "d" },
			},
			{ name: "c", provides: "settings", type: "csv", path: "c.csv", columns: { title: "a", name: "b", value: "c", instanceId: "d" } },
		],
	};
}

function fullInstance(): object {
	return {
		kind: "instance",
		name: "x",
		instanceId: 0,
		project: "../x.usage.yaml",
		asOf: "2026-11-04T22:00:00+01:00",
		usageCategory: { InstallDateCutOffLimit: 0, UsedCategoryLimit: 36_500, UnusedCategoryLimit: 0 },
		limitAdvice: [],
		dataSources: [
			{
				name: "a",
				provides: "devices",
				connector: "c",
				type: "csv",
				path: "a.csv",
				delimiter: "\t",
				encoding: "utf-16le",
				header: false,
				dateFormat: "excelSerial",
				timeZone: "Europe/London",
				columns: { device: "Column 1" },
			},
			{ name: "b", provides: "installations", type: "excel", path: "b.xlsx", sheet: "s", columns: {} },
			{ name: "c", provides: "installations", type: "sqlserver", connection: "C", table: "t" },
		],
		bundles: [{ name: "a", components: ["b"] }],
		reclaimPolicies: [
			{ name: "a", products: ["*"], categories: ["Unused", "Rarely Used"], action: "mandatory", state: "published", enabled: false },
		],
		unitPrices: [{ products: ["a"], price: 0.5, currency: "EUR" }],
	};
}
