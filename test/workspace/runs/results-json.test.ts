import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { orderByDeviceAndProduct } from "../../../core/usage/order-installations.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { NDJSON_LINES, toInstallationText } from "../../../workspace/runs/installation-lines.ts";
import { toCategorizeJson, toReportJson } from "../../../workspace/runs/results-json.ts";
import { type CategorizeRun, runCategorize } from "../../../workspace/runs/run-categorize.ts";
import { type ReportRun, runReport } from "../../../workspace/runs/run-report.ts";
import { createWorkspace } from "../../../workspace/workspace.ts";
import { CLEAN_CLIENT, createFixture } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";

const signal = new AbortController().signal;

/** Every installation as a line of JSON. */
function linesOf({ categorization }: CategorizeRun): readonly string[] {
	const text = Array.from(toInstallationText(categorization, orderByDeviceAndProduct(categorization), NDJSON_LINES), (some) => some.text);
	return text.join("").split("\n").slice(0, -1);
}

describe("results in JSON", () => {
	async function categorizeWith(files: Readonly<Record<string, string>>): Promise<CategorizeRun> {
		const fixture = createFixture({ ...CLEAN_CLIENT, ...files });
		try {
			const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
			await workspace.addFolder(fixture.rootUri);
			const run = await runCategorize(workspace, fixture.uri("emea.usage.yaml"), { signal });
			if (run.failed) throw new Error(run.message);
			return run;
		} finally {
			fixture.dispose();
		}
	}

	async function reportWith(files: Readonly<Record<string, string>>): Promise<ReportRun> {
		const fixture = createFixture({ ...CLEAN_CLIENT, ...files });
		try {
			const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
			await workspace.addFolder(fixture.rootUri);
			const run = await runReport(workspace, [], { signal });
			if (run.failed) throw new Error(run.message);
			return run;
		} finally {
			fixture.dispose();
		}
	}

	it("writes categorize key by key", async () => {
		const json = toCategorizeJson(await categorizeWith({ "data/devices.csv": "device,inventoryDate\nd1,2026-11-03\nd2,2026-02-30\n" }));
		assert.equal(
			JSON.stringify(json, null, 1),
			`{
 "instance": "Acme EMEA",
 "asOf": "2026-11-04T21:00:00Z",
 "endOfSync": "2026-11-03",
 "limits": {
  "InstallDateCutOffLimit": 7,
  "UsedCategoryLimit": 30,
  "UnusedCategoryLimit": 90
 },
 "installations": 5,
 "devices": 2,
 "products": 4,
 "totals": [
${[
	["Used", null, 1],
	["Rarely Used", null, 1],
	["Unused", null, 1],
	["Unreported", "Device stopped reporting usage", 0],
	["Unreported", "Invalid usage date", 0],
	["Unreported", "Recently installed", 0],
	["Unreported", "Invalid install date", 0],
	["Unreported", "No Product Usage", 0],
	["Unreported", "No Device usage", 0],
	["Unreported", "Device Inventory too old", 0],
	["Unreported", "Invalid Device Inventory date", 0],
	["Unreported", "No Device Inventory date", 2],
]
	.map(
		([category, reason, count]) =>
			`  {\n   "category": ${JSON.stringify(category)},\n   "reason": ${JSON.stringify(reason)},\n   "count": ${count}\n  }`,
	)
	.join(",\n")}
 ],
 "byProduct": [
${[
	["Excel", [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
	["Project", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
	["Visio", [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
	["Word", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
]
	.map(
		([product, counts]) =>
			`  {\n   "product": "${product as string}",\n   "counts": [\n${(counts as number[]).map((count) => `    ${count}`).join(",\n")}\n   ]\n  }`,
	)
	.join(",\n")}
 ],
 "problems": [
  {
   "code": "source/unparseable-date",
   "source": "devices",
   "row": 3,
   "column": "inventoryDate",
   "message": ${JSON.stringify(json.problems[0]?.message)}
  }
 ],
 "problemCount": 1
}`,
		);
	});

	it("writes one line per installation, by device, then product, in code units", async () => {
		const run = await categorizeWith({
			"data/devices.csv": "device,inventoryDate\nb,2026-11-03\nA,2026-11-03\né,2026-11-03\n",
			"data/installs.csv": "device,product,installDate,lastUsageDate\né,P,2026-01-01,2026-11-01\nb,q,,2026-11-03\nb,Q,2026-12-01,\nA,P,,\n",
		});
		assert.deepEqual(linesOf(run), [
			'{"device":"A","product":"P","installDate":null,"lastUsageDate":null,"category":"Unreported","reason":"No Device usage","rule":10}',
			'{"device":"b","product":"Q","installDate":"2026-12-01","lastUsageDate":null,"category":"Unreported","reason":"No Product Usage","rule":11}',
			'{"device":"b","product":"q","installDate":null,"lastUsageDate":"2026-11-03","category":"Used","reason":null,"rule":7}',
			'{"device":"é","product":"P","installDate":"2026-01-01","lastUsageDate":"2026-11-01","category":"Used","reason":null,"rule":7}',
		]);
	});

	it("gives a bundle the usage of its components", async () => {
		const bundle = "bundles:\n  - { name: Office, components: [Word, Excel] }\n";
		const run = await categorizeWith({
			"emea.usage.yaml": CLEAN_CLIENT["emea.usage.yaml"] + bundle,
			"data/installs.csv": `${CLEAN_CLIENT["data/installs.csv"]}d1,Office,2025-01-01,\n`,
		});
		assert.ok(
			linesOf(run).includes(
				'{"device":"d1","product":"Office","installDate":"2025-01-01","lastUsageDate":"2026-11-03","category":"Used","reason":null,"rule":7}',
			),
		);
	});

	it("agrees with itself: totals, products and lines count the same installations", async () => {
		const rows = Array.from(
			{ length: 3000 },
			(_, index) => `d${index % 97},P${index % 41},${day(index * 7)},${index % 5 === 0 ? "" : day(index * 3)}`,
		);
		const run = await categorizeWith({
			"data/devices.csv": `device,inventoryDate\n${Array.from({ length: 90 }, (_, index) => `d${index},${day(index)}`).join("\n")}\n`,
			"data/installs.csv": `device,product,installDate,lastUsageDate\n${rows.join("\n")}\n`,
		});
		const json = toCategorizeJson(run);
		const lines = linesOf(run).map((line) => JSON.parse(line) as { product: string; category: string; reason: string | null });
		const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
		assert.equal(lines.length, json.installations);
		assert.equal(sum(json.totals.map(({ count }) => count)), json.installations);
		for (const [index, { category, reason, count }] of json.totals.entries()) {
			assert.equal(lines.filter((line) => line.category === category && line.reason === reason).length, count);
			assert.equal(sum(json.byProduct.map(({ counts }) => counts[index]!)), count);
		}
		for (const { product, counts } of json.byProduct) assert.equal(lines.filter((line) => line.product === product).length, sum(counts));
		assert.deepEqual(
			json.byProduct.map(({ product }) => product),
			json.byProduct.map(({ product }) => product).toSorted((left, right) => (left < right ? -1 : 1)),
		);
	});

	it("keeps 1,000 problems per source and code, and counts all", async () => {
		const rows = Array.from({ length: 1200 }, (_, index) => `d1,P${index},no date,`);
		const json = toCategorizeJson(
			await categorizeWith({ "data/installs.csv": `device,product,installDate,lastUsageDate\n${rows.join("\n")}\n,P,,\n` }),
		);
		assert.equal(json.problems.length, 1001);
		assert.equal(json.problemCount, 1201);
	});

	it("writes report key by key", async () => {
		const run = await reportWith({ "data/log.csv": `${CLEAN_CLIENT["data/log.csv"]}stray,2026-10-21T21:00:00Z,1,0,0\n` });
		assert.equal(
			JSON.stringify(toReportJson(run)),
			JSON.stringify({
				asOf: "2026-11-04T21:30:00Z",
				rows: [
					{
						client: "Acme plc",
						server: "acme-live",
						renewalDate: "2027-12-31",
						registeredUsers: 50,
						enterpriseUsers: 4,
						designerUsers: 2,
						activeRegistered: 37,
						activeEnterprise: 3,
						activeDesigners: 2,
						weeklyDifference: -3,
						lastUpdate: "2026-11-04T21:00:07Z",
						flags: [],
					},
					{
						client: null,
						server: "stray",
						renewalDate: null,
						registeredUsers: null,
						enterpriseUsers: null,
						designerUsers: null,
						activeRegistered: 1,
						activeEnterprise: 0,
						activeDesigners: 0,
						weeklyDifference: null,
						lastUpdate: "2026-10-21T21:00:00Z",
						flags: ["stale", "server without subscription"],
					},
				],
				clients: [
					{
						client: "Acme plc",
						renewalDate: "2027-12-31",
						servers: 1,
						registeredUsers: 50,
						enterpriseUsers: 4,
						designerUsers: 2,
						activeRegistered: { atLeast: 37, atMost: 37 },
						activeEnterprise: { atLeast: 3, atMost: 3 },
						activeDesigners: { atLeast: 2, atMost: 2 },
					},
				],
				problems: [],
				problemCount: 0,
			}),
		);
	});
}).timeout(120_000);

/** Days before 2026-11-04. */
function day(before: number): string {
	return new Date(Date.UTC(2026, 10, 4) - (before % 400) * 86_400_000).toISOString().slice(0, 10);
}
