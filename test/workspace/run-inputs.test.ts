import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { parseInstant } from "../../core/dates/instant.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { runCategorize } from "../../workspace/runs/run-categorize.ts";
import { runReport } from "../../workspace/runs/run-report.ts";
import { createWorkspace } from "../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";

const LIMITS = "usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\n";
const INSTALLS = "  - { name: i, provides: installations, type: csv, path: i.csv }\n";
const LOG = "  - { name: l, provides: usageLog, type: csv, path: l.csv }\n";

describe("what a run refuses, since figures from a part of the inputs would be wrong", () => {
	let fixture: FixtureWorkspace | null = null;
	afterEach(() => fixture?.dispose());

	const instances: readonly { what: string; text: string; answer: RegExp }[] = [
		{ what: "nothing", text: `${LIMITS}dataSources:\n${INSTALLS}`, answer: /^1 installations$/ },
		{
			what: "an entry without a type",
			text: `${LIMITS}dataSources:\n${INSTALLS}  - { name: d, provides: devices }\n`,
			answer: /entry 2 \(d\)/,
		},
		{
			what: "an entry with a misspelt provides",
			text: `${LIMITS}dataSources:\n${INSTALLS}  - { name: d, provides: device, type: csv, path: i.csv }\n`,
			answer: /entry 2 \(d\)/,
		},
		{
			what: "no entry that it does not read",
			text: `${LIMITS}dataSources:\n${INSTALLS}  - { name: s, provides: settings }\n`,
			answer: /^1 installations$/,
		},
		{
			what: "limits of which one is a text",
			text: `${LIMITS.replace("30", '"30"')}dataSources:\n${INSTALLS}`,
			answer: /UsedCategoryLimit must be a whole number/,
		},
		{
			what: "limits that are a text",
			text: `usageCategory: default\ndataSources:\n${INSTALLS}`,
			answer: /The limits of i\.usage\.yaml can't be used/,
		},
		{
			what: "an asOf that is no instant",
			text: `asOf: soon\n${LIMITS}dataSources:\n${INSTALLS}`,
			answer: /asOf of i\.usage\.yaml is not an instant/,
		},
		{ what: "no source at all", text: LIMITS, answer: /names no data source/ },
	];
	for (const { what, text, answer } of instances) {
		it(`categorize: ${what}`, async () => {
			const workspace = await open({ "i.usage.yaml": `kind: instance\nname: I\nproject: p.usage.yaml\n${text}` });
			const run = await runCategorize(workspace, fixture!.uri("i.usage.yaml"), { signal: new AbortController().signal });
			assert.match(run.failed ? run.message : `${run.categorization.rule.length} installations`, answer);
		});
	}

	const projects: readonly { what: string; text: string; answer: RegExp }[] = [
		{ what: "nothing", text: `dataSources:\n${LOG}`, answer: /^1 rows$/ },
		{ what: "an entry without a type", text: `dataSources:\n${LOG}  - { name: a, provides: userActivity }\n`, answer: /entry 2 \(a\)/ },
		{ what: "no entry that it does not read", text: `dataSources:\n${LOG}  - { name: s, provides: settings }\n`, answer: /^1 rows$/ },
	];
	for (const { what, text, answer } of projects) {
		it(`report: ${what}`, async () => {
			const workspace = await open({ "q.usage.yaml": `kind: project\ntitle: Q\n${LIMITS}${text}` });
			const run = await runReport(workspace, [fixture!.uri("q.usage.yaml")], { signal: new AbortController().signal });
			assert.match(run.failed ? run.message : `${run.report.rows.length} rows`, answer);
		});
	}

	async function open(files: Readonly<Record<string, string>>) {
		fixture = createFixture({
			"p.usage.yaml": `kind: project\ntitle: P\n${LIMITS}`,
			"i.csv": "device,product\nD1,Word\n",
			"l.csv": "server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\nlive,2026-11-04T21:00:00Z,1,1,1\n",
			...files,
		});
		const workspace = createWorkspace(createNodeFileAccess(), () => parseInstant("2026-11-05T09:00:00Z")!);
		await workspace.addFolder(fixture.rootUri);
		return workspace;
	}
});
