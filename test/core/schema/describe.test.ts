import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ConfigPath } from "../../../core/problems.ts";
import { describeNode } from "../../../core/schema/describe.ts";
import type { ConfigKind } from "../../../core/schema/schemas.ts";

describe("describeNode", () => {
	const keys: readonly (readonly [kind: ConfigKind, path: string, entry: object | null, keys: string])[] = [
		["project", "", null, "kind* title* projectId usageCategory limitAdvice subscriptions dataSources"],
		["instance", "", null, "kind* name* instanceId project* asOf usageCategory limitAdvice dataSources bundles reclaimPolicies unitPrices"],
		["project", "usageCategory", null, "InstallDateCutOffLimit* UsedCategoryLimit* UnusedCategoryLimit*"],
		["project", "limitAdvice/0", null, "limit* value* reference date accepted"],
		["project", "subscriptions/7", null, "client* renewalDate registeredUsers enterpriseUsers designerUsers servers"],
		["instance", "bundles/0", null, "name* components*"],
		[
			"instance",
			"dataSources/0",
			{},
			"name* provides* connector type* path connection table query sheet delimiter encoding header dateFormat timeZone columns",
		],
		[
			"instance",
			"dataSources/0",
			{ type: "csv" },
			"name* provides* connector type* path* delimiter encoding header dateFormat timeZone columns",
		],
		["instance", "dataSources/0", { type: "parquet" }, "name* provides* connector type* path* dateFormat timeZone columns"],
		["instance", "dataSources/0", { type: "excel" }, "name* provides* connector type* path* sheet dateFormat timeZone columns"],
		["instance", "dataSources/0", { type: "sqlite" }, "name* provides* connector type* path* table* query dateFormat timeZone columns"],
		[
			"instance",
			"dataSources/0",
			{ type: "sqlite", query: "q" },
			"name* provides* connector type* path* query dateFormat timeZone columns",
		],
		[
			"project",
			"dataSources/0",
			{ type: "postgres", table: "t" },
			"name* provides* connector type* connection* table* query dateFormat timeZone columns",
		],
		[
			"project",
			"dataSources/0",
			{ type: "nonsense" },
			"name* provides* connector type* path connection table query sheet delimiter encoding header dateFormat timeZone columns",
		],
		["instance", "dataSources/0/columns", {}, ""],
		["instance", "dataSources/0/columns", { provides: "devices" }, "device inventoryDate deviceName"],
		["instance", "dataSources/0/columns", { provides: "installations" }, "device product installDate lastUsageDate publisher version"],
		[
			"project",
			"dataSources/0/columns",
			{ provides: "usageLog" },
			"server loggedAt activeRegistered activeEnterprise activeDesigners version",
		],
		["project", "dataSources/0/columns", { provides: "userActivity" }, "server user userType accessedAt"],
		["project", "dataSources/0/columns", { provides: "settings" }, "title name value instanceId"],
	];
	for (const [kind, path, entry, expected] of keys) {
		it(`knows the keys of ${kind}/${path} for ${JSON.stringify(entry)}`, () => checkKeys(kind, path, entry, expected));
	}

	const words: readonly (readonly [kind: ConfigKind, path: string, expected: object])[] = [
		["project", "usageCategory", { title: "Limits for new instances", type: "object", source: "[ProjectSetting], group UsageCategory" }],
		["instance", "usageCategory", { title: "Limits of this instance", type: "object", source: "[InstanceSetting]" }],
		["instance", "usageCategory/UsedCategoryLimit", { type: "integer", default: 30, unit: "days", minimum: 0, maximum: 36_500 }],
		["instance", "kind", { values: [{ value: "instance", meaning: null }] }],
		["instance", "asOf", { type: "string", format: "instant", examples: ["2026-11-04T21:00:00Z"] }],
		["instance", "dataSources/0/dateFormat", { default: "iso" }],
		[
			"instance",
			"reclaimPolicies/0/state",
			{
				default: "draft",
				values: [
					{ value: "published", meaning: "in force when enabled" },
					{ value: "draft", meaning: "being prepared; reclaims nothing" },
				],
			},
		],
		["project", "subscriptions/0/servers/0", { title: "Server", type: "string" }],
		["instance", "dataSources/0/columns/anything", { type: "string" }],
	];
	for (const [kind, path, expected] of words) it(`describes ${kind}/${path}`, () => checkWords(kind, path, expected));

	it("describes the items of a list", () => {
		assert.equal(describeNode("project", ["subscriptions"], null)?.items?.title, "Subscription");
		assert.equal(describeNode("project", ["title"], null)?.items, null);
	});

	const unknown: readonly (readonly [kind: ConfigKind, path: string])[] = [
		["project", "bundles"],
		["instance", "name/0"],
		["instance", "dataSources/name"],
		["instance", "__proto__"],
		["instance", "usageCategory/toString"],
	];
	for (const [kind, path] of unknown)
		it(`knows nothing of ${kind}/${path}`, () => assert.equal(describeNode(kind, pathOf(path), null), null));
});

function checkKeys(kind: ConfigKind, path: string, entry: object | null, expected: string): void {
	const node = describeNode(kind, pathOf(path), { kind, dataSources: [entry] });
	assert.equal(node?.properties.map(({ key, required }) => (required ? `${key}*` : key)).join(" "), expected);
}

function checkWords(kind: ConfigKind, path: string, expected: object): void {
	const node = describeNode(kind, pathOf(path), null);
	assert.ok(node !== null);
	const found = Object.fromEntries(Object.entries(node).filter(([key]) => Object.hasOwn(expected, key)));
	assert.deepEqual(found, expected);
}

function pathOf(text: string): ConfigPath {
	return text === "" ? [] : text.split("/").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
