import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { ReportResult } from "../../server/protocol/report-messages.ts";
import type { ExportResult, Failure } from "../../server/protocol/requests.ts";
import { runCli } from "../cli/cli-support.ts";
import { CLEAN_CLIENT, createFixture } from "../support/fixture-workspace.ts";
import { startLsp } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";
import { readWorkbook, sheetOf, valuesOf } from "../support/read-workbook.ts";
import { eightWeeks } from "../support/weekly-log.ts";

describe("usage report", () => {
	const session = sessionPerTest({
		...CLEAN_CLIENT,
		"other.usage.yaml":
			"kind: project\ntitle: Other\nsubscriptions:\n  - { client: Other Ltd, registeredUsers: 5, servers: [other-live] }\n",
	});

	const report = (...names: readonly string[]) =>
		session.lsp.request<ReportResult | Failure>("usageReport/report", { uris: names.map(session.fixture.uri) });

	it("reports on all projects of the workspace", async () => {
		const answer = await report();
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.equal(answer.asOf, "2026-11-04T21:30:00Z");
		assert.deepEqual(
			answer.rows.map(({ client, server, activeRegistered, weeklyDifference, lastUpdate, flags }) => ({
				client,
				server,
				activeRegistered,
				weeklyDifference,
				lastUpdate,
				flags,
			})),
			[
				{
					client: "Acme plc",
					server: "acme-live",
					activeRegistered: 37,
					weeklyDifference: -3,
					lastUpdate: "2026-11-04T21:00:07Z",
					flags: [],
				},
				{
					client: "Other Ltd",
					server: "other-live",
					activeRegistered: null,
					weeklyDifference: null,
					lastUpdate: null,
					flags: ["never reported"],
				},
			],
		);
		assert.equal(answer.rows[1]?.flagDetails.length, 1);
		assert.equal(answer.clients.length, 2);
	});

	it("reports on the projects that are named, each once", async () => {
		const answer = await report("other.usage.yaml", "other.usage.yaml");
		assert.deepEqual(!answer.failed && answer.rows.map(({ server }) => server), ["other-live"]);
	});

	const failures: readonly { names: readonly string[]; message: RegExp }[] = [
		{ names: ["emea.usage.yaml"], message: /is an instance.*acme\.usage\.yaml/ },
		{ names: ["none.usage.yaml"], message: /no file/ },
		{ names: ["data"], message: /is a folder/ },
	];
	for (const { names, message } of failures) {
		it(`says why there is no report on ${names.join()}`, async () => {
			const answer = await report(...names);
			assert.ok(answer.failed);
			assert.match(answer.message, message);
		});
	}

	it("leaves out of all projects the one that can't be read, and says so first", async () => {
		session.fixture.remove("data/log.csv");
		const answer = await report();
		assert.deepEqual(!answer.failed && answer.rows.map(({ server }) => server), ["other-live"]);
		const [problem] = answer.failed ? [] : answer.problems;
		assert.equal(problem?.code, "source/missing-file");
		assert.equal(problem?.source, "acme.usage.yaml");
		assert.match(String(problem?.message), /^Left out of this report\. .*log\.csv/);
		assert.equal(!answer.failed && answer.problemCount, 1);
	});

	it("names every source that can't be read of a project that was asked for", async () => {
		session.fixture.remove("data/log.csv");
		const answer = await report("acme.usage.yaml", "other.usage.yaml");
		assert.ok(answer.failed);
		assert.match(answer.message, /weekly log: .*log\.csv/);
	});

	it("says so when there is no project at all", async () => {
		const empty = createFixture({ "readme.txt": "" });
		const other = await startLsp({ folders: [empty.rootUri] });
		const answer = await other.request<ReportResult | Failure>("usageReport/report", { uris: [] });
		assert.ok(answer.failed);
		assert.match(answer.message, /no project/);
		await other.dispose();
		empty.dispose();
	});

	it("has the weeks, the use and the outlook beside each row", async () => {
		session.fixture.write("data/log.csv", eightWeeks());
		const answer = await report();
		assert.ok(!answer.failed, JSON.stringify(answer));
		const [acme, other] = answer.rows;
		assert.equal(acme?.project, session.fixture.uri("acme.usage.yaml"));
		assert.deepEqual(acme?.history.registered.slice(-9), [null, 10, 11, 12, null, 14, 15, 300, 301]);
		assert.equal(acme?.history.registered.length, 26);
		assert.deepEqual(acme?.utilisation, { registered: 301 / 50, enterprise: 0.75, designers: 1 });
		assert.equal(acme?.projection.enterprise?.perWeek, 0);
		assert.deepEqual(acme?.projection.enterprise?.atRenewal, { expected: 3, low: 3, high: 3 });
		assert.equal(other?.project, session.fixture.uri("other.usage.yaml"));
		assert.deepEqual(other?.utilisation, { registered: null, enterprise: null, designers: null });
		assert.deepEqual(other?.projection, { registered: null, enterprise: null, designers: null });
		assert.ok(other?.history.designers.every((value) => value === null));
	});

	it("keeps the keys of the JSON that the command line writes", async () => {
		const answer = await report("acme.usage.yaml");
		assert.ok(!answer.failed);
		assert.equal(Object.keys(answer.rows[0] ?? {}).includes("subscription"), false);
	});

	it("exports the servers that a filter shows, and says which", async () => {
		const file = session.fixture.path("filtered.xlsx");
		const filter = { flags: ["never reported", "stale"], clients: [], renewalWithinDays: null, text: "other" };
		const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris: [], file, filter });
		assert.deepEqual(answer, { failed: false, file, rows: 1 });
		const workbook = await readWorkbook(file);
		assert.deepEqual(
			valuesOf(sheetOf(workbook, "Usage Report"))
				.slice(1)
				.map((row) => row[1]),
			["other-live"],
		);
		assert.equal(valuesOf(sheetOf(workbook, "Weekly History")).length, 1);
		const about = JSON.stringify(valuesOf(sheetOf(workbook, "About")));
		assert.match(about, /Servers in this workbook/);
		assert.match(about, /1 of 2\./);
		assert.match(about, /With a flag of these: \\"never reported\\" and \\"stale\\"\./);
		assert.match(about, /with the text \\"other\\" in its name/);
	});

	it("counts accesses, in the weeks without a log, and shows nobody's name anywhere", async () => {
		const users = ["gwendolyn", "bartholomew", "zebedee"];
		session.fixture.write(
			"data/activity.csv",
			`server,user,userType,accessedAt
acme-live,gwendolyn,Registered,2026-10-20
acme-live,gwendolyn,Registered,2026-10-27
acme-live,bartholomew,Designer,2026-10-20
acme-live,zebedee,zebedee,2026-10-20
acme-live,zebedee,Registered,zebedee
acme-live,zebedee,Registered,2031-10-20
acme-live,zebedee,Registered,2026-10-20,zebedee
`,
		);
		const project = String(CLEAN_CLIENT["acme.usage.yaml"]);
		session.fixture.write(
			"acme.usage.yaml",
			`${project}  - { name: accesses, provides: userActivity, type: csv, path: data/activity.csv }\n`,
		);
		await session.restart({});
		const answer = await report("acme.usage.yaml");
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.deepEqual(answer.rows[0]?.history.registered.slice(-4), [null, 2, 40, 37]);
		assert.deepEqual(answer.rows[0]?.history.designers.slice(-4), [null, 1, 2, 2]);
		assert.equal(answer.problemCount, 4);
		const file = session.fixture.path("accesses.xlsx");
		const uris = [session.fixture.uri("acme.usage.yaml")];
		const written = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris, file });
		assert.ok(!written.failed, JSON.stringify(written));
		const workbook = await readWorkbook(file);
		const outputs = JSON.stringify([
			answer,
			await session.lsp.request("usageReport/reportServer", { uris: [], client: "Acme plc", server: "acme-live" }),
			workbook.worksheets.map((sheet) => valuesOf(sheet)),
			await session.lsp.request("workspace/diagnostic", { previousResultIds: [] }),
		]);
		assert.match(outputs, /source\/unknown-user-type/);
		for (const user of users) assert.ok(!outputs.includes(user), user);
	});

	it("exports as CSV what the command line does, and the servers of a filter", async () => {
		const file = session.fixture.path("report.CSV");
		const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris: [], file });
		assert.deepEqual(answer, { failed: false, file, rows: 2 });
		const { stdout } = await runCli(["report", ".", "--as-of", "2026-11-04T21:30:00Z", "--format", "csv"], session.fixture.path("."));
		assert.equal(readFileSync(file, "utf8"), stdout);
		assert.match(stdout, /^client,server,renewalDate,/);
		await session.lsp.request("usageReport/exportReport", { uris: [], file, filter: { text: "other" } });
		const [header, ...rows] = stdout.split("\n");
		assert.deepEqual(readFileSync(file, "utf8").split("\n"), [header, ...rows.filter((row) => row === "" || row.includes("other-live"))]);
	});

	it("refuses to export to what cannot be meant", async () => {
		for (const [name, message] of [
			["report.ndjson", /Choose a name that ends in \.xlsx or \.csv\./],
			["data/log.csv", /log\.csv is read for this result\. Choose another name\./],
		] as const) {
			const file = session.fixture.path(name);
			const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris: [], file });
			assert.match(answer.failed ? answer.message : "", message);
		}
	});

	it("exports a workbook", async () => {
		const file = session.fixture.path("report.xlsx");
		const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris: [], file });
		assert.deepEqual(answer, { failed: false, file, rows: 2 });
		assert.equal(readFileSync(file).subarray(0, 2).toString(), "PK");
	});
}).timeout(120_000);
