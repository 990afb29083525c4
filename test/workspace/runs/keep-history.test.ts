import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { afterEach, describe, it } from "mocha";
import { formatInstant, parseInstant } from "../../../core/dates/instant.ts";
import { checkHistory } from "../../../core/history/check-history.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import type { HistoryChoice } from "../../../workspace/runs/keep-history.ts";
import { type LogOptions, logProject } from "../../../workspace/runs/log-project.ts";
import { type ReportRun, runReport } from "../../../workspace/runs/run-report.ts";
import { createWorkspace, type Workspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";

const NOW = parseInstant("2026-11-05T09:00:00Z")!;
const HISTORY = "clients/.usage-report/history.db";
const KEPT: HistoryChoice = { setting: null, write: true, now: NOW };
const READ: HistoryChoice = { setting: null, write: false, now: NOW };

const WEEKS = {
	october14: "live,2026-10-14T21:00:05Z,31,3,2\n",
	october21: "live,2026-10-21T21:00:05Z,35,3,2\n",
	october28: "live,2026-10-28T21:00:05Z,40,3,2\n",
	november4: "live,2026-11-04T21:00:05Z,37,3,2\n",
};

describe("the history beside a report", () => {
	let fixture: FixtureWorkspace;
	afterEach(() => fixture.dispose());

	it("keeps the logs that a source has no more", async () => {
		open({ "clients/log.csv": logsOf("october21", "october28") });
		await report(KEPT);
		fixture.write("clients/log.csv", logsOf("november4"));
		const run = await report(KEPT);
		assert.deepEqual(weeksOf(run), ["2026-10-21T21:00:05Z 35", "2026-10-28T21:00:05Z 40", "2026-11-04T21:00:05Z 37"]);
		assert.equal(run.report.rows[0]?.weeklyDifference, -3);
		assert.deepEqual(run.sources, ["log (log.csv)", `history (${fixture.path(HISTORY)})`]);
		assert.deepEqual(run.problems, []);
	});

	it("is no source as long as it has what the sources have", async () => {
		open({ "clients/log.csv": logsOf("october28") });
		await report(KEPT);
		assert.deepEqual((await report(KEPT)).sources, ["log (log.csv)"]);
	});

	it("gives the same report again when nothing has changed", async () => {
		open({ "clients/log.csv": logsOf("october28", "november4") });
		assert.deepEqual((await report(KEPT)).report, (await report(KEPT)).report);
	});

	it("lets the sources correct what it has of the same instant, and nothing older", async () => {
		open({ "clients/log.csv": logsOf("october28", "november4") });
		await report(KEPT);
		fixture.write("clients/log.csv", header(["live,2026-11-04T21:00:05Z,38,3,2\n", "live,2026-10-28T21:00:01Z,1,1,1\n"]));
		assert.deepEqual(weeksOf(await report(KEPT)), ["2026-10-28T21:00:05Z 40", "2026-11-04T21:00:05Z 38"]);
		fixture.write("clients/log.csv", header([]));
		assert.deepEqual(weeksOf(await report(READ)), ["2026-10-28T21:00:05Z 40", "2026-11-04T21:00:05Z 38"]);
	});

	it("does not count later than the report is as of, not even as a log that is left out", async () => {
		open({ "clients/log.csv": logsOf("october21", "october28", "november4") });
		await report(KEPT);
		fixture.write("clients/log.csv", logsOf("october21"));
		const run = await report(READ, { asOf: parseInstant("2026-10-29T00:00:00Z")! });
		assert.deepEqual(weeksOf(run), ["2026-10-21T21:00:05Z 35", "2026-10-28T21:00:05Z 40"]);
		assert.equal(run.report.logsAfterAsOf, 0);
	});

	it("stores no log of the future, also for a report as of a day to come", async () => {
		open({ "clients/log.csv": header([WEEKS.november4, "live,2031-01-01T21:00:00Z,1,1,1\n"]) });
		await report(KEPT, { asOf: parseInstant("2032-01-01T00:00:00Z")! });
		const checked = await checkHistory(fixture.path(HISTORY));
		assert.equal(checked.failed ? null : checked.logs, 1);
	});

	it("keeps the servers of the projects of one folder apart", async () => {
		open({
			"clients/log.csv": logsOf("november4"),
			"clients/other.usage.yaml": project("Other", "other.csv", "theirs"),
			"clients/other.csv": logsOf("november4").replace("live", "theirs"),
		});
		await report(KEPT, {}, ["clients/acme.usage.yaml", "clients/other.usage.yaml"]);
		assert.deepEqual(
			(await report(KEPT)).report.rows.map(({ server }) => server),
			["live"],
		);
	});

	it("remembers a server that no subscription names", async () => {
		open({ "clients/log.csv": header([WEEKS.november4, "spare,2026-10-28T21:00:05Z,4,3,2\n"]) });
		await report(KEPT);
		fixture.write("clients/log.csv", logsOf("november4"));
		assert.deepEqual(
			(await report(READ)).report.rows.map(({ server, activeRegistered }) => `${server} ${activeRegistered}`),
			["live 37", "spare 4"],
		);
	});

	const unwritten: readonly { what: string; choice: HistoryChoice; trusted?: false }[] = [
		{ what: "that is switched off", choice: { setting: "off", write: true, now: NOW } },
		{ what: "that is only read", choice: READ },
		{ what: "of a workspace without trust", choice: KEPT, trusted: false },
	];
	for (const { what, choice, trusted = true } of unwritten) {
		it(`writes none ${what}`, async () => {
			open({ "clients/log.csv": logsOf("november4") });
			const run = await report(choice, {}, undefined, trusted);
			assert.deepEqual(weeksOf(run), ["2026-11-04T21:00:05Z 37"]);
			assert.deepEqual(readdirSync(fixture.path("clients")).sort(), ["acme.usage.yaml", "log.csv"]);
		});
	}

	it("is read without trust inside of the workspace only", async () => {
		open({ "clients/log.csv": logsOf("october28"), "clients/elsewhere/empty.txt": "" });
		const outside = createFixture({});
		try {
			for (const setting of ["clients/elsewhere/h.db", outside.path("h.db")]) await report({ setting, write: true, now: NOW });
			fixture.write("clients/log.csv", logsOf("november4"));
			assert.equal(weeksOf(await report({ setting: "clients/elsewhere/h.db", write: false, now: NOW }, {}, undefined, false)).length, 2);
			assert.equal(weeksOf(await report({ setting: outside.path("h.db"), write: false, now: NOW }, {}, undefined, false)).length, 1);
			assert.equal(weeksOf(await report({ setting: outside.path("h.db"), write: false, now: NOW })).length, 2);
		} finally {
			outside.dispose();
		}
	});

	const places: readonly { what: string; setting: string | null; file: string }[] = [
		{ what: "beside the project when nothing is said", setting: null, file: HISTORY },
		{ what: "beside the project when the setting is blank", setting: "  ", file: HISTORY },
		{ what: "where a path leads from the folder of the workspace", setting: "kept.db", file: "kept.db" },
	];
	for (const { what, setting, file } of places) {
		it(`is ${what}`, async () => {
			open({ "clients/log.csv": logsOf("november4") });
			await report({ setting, write: true, now: NOW });
			assert.ok(existsSync(fixture.path(file)));
		});
	}

	it("does not keep a report from being made when it is damaged, and stays as it is", async () => {
		const noise = "no database at all, but long enough to be one. ".repeat(200);
		open({ "clients/log.csv": logsOf("november4"), [HISTORY]: noise });
		const run = await report(KEPT);
		assert.deepEqual(weeksOf(run), ["2026-11-04T21:00:05Z 37"]);
		assert.deepEqual(
			run.problems.map(({ code, source }) => `${code} ${source}`),
			["history/damaged history"],
		);
		assert.equal(run.problemCount, 1);
		assert.match(run.problems[0]!.message, /The report is made from its sources\.$/);
	});

	function open(files: Readonly<Record<string, string>>): void {
		fixture = createFixture({ "clients/acme.usage.yaml": project("Acme", "log.csv", "live"), ...files });
	}

	async function report(
		history: HistoryChoice,
		options: { readonly asOf?: number } = {},
		projects: readonly string[] = ["clients/acme.usage.yaml"],
		trusted = true,
	): Promise<ReportRun> {
		const workspace = await openWorkspace(fixture, trusted);
		const run = await runReport(workspace, projects.map(fixture.uri), { ...options, history, signal: new AbortController().signal });
		assert.ok(!run.failed, run.failed ? run.message : "");
		return run;
	}
});

describe("logging a project", () => {
	let fixture: FixtureWorkspace;
	afterEach(() => fixture.dispose());

	const ACTIVITY = [
		"live,ann,Registered,2026-10-12T08:00:00Z",
		"live,ben,Registered,2026-10-20T08:00:00Z",
		"live,cem,Designer,2026-11-03T08:00:00Z",
	];

	it("stores a log for every Wednesday since the first access, once", async () => {
		open(ACTIVITY);
		assert.deepEqual(await log(), { added: 4, replaced: 0, unchanged: 0, kept: 0, future: 0 });
		assert.deepEqual(await log(), { added: 0, replaced: 0, unchanged: 4, kept: 0, future: 0 });
	});

	it("adds the weeks that were missed", async () => {
		open(ACTIVITY);
		assert.equal((await log({ asOf: parseInstant("2026-10-15T00:00:00Z")! })).added, 1);
		assert.deepEqual(await log(), { added: 3, replaced: 0, unchanged: 1, kept: 0, future: 0 });
	});

	it("keeps what was counted when a list of last accesses shows less later, and the report says nothing of it", async () => {
		open(ACTIVITY);
		await log();
		write(ACTIVITY.slice(0, 1).map((row) => row.replace("2026-10-12", "2026-11-04")));
		assert.equal((await log()).added, 0);
		const run = await report();
		assert.deepEqual(weeksOf(run), [
			"2026-10-14T21:00:00Z 1",
			"2026-10-21T21:00:00Z 2",
			"2026-10-28T21:00:00Z 2",
			"2026-11-04T21:00:00Z 2",
		]);
		assert.deepEqual(run.problems, []);
	});

	it("tells when more users are found later, and takes them when that is asked for", async () => {
		open(ACTIVITY.slice(1));
		await log();
		write(ACTIVITY);
		assert.deepEqual(await log(), { added: 1, replaced: 0, unchanged: 0, kept: 3, future: 0 });
		const [problem] = (await report()).problems;
		assert.equal(problem?.code, "history/outdated-log");
		assert.match(problem?.message ?? "", /than 3 logs .*live at 2026-10-21T21:00:00Z: 1 \/ 0 \/ 0 stored, 2 \/ 0 \/ 0 now/);
		assert.deepEqual(await log({ replaceComputed: true }), { added: 0, replaced: 3, unchanged: 1, kept: 0, future: 0 });
		assert.deepEqual((await report()).problems, []);
	});

	it("lets a log that the server sent take the place of a computed one", async () => {
		open(ACTIVITY);
		await log();
		fixture.write("log.csv", header(["live,2026-10-21T21:00:00Z,9,9,9\n"]));
		fixture.write("acme.usage.yaml", `${activityProject()}  - { name: log, provides: usageLog, type: csv, path: log.csv }\n`);
		assert.deepEqual(await log(), { added: 0, replaced: 1, unchanged: 3, kept: 0, future: 0 });
		assert.ok(weeksOf(await report()).includes("2026-10-21T21:00:00Z 9"));
	});

	const refusals: readonly { what: string; files: Readonly<Record<string, string>>; options?: Partial<LogOptions>; message: RegExp }[] = [
		{ what: "without a history", files: {}, options: { setting: "off" }, message: /No history is kept for acme\.usage\.yaml/ },
		{
			what: "without a source of logs",
			files: { "acme.usage.yaml": "kind: project\ntitle: Acme\n" },
			message: /acme\.usage\.yaml has no data source that provides usageLog or userActivity/,
		},
		{ what: "for the future", files: {}, options: { asOf: NOW + 1 }, message: /lies in the future/ },
		{ what: "with a history that is a folder", files: { "h/x.txt": "" }, options: { setting: "h" }, message: /h is a folder/ },
		{ what: "that is an instance", files: { "acme.usage.yaml": "kind: instance\nname: I\n" }, message: /is an instance/ },
	];
	for (const { what, files, options = {}, message } of refusals) {
		it(`refuses a project ${what}`, async () => {
			open(ACTIVITY, files);
			const workspace = await openWorkspace(fixture);
			const result = await logProject(workspace, fixture.uri("acme.usage.yaml"), { ...LOG_OPTIONS, ...options });
			assert.ok(result.failed);
			assert.match(result.message, message);
		});
	}

	const LOG_OPTIONS: LogOptions = { setting: null, replaceComputed: false, now: NOW, signal: new AbortController().signal };

	function open(activity: readonly string[], files: Readonly<Record<string, string>> = {}): void {
		fixture = createFixture({ "acme.usage.yaml": activityProject(), ...files });
		write(activity);
	}

	function write(activity: readonly string[]): void {
		fixture.write("activity.csv", `server,user,userType,accessedAt\n${activity.join("\n")}\n`);
	}

	async function log(options: Partial<LogOptions> = {}) {
		const result = await logProject(await openWorkspace(fixture), fixture.uri("acme.usage.yaml"), { ...LOG_OPTIONS, ...options });
		assert.ok(!result.failed, result.failed ? result.message : "");
		const { added, replaced, unchanged, kept, future } = result.stored;
		return { added, replaced, unchanged, kept, future };
	}

	async function report(): Promise<ReportRun> {
		const workspace = await openWorkspace(fixture);
		const run = await runReport(workspace, [], { history: KEPT, signal: new AbortController().signal });
		assert.ok(!run.failed, run.failed ? run.message : "");
		return run;
	}
});

async function openWorkspace(fixture: FixtureWorkspace, trusted = true): Promise<Workspace> {
	const workspace = createWorkspace(createNodeFileAccess(), () => NOW, { trusted });
	await workspace.addFolder(fixture.rootUri);
	return workspace;
}

function project(title: string, log: string, server: string): string {
	return `kind: project
title: ${title}
subscriptions:
  - { client: ${title}, renewalDate: 2027-12-31, registeredUsers: 50, enterpriseUsers: 4, designerUsers: 2, servers: [${server}] }
dataSources:
  - { name: log, provides: usageLog, type: csv, path: ${log} }
`;
}

function activityProject(): string {
	return project("Acme", "log.csv", "live").replace(
		/ {2}- \{ name: log.*\n/,
		"  - { name: use, provides: userActivity, type: csv, path: activity.csv }\n",
	);
}

function header(rows: readonly string[]): string {
	return `server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\n${rows.join("")}`;
}

function logsOf(...weeks: readonly (keyof typeof WEEKS)[]): string {
	return header(weeks.map((week) => WEEKS[week]));
}

function weeksOf({ report }: ReportRun): readonly string[] {
	return report.weeks.map(({ loggedAt, activeRegistered }) => `${formatInstant(loggedAt)} ${activeRegistered}`);
}
