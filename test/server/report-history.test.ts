import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import type { ReportResult, ReportServerResult } from "../../server/protocol/report-messages.ts";
import type { ExportResult, Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { FULL_CLIENT, type SessionStart } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

const BESIDE = ".usage-report/history.db";

describe("history of usage logs in the editor", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const report = async () => {
		const answer = await session.lsp.request<ReportResult | Failure>("usageReport/report", { uris: [] });
		assert.ok(!answer.failed, JSON.stringify(answer));
		return answer;
	};
	const serverOf = async () => {
		const params = { uris: [], client: "Acme plc", server: "acme-live" };
		const answer = await session.lsp.request<ReportServerResult | Failure>("usageReport/reportServer", params);
		assert.ok(!answer.failed, JSON.stringify(answer));
		return answer;
	};
	const isThere = (name: string) => existsSync(session.fixture.path(name));

	for (const { name, start, file } of [
		{ name: "without the setting beside the project", start: {}, file: BESIDE },
		{ name: "with an empty setting beside the project", start: { settings: { history: "" } }, file: BESIDE },
		{ name: "where the setting says, from the workspace folder", start: { settings: { history: "kept.db" } }, file: "kept.db" },
		{ name: 'nowhere with "off"', start: { settings: { history: "off" } }, file: null },
		{ name: "nowhere without trust", start: { initializationOptions: { trusted: false } }, file: null },
	] as readonly { name: string; start: Partial<SessionStart>; file: string | null }[]) {
		it(`is kept ${name}`, async () => {
			await session.restart(start);
			const before = await report();
			assert.equal(before.problemCount, 0);
			for (const candidate of [BESIDE, "kept.db"]) assert.equal(isThere(candidate), candidate === file, candidate);
			assert.deepEqual((await report()).rows, before.rows);
		});
	}

	it("shows what its sources no longer have, in the report, for one server and in the workbook", async () => {
		const before = await report();
		const logs = (await serverOf()).logCount;
		assert.ok(logs > 1);
		session.fixture.write("data/log.csv", "server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\n");
		await session.restart({});
		assert.deepEqual((await report()).rows, before.rows);
		assert.equal((await serverOf()).logCount, logs);
		const file = join(session.fixture.root, "report.xlsx");
		const written = await session.lsp.request<ExportResult | Failure>("usageReport/exportReport", { uris: [], file });
		assert.ok(!written.failed, JSON.stringify(written));
		await session.restart({ settings: { history: "off" } });
		assert.equal((await serverOf()).logCount, 0);
	});

	it("that cannot be used is a data problem, and the report is made", async () => {
		session.fixture.write("kept.db", "no database");
		await session.restart({ settings: { history: "kept.db" } });
		const answer = await report();
		assert.deepEqual(
			answer.problems.map(({ code, source }) => ({ code, source })),
			[{ code: "history/damaged", source: "history" }],
		);
		assert.notEqual(answer.rows[0]?.activeRegistered, null);
	});

	it("is another one as soon as the setting is another one, and views are told", async () => {
		const capabilities = { ...FULL_CLIENT, workspace: { ...FULL_CLIENT.workspace, configuration: false } };
		await session.restart({ capabilities });
		await report();
		const change = { settings: { usageReport: { history: "kept.db" } } };
		await session.lsp.notify("workspace/didChangeConfiguration", change);
		const uri = session.fixture.uri("acme.usage.yaml");
		await session.lsp.next("usageReport/dataChanged", ({ uris }: { uris: readonly string[] }) => uris.includes(uri));
		assert.ok(!isThere("kept.db"));
		await report();
		assert.ok(isThere("kept.db"));
	});

	for (const { written, problem } of [
		{ written: 7, problem: true },
		{ written: "  ", problem: true },
		{ written: null, problem: false },
	]) {
		it(`takes the one beside each project for ${JSON.stringify(written)}, and ${problem ? "says so" : "says nothing"}`, async () => {
			await session.restart({ settings: { history: written } });
			await report();
			assert.ok(isThere(BESIDE));
			const advice = "not the name of a file, nor off, so the history beside each project is used";
			const told = `The setting usageReport.history is ${advice}: ${JSON.stringify(written)}`;
			assert.deepEqual(session.lsp.shown, problem ? [told] : []);
		});
	}
});
