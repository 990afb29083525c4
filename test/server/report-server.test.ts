import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ReportResult, ReportServerResult } from "../../server/protocol/report-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";
import { eightWeeks } from "../support/weekly-log.ts";

describe("one server of the usage report", () => {
	const session = sessionPerTest({
		...CLEAN_CLIENT,
		"other.usage.yaml":
			"kind: project\ntitle: Other\nsubscriptions:\n  - { client: Other Ltd, registeredUsers: 5, servers: [other-live] }\n",
	});

	const server = (client: string | null, name: string) =>
		session.lsp.request<ReportServerResult | Failure>("usageReport/reportServer", { uris: [], client, server: name });

	it("shows one server with its weeks, breaks and logs", async () => {
		session.fixture.write("data/log.csv", eightWeeks());
		const answer = await server("Acme plc", "acme-live");
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.equal(answer.weeks.length, 26);
		assert.deepEqual(
			answer.weeks.slice(-3).map(({ start, logged, breakBefore }) => [start, logged?.registered, logged?.version, breakBefore]),
			[
				["2026-10-21T21:00:00Z", 15, "4.1", false],
				["2026-10-28T21:00:00Z", 300, "4.2", true],
				["2026-11-04T21:00:00Z", 301, "4.2", false],
			],
		);
		// A retried log and one from the future were read too.
		assert.equal(answer.logCount, 9);
		assert.deepEqual(
			answer.logs.slice(0, 3).map(({ loggedAt, registered }) => [loggedAt, registered]),
			[
				["2027-01-06T21:00:00Z", 1],
				["2026-11-04T21:00:07Z", 301],
				["2026-11-04T21:00:00Z", 300],
			],
		);
		assert.deepEqual(answer.paid, { registered: 50, enterprise: 4, designers: 2 });
		assert.equal(answer.renewalDate, "2027-12-31");
		assert.equal(answer.projection.designers?.perWeek, 0);
		const shown = await session.lsp.request<ReportResult | Failure>("usageReport/report", { uris: [] });
		assert.deepEqual(shown.failed ? null : shown.rows[0]?.projection, answer.projection);
	});

	it("shows a server that never reported", async () => {
		const answer = await server("Other Ltd", "other-live");
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.deepEqual([answer.logs, answer.logCount, answer.renewalDate], [[], 0, null]);
		assert.deepEqual(answer.paid, { registered: 5, enterprise: null, designers: null });
	});

	for (const [client, name] of [
		[null, "acme-live"],
		["Acme plc", "gone"],
		["acme plc", "acme-live"],
	] as const) {
		it(`says that ${client} has no server ${name} in the report`, async () => {
			const answer = await server(client, name);
			assert.ok(answer.failed);
			assert.match(answer.message, new RegExp(`no row for "${name}"`));
		});
	}
}).timeout(120_000);
