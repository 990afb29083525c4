import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readModel } from "../../../core/config/read-model.ts";
import { isLimit } from "../../../core/usage/limits.ts";

const EMPTY_PROJECT = { kind: "project", title: null, projectId: null, limits: null, limitAdvice: [], subscriptions: [], dataSources: [] };
const EMPTY_INSTANCE = {
	kind: "instance",
	name: null,
	instanceId: null,
	project: null,
	asOf: null,
	limits: null,
	limitAdvice: [],
	dataSources: [],
	bundles: [],
	reclaimPolicies: [],
	unitPrices: [],
};
const SOURCE = { name: "s", type: "csv", provides: "installations" };
const READ_SOURCE = {
	index: 0,
	name: "s",
	provides: "installations",
	type: "csv",
	connector: null,
	path: null,
	connection: null,
	table: null,
	query: null,
	sheet: null,
	columns: {},
	dateFormat: "iso",
	timeZone: "UTC",
	delimiter: ",",
	encoding: "utf-8",
	header: true,
};
const POLICY = { index: 0, name: "p", products: ["x"], categories: ["Unused"], action: "optional", state: "draft", enabled: true };
const SUBSCRIPTION = {
	index: 0,
	client: "c",
	renewalDate: null,
	registeredUsers: null,
	enterpriseUsers: null,
	designerUsers: null,
	servers: [],
};

describe("reading the model", () => {
	for (const tree of [
		null,
		undefined,
		"project",
		3,
		[],
		{},
		{ kind: "Project" },
		{ kind: ["project"] },
		[{ kind: "project" }],
		Object.create({ kind: "project" }),
	]) {
		it(`finds no model in ${JSON.stringify(tree)}`, () => assert.equal(readModel(tree), null));
	}

	// biome-ignore format: a table
	const projectKeys: readonly (readonly [key: string, written: unknown, read: Readonly<Record<string, unknown>>])[] = [
		["title",         " Fenwick ",                                       { title: "Fenwick" }],
		["title",         "  ",                                              {}],
		["title",         365,                                               {}],
		["projectId",     3,                                                 { projectId: 3 }],
		["projectId",     3.5,                                               {}],
		["projectId",     "3",                                               {}],
		["usageCategory", {},                                                { limits: {} }],
		["usageCategory", [7, 30, 90],                                       {}],
		["usageCategory", null,                                              {}],
		["usageCategory", { UsedCategoryLimit: 0 },                          { limits: { UsedCategoryLimit: 0 } }],
		["usageCategory", { UsedCategoryLimit: 36500, UnusedCategoryLimit: 36501 }, { limits: { UsedCategoryLimit: 36500 } }],
		["usageCategory", { UsedCategoryLimit: "30", UnusedCategoryLimit: -1, InstallDateCutOffLimit: 7 }, { limits: { InstallDateCutOffLimit: 7 } }],
		["usageCategory", { UsedCategoryLimit: 30.5, UnusedCategoryLimit: 1e9 }, { limits: {} }],
		["usageCategory", { usedCategoryLimit: 30 },                         { limits: {} }],
		["limitAdvice",   [{ limit: "UsedCategoryLimit", value: 45 }],       { limitAdvice: [{ index: 0, limit: "UsedCategoryLimit", value: 45, reference: null, date: null, accepted: null }] }],
		["limitAdvice",   [7, { limit: "UsedCategoryLimit", value: 45, reference: "CASE-1", date: "2026-09-14" }], { limitAdvice: [{ index: 1, limit: "UsedCategoryLimit", value: 45, reference: "CASE-1", date: "2026-09-14", accepted: null }] }],
		["limitAdvice",   [{ limit: "UsedCategoryLimit", value: 45, reference: 4211, date: "2026-02-30" }], { limitAdvice: [{ index: 0, limit: "UsedCategoryLimit", value: 45, reference: null, date: null, accepted: null }] }],
		["limitAdvice",   [{ limit: "UsedCategoryLimit", value: 45, accepted: { installations: 87, date: "2026-09-15" } }], { limitAdvice: [{ index: 0, limit: "UsedCategoryLimit", value: 45, reference: null, date: null, accepted: { installations: 87, date: "2026-09-15" } }] }],
		["limitAdvice",   [{ limit: "UsedCategoryLimit", value: 45, accepted: { installations: 0, date: "soon" } }], { limitAdvice: [{ index: 0, limit: "UsedCategoryLimit", value: 45, reference: null, date: null, accepted: { installations: 0, date: null } }] }],
		["limitAdvice",   [{ limit: "UsedCategoryLimit", value: 45, accepted: { installations: -1 } }], { limitAdvice: [{ index: 0, limit: "UsedCategoryLimit", value: 45, reference: null, date: null, accepted: null }] }],
		["limitAdvice",   [{ limit: "UsedLimit", value: 45 }],               {}],
		["limitAdvice",   [{ limit: "UsedCategoryLimit", value: "45" }],     {}],
		["limitAdvice",   { limit: "UsedCategoryLimit", value: 45 },         {}],
		["subscriptions", [{ client: "c" }],                                 { subscriptions: [SUBSCRIPTION] }],
		["subscriptions", [{}, { client: " c " }],                           { subscriptions: [{ ...SUBSCRIPTION, index: 1 }] }],
		["subscriptions", [{ client: "c", renewalDate: "2027-03-31" }],      { subscriptions: [{ ...SUBSCRIPTION, renewalDate: "2027-03-31" }] }],
		["subscriptions", [{ client: "c", renewalDate: "31/03/2027" }],      { subscriptions: [SUBSCRIPTION] }],
		["subscriptions", [{ client: "c", registeredUsers: 0, enterpriseUsers: 4 }], { subscriptions: [{ ...SUBSCRIPTION, registeredUsers: 0, enterpriseUsers: 4 }] }],
		["subscriptions", [{ client: "c", registeredUsers: -1, enterpriseUsers: 4.5, designerUsers: "6" }], { subscriptions: [SUBSCRIPTION] }],
		["subscriptions", [{ client: "c", servers: [" a ", 3, "", "b"] }],   { subscriptions: [{ ...SUBSCRIPTION, servers: ["a", "b"] }] }],
		["subscriptions", [{ client: "c", servers: "a" }],                   { subscriptions: [SUBSCRIPTION] }],
		["dataSources",   [{ ...SOURCE, provides: "usageLog" }],             { dataSources: [{ ...READ_SOURCE, provides: "usageLog" }] }],
		["dataSources",   [SOURCE],                                          {}],
		["unknown",       1,                                                 {}],
	];
	for (const [key, written, read] of projectKeys) {
		it(`reads ${key} of a project: ${JSON.stringify(written)}`, () => {
			assert.deepEqual(readModel({ kind: "project", [key]: written }), { ...EMPTY_PROJECT, ...read });
		});
	}

	// biome-ignore format: a table
	const instanceKeys: readonly (readonly [key: string, written: unknown, read: Readonly<Record<string, unknown>>])[] = [
		["name",            "EMEA",                                          { name: "EMEA" }],
		["instanceId",      12,                                              { instanceId: 12 }],
		["project",         "a.usage.yaml",                                  { project: "a.usage.yaml" }],
		["asOf",            "2026-11-04T21:00:00Z",                          { asOf: "2026-11-04T21:00:00Z" }],
		["asOf",            "yesterday",                                     {}],
		["bundles",         [{ name: "b", components: ["x", null] }],        { bundles: [{ index: 0, name: "b", components: ["x"] }] }],
		["bundles",         [{ components: ["x"] }],                         {}],
		["reclaimPolicies", [{ name: "p", products: ["x"] }],                { reclaimPolicies: [POLICY] }],
		["reclaimPolicies", [{ name: "p", products: ["x"], categories: ["Rarely Used", "Unused", "Used", "Unused"] }], { reclaimPolicies: [{ ...POLICY, categories: ["Unused", "Rarely Used"] }] }],
		["reclaimPolicies", [{ name: "p", products: ["x"], categories: [] }], { reclaimPolicies: [{ ...POLICY, categories: [] }] }],
		["reclaimPolicies", [{ name: "p", products: ["x"], action: "mandatory", state: "published", enabled: false }], { reclaimPolicies: [{ ...POLICY, action: "mandatory", state: "published", enabled: false }] }],
		["reclaimPolicies", [{ name: "p", products: ["x"], action: "Mandatory", state: 1, enabled: "no" }], { reclaimPolicies: [POLICY] }],
		["unitPrices",      [{ products: ["x"], price: 2.5, currency: "GBP" }], { unitPrices: [{ index: 0, products: ["x"], price: 2.5, currency: "GBP" }] }],
		["unitPrices",      [{ products: ["x"], price: -1, currency: "GBP" }], {}],
		["unitPrices",      [{ products: [], price: 1, currency: "GBP" }],   {}],
		["dataSources",     [SOURCE],                                        { dataSources: [READ_SOURCE] }],
		["dataSources",     [{}, SOURCE],                                    { dataSources: [{ ...READ_SOURCE, index: 1 }] }],
		["dataSources",     [{ ...SOURCE, provides: "usageLog" }],           {}],
		["dataSources",     [{ ...SOURCE, type: "xml" }],                    {}],
		["dataSources",     [{ ...SOURCE, name: "" }],                       {}],
		["dataSources",     [{ ...SOURCE, dateFormat: "dd/MM/yyyy" }],       { dataSources: [{ ...READ_SOURCE, dateFormat: "dd/MM/yyyy" }] }],
		["dataSources",     [{ ...SOURCE, dateFormat: "dd.MM.yyyy" }],       { dataSources: [READ_SOURCE] }],
		["dataSources",     [{ ...SOURCE, delimiter: "\t", header: false }], { dataSources: [{ ...READ_SOURCE, delimiter: "\t", header: false }] }],
		["dataSources",     [{ ...SOURCE, columns: { device: " ID ", product: 3, publisher: "" } }], { dataSources: [{ ...READ_SOURCE, columns: { device: "ID" } }] }],
		["dataSources",     [{ ...SOURCE, columns: JSON.parse('{"__proto__":"x"}') }], { dataSources: [{ ...READ_SOURCE, columns: JSON.parse('{"__proto__":"x"}') }] }],
	];
	for (const [key, written, read] of instanceKeys) {
		it(`reads ${key} of an instance: ${JSON.stringify(written)}`, () => {
			assert.deepEqual(readModel({ kind: "instance", [key]: written }), { ...EMPTY_INSTANCE, ...read });
		});
	}

	it("never throws, and never takes a limit that is none", () => {
		const keys = [...Object.keys(EMPTY_PROJECT), ...Object.keys(EMPTY_INSTANCE), "usageCategory"];
		const trees = fc.record(
			{
				kind: fc.constantFrom("project", "instance"),
				...Object.fromEntries(
					keys.filter((key) => key !== "kind").map((key) => [key, fc.anything({ withNullPrototype: true, withMap: true, withDate: true })]),
				),
			},
			{ requiredKeys: ["kind"] },
		);
		fc.assert(
			fc.property(fc.oneof(trees, fc.anything()), (tree) => {
				const limits = readModel(tree)?.limits ?? {};
				assert.ok(Object.values(limits).every(isLimit));
			}),
		);
	});
});
