import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { afterEach, describe, it } from "mocha";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { runSettings } from "../../../workspace/runs/run-settings.ts";
import { createWorkspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";

const signal = new AbortController().signal;
const PROJECT = "kind: project\ntitle: Acme\nprojectId: 3\n";
const INSTANCE = "kind: instance\nname: EMEA\ninstanceId: 12\nproject: p.usage.yaml\n";
const ROWS_SOURCE = "dataSources: [{ name: rows, provides: settings, type: csv, path: rows.csv }]\n";

/** Settings rows of the instance. */
function rows(install: number, used: number, unused: number, title = "EMEA"): string {
	const row = (name: string, value: number) => `${title},${name},${value}\n`;
	return `title,name,value\n${row("InstallDateCutOffLimit", install)}${row("UsedCategoryLimit", used)}${row("UnusedCategoryLimit", unused)}`;
}

function limits(install: number, used: number, unused: number): string {
	return `usageCategory: { InstallDateCutOffLimit: ${install}, UsedCategoryLimit: ${used}, UnusedCategoryLimit: ${unused} }\n`;
}

const advice = (limit: string, value: number, more = "reference: 1E-1, date: 2026-09-14") =>
	`limitAdvice: [{ limit: ${limit}, value: ${value}, ${more} }]\n`;

/** A mandatory policy, and sources of data. */
const exposing = (
	category: string,
) => `reclaimPolicies: [{ name: All, products: ["*"], categories: [${category}], action: mandatory, state: published }]
dataSources:
  - { name: rows, provides: settings, type: csv, path: rows.csv }
  - { name: devices, provides: devices, type: csv, path: devices.csv }
  - { name: installs, provides: installations, type: csv, path: installs.csv }
`;
/** Excel was last used 110 days before End of Sync. */
const ESTATE = {
	"devices.csv": "device,inventoryDate\nd1,2026-11-03\n",
	"installs.csv": "device,product,lastUsageDate\nd1,Word,2026-11-03\nd1,Excel,2026-07-16\n",
};

describe("settings script of a configuration", () => {
	let fixture: FixtureWorkspace | null = null;
	afterEach(() => fixture?.dispose());

	const cases: readonly {
		readonly what: string;
		readonly text: string;
		readonly files?: Readonly<Record<string, string>>;
		/** What the changes say, in order: `limit: from → to`. */
		readonly changes: readonly string[];
		readonly leftOut?: readonly RegExp[];
		readonly says?: readonly RegExp[];
	}[] = [
		{
			what: "an advised limit, expecting what is deployed",
			text: INSTANCE + limits(7, 45, 90) + advice("UsedCategoryLimit", 45) + ROWS_SOURCE,
			files: { "rows.csv": rows(7, 30, 90) },
			changes: ["UsedCategoryLimit: from 30, according to the settings rows of i.usage.yaml, to 45."],
		},
		{
			what: "what is deployed already",
			text: INSTANCE + limits(7, 30, 90) + ROWS_SOURCE,
			files: { "rows.csv": rows(7, 30, 90) },
			changes: [],
			says: [/PRINT N'Nothing to change/],
		},
		{
			what: "rows that the project links to",
			text: INSTANCE + limits(7, 30, 90),
			files: { "p.usage.yaml": PROJECT + ROWS_SOURCE, "rows.csv": rows(7, 30, 91) },
			changes: ["UnusedCategoryLimit: from 91, according to the settings rows of p.usage.yaml, to 90."],
		},
		{
			what: "a change that exposes installations to mandatory reclaim is left out as a whole",
			text: `${INSTANCE}asOf: 2026-11-04T21:00:00Z\n${limits(7, 29, 45)}limitAdvice: [{ limit: UsedCategoryLimit, value: 29 }, { limit: UnusedCategoryLimit, value: 45 }]
reclaimPolicies: [{ name: All, products: ["*"], categories: [Unused], action: mandatory, state: published, enabled: true }]
dataSources:
  - { name: rows, provides: settings, type: csv, path: rows.csv }
  - { name: devices, provides: devices, type: csv, path: devices.csv }
  - { name: installs, provides: installations, type: csv, path: installs.csv }
`,
			files: {
				"rows.csv": rows(7, 30, 90),
				"devices.csv": "device,inventoryDate\nd1,2026-11-03\n",
				"installs.csv": "device,product,lastUsageDate\nd1,Word,2026-11-03\nd1,Excel,2026-09-15\n",
			},
			changes: [],
			leftOut: [
				/^InstallDateCutOffLimit: 1 installation is .*\(limits\/reclaim-exposure\)/,
				/^UsedCategoryLimit: 1 installation/,
				/^UnusedCategoryLimit: 1 installation/,
			],
		},
		{
			what: "rows that can't be read tell nothing",
			text: INSTANCE + limits(7, 30, 90) + ROWS_SOURCE,
			changes: [
				"InstallDateCutOffLimit: from whatever is deployed, since nothing tells, to 7.",
				"UsedCategoryLimit: from whatever is deployed, since nothing tells, to 30.",
				"UnusedCategoryLimit: from whatever is deployed, since nothing tells, to 90.",
			],
			says: [/^-- The data of the instance could not all be read/m],
		},
		{
			what: "a limit without advice is left out",
			text: INSTANCE + limits(7, 45, 90) + ROWS_SOURCE,
			files: { "rows.csv": rows(7, 30, 120) },
			changes: ["UnusedCategoryLimit: from 120, according to the settings rows of i.usage.yaml, to 90."],
			leftOut: [/^UsedCategoryLimit: .*no advice of the vendor.* \(limits\/without-advice\)$/],
		},
		{
			what: "advice that is not recorded in full is none",
			text: INSTANCE + limits(7, 45, 90) + advice("UsedCategoryLimit", 45, "reference: 1E-1, date: YYYY-MM-DD") + ROWS_SOURCE,
			files: { "rows.csv": rows(7, 30, 120) },
			changes: ["UnusedCategoryLimit: from 120, according to the settings rows of i.usage.yaml, to 90."],
			leftOut: [/^UsedCategoryLimit: .* \(schema\/\S+\)$/],
		},
		{
			what: "a limit that exposes installations by itself, when one is missing, is left out as well",
			text: `${INSTANCE}asOf: 2026-11-04T21:00:00Z\nusageCategory: { InstallDateCutOffLimit: 7, UnusedCategoryLimit: 90 }\n${exposing("Unused")}`,
			files: { ...ESTATE, "rows.csv": rows(7, 30, 120) },
			changes: [],
			leftOut: [
				/^InstallDateCutOffLimit: Without the limits that are left out, the others would newly expose 1 installation to/,
				/^UsedCategoryLimit: Without .*\(schema\/missing-key\)$/,
				/^UnusedCategoryLimit: Without /,
			],
		},
		{
			what: "but not when that is accepted",
			text: `${INSTANCE}asOf: 2026-11-04T21:00:00Z\nusageCategory: { InstallDateCutOffLimit: 7, UnusedCategoryLimit: 90 }
limitAdvice: [{ limit: UnusedCategoryLimit, value: 90, accepted: { installations: 1, date: 2026-09-15 } }]\n${exposing("Unused")}`,
			files: { ...ESTATE, "rows.csv": rows(7, 30, 120) },
			changes: ["UnusedCategoryLimit: from 120, according to the settings rows of i.usage.yaml, to 90."],
			leftOut: [/^UsedCategoryLimit: .*\(schema\/missing-key\)$/],
		},
		{
			what: "a limit that exposes nothing only together with one without advice is left out as well",
			text: `${INSTANCE}asOf: 2026-11-04T21:00:00Z\n${limits(7, 119, 150)}${advice("UnusedCategoryLimit", 150)}${exposing("Rarely Used")}`,
			files: { ...ESTATE, "rows.csv": rows(7, 30, 90) },
			changes: [],
			leftOut: [
				/^InstallDateCutOffLimit: Without /,
				/^UsedCategoryLimit: Without .*\(limits\/without-advice\)$/,
				/^UnusedCategoryLimit: Without /,
			],
		},
		{
			what: "that nothing tells what is deployed is said",
			text: INSTANCE + limits(7, 30, 90),
			changes: [
				"InstallDateCutOffLimit: from whatever is deployed, since nothing tells, to 7.",
				"UsedCategoryLimit: from whatever is deployed, since nothing tells, to 30.",
				"UnusedCategoryLimit: from whatever is deployed, since nothing tells, to 90.",
			],
			says: [/^-- Nothing tells which limits are deployed now, so what the change does/m],
		},
		{
			what: "limits that do not rise are all left out",
			text: INSTANCE + limits(7, 90, 30) + ROWS_SOURCE,
			files: { "rows.csv": rows(7, 30, 90) },
			changes: [],
			leftOut: [
				/^InstallDateCutOffLimit: .*\(limits\/order\)/,
				/^UsedCategoryLimit: .*\(limits\/order\)/,
				/^UnusedCategoryLimit: .*\(limits\/order\)/,
			],
			says: [/PRINT N'Nothing is changed/],
		},
		{
			what: "a missing limit is left out, and the others are not",
			text: `${INSTANCE}usageCategory: { InstallDateCutOffLimit: 7, UnusedCategoryLimit: 90 }\n${ROWS_SOURCE}`,
			files: { "rows.csv": rows(7, 30, 120) },
			changes: ["UnusedCategoryLimit: from 120, according to the settings rows of i.usage.yaml, to 90."],
			leftOut: [/^UsedCategoryLimit: .*\(schema\/missing-key\)$/],
		},
		{
			what: "an instance without limits",
			text: INSTANCE,
			changes: [],
			leftOut: [/^InstallDateCutOffLimit: .*\(instance\/no-limits\)/, /^UsedCategoryLimit: /, /^UnusedCategoryLimit: /],
		},
		{
			what: "no error elsewhere stands against limits",
			text: `${INSTANCE}colour: red\n${limits(7, 30, 90)}${ROWS_SOURCE}`,
			files: { "rows.csv": rows(8, 30, 90) },
			changes: ["InstallDateCutOffLimit: from 8, according to the settings rows of i.usage.yaml, to 7."],
		},
		{
			what: "a project",
			text: `kind: project\ntitle: Acme Two\nprojectId: 3\n${limits(7, 30, 90)}${ROWS_SOURCE}`,
			files: { "rows.csv": rows(7, 31, 90, "Acme Two") },
			changes: ["UsedCategoryLimit: from 31, according to the settings rows of i.usage.yaml, to 30."],
			says: [/UPDATE \[ProjectSetting\]/, /o\.\[ProjectID\] = 3 AND o\.\[Title\] = N'Acme Two'/],
		},
	];
	for (const { what, text, files = {}, changes, leftOut = [], says = [] } of cases) {
		it(what, async () => {
			const run = await write({ "p.usage.yaml": PROJECT, "i.usage.yaml": text, ...files });
			assert.ok(!run.failed, JSON.stringify(run));
			assert.deepEqual(changesOf(run.text), changes);
			const told = run.leftOut.map(({ limit, reasons }) => `${limit}: ${reasons.join(" ")}`);
			assert.equal(told.length, leftOut.length, JSON.stringify(told));
			for (const [index, pattern] of leftOut.entries()) assert.match(told[index]!, pattern);
			for (const pattern of says) assert.match(run.text, pattern);
		});
	}

	it("expects what was committed, where nothing tells what is deployed", async () => {
		fixture = createFixture({ "p.usage.yaml": PROJECT, "i.usage.yaml": INSTANCE + limits(7, 31, 90) });
		const identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
		for (const args of [
			["init", "--quiet"],
			["add", "."],
			[...identity, "commit", "--quiet", "-m", "x"],
		])
			execFileSync("git", args, { cwd: fixture.root });
		fixture.write("i.usage.yaml", INSTANCE + limits(7, 30, 90));
		const run = await open();
		assert.ok(!run.failed);
		assert.deepEqual(changesOf(run.text), [
			"InstallDateCutOffLimit: from whatever is deployed, since nothing tells, to 7.",
			"UsedCategoryLimit: from 31, according to the last commit, to 30.",
			"UnusedCategoryLimit: from whatever is deployed, since nothing tells, to 90.",
		]);
	});

	it("reads no data for the parts that only show", async () => {
		const run = await write({ "p.usage.yaml": PROJECT, "i.usage.yaml": INSTANCE + limits(7, 45, 90) }, ["view", "compare"]);
		assert.ok(!run.failed);
		assert.deepEqual(run.leftOut, []);
		assert.match(run.text, /WHERE s\.\[Group\] = N'UsageCategory' AND o\.\[InstanceID\] = 12\n/);
		assert.match(run.text, /WHERE s\.\[Group\] = N'UsageCategory' AND o\.\[ProjectID\] = 3\n/);
	});

	for (const { what, text, message } of [
		{ what: "a file without a name", text: `kind: instance\n${limits(7, 30, 90)}`, message: /has neither a name nor an instanceId/ },
		{ what: "a project without a title", text: "kind: project\n", message: /has neither a title nor a projectId/ },
		{ what: "a name that no table takes", text: `kind: instance\nname: ${"x".repeat(4001)}\n`, message: /is longer than any/ },
		{ what: "a file that is no YAML", text: "kind: [", message: /is not valid YAML/ },
		{ what: "a file of no kind", text: "name: x\n", message: /does not say what it is/ },
	]) {
		it(`has no script for ${what}`, async () => {
			const run = await write({ "i.usage.yaml": text });
			assert.match(run.failed ? run.message : "", message);
		});
	}

	async function write(files: Readonly<Record<string, string>>, parts?: Parameters<typeof runSettings>[2]["parts"]) {
		fixture = createFixture(files);
		return open(parts);
	}

	async function open(parts?: Parameters<typeof runSettings>[2]["parts"]) {
		const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
		await workspace.addFolder(fixture!.rootUri);
		return runSettings(workspace, fixture!.uri("i.usage.yaml"), { signal, ...(parts === undefined ? {} : { parts }) });
	}
});

function changesOf(script: string): readonly string[] {
	return [...script.matchAll(/^\t-- (\w+Limit: from .*)$/gm)].map(([, change]) => change!);
}
