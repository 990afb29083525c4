import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { ReportResult } from "../../server/protocol/report-messages.ts";
import type { ExportResult, Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT, createFixture } from "../support/fixture-workspace.ts";
import { startLsp } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

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

	it("exports a workbook", async () => {
		const file = session.fixture.path("report.xlsx");
		const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris: [], file });
		assert.deepEqual(answer, { failed: false, file, rows: 2 });
		assert.equal(readFileSync(file).subarray(0, 2).toString(), "PK");
	});
}).timeout(20_000);
