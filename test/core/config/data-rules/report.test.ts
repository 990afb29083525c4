import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkReport } from "../../../../core/config/check-data.ts";
import { readModel } from "../../../../core/config/read-model.ts";
import { parseInstant } from "../../../../core/dates/instant.ts";
import { buildUsageReport } from "../../../../core/subscriptions/usage-report.ts";
import { makeSource } from "../../connectors/source-fixture.ts";

const NOW = parseInstant("2026-11-05T09:00:00Z")!;

/** Server, date of its log, and its active users by type. */
type Log = readonly [string, string, number, number, number];

describe("rules about the usage report", () => {
	const clock = "check the timer service on that server";
	const cases: readonly { what: string; subscriptions: readonly object[]; logs: readonly Log[]; problems: readonly string[] }[] = [
		{
			what: "as many as are paid for",
			subscriptions: [{ servers: ["live"], registeredUsers: 50 }],
			logs: [["live", "2026-11-04", 50, 9, 9]],
			problems: [],
		},
		{
			what: "more than are paid for, of two types",
			subscriptions: [{ servers: ["live"], registeredUsers: 50, enterpriseUsers: 3, designerUsers: 9 }],
			logs: [["live", "2026-11-04", 57, 4, 9]],
			problems: [
				"subscriptions.0.registeredUsers subscription/over-use More Registered users are active than Acme pays for: 7 users over on live (57 of 50).",
				"subscriptions.0.enterpriseUsers subscription/over-use More Enterprise users are active than Acme pays for: 1 user over on live (4 of 3).",
			],
		},
		{
			what: "more than are paid for, on two servers",
			subscriptions: [{ servers: ["live", "test"], registeredUsers: 50 }],
			logs: [
				["live", "2026-11-04", 57, 0, 0],
				["test", "2026-11-04", 51, 0, 0],
			],
			problems: [
				"subscriptions.0.registeredUsers subscription/over-use More Registered users are active than Acme pays for: 7 users over on live (57 of 50) and 1 user over on test (51 of 50).",
			],
		},
		{
			what: "one server in two subscriptions, one of which is enough",
			subscriptions: [
				{ servers: ["live"], registeredUsers: 50 },
				{ servers: ["live"], registeredUsers: 60 },
			],
			logs: [["live", "2026-11-04", 57, 0, 0]],
			problems: [
				"subscriptions.0.registeredUsers subscription/over-use More Registered users are active than Acme pays for: 7 users over on live (57 of 50).",
			],
		},
		{ what: "a log of a week ago", subscriptions: [{ servers: ["live"] }], logs: [["live", "2026-10-29", 1, 0, 0]], problems: [] },
		{
			what: "a log of more than a week ago",
			subscriptions: [{ servers: ["live"] }],
			logs: [["live", "2026-10-28", 1, 0, 0]],
			problems: [
				`subscriptions.0.servers.0 subscription/stale live has stopped reporting its usage. No log for 8 days, the latest is from 2026-10-28T09:00:00Z: ${clock}.`,
			],
		},
		{
			what: "no log",
			subscriptions: [{ servers: ["live", "recovery"] }],
			logs: [["live", "2026-11-04", 1, 0, 0]],
			problems: [
				"subscriptions.0.servers.1 subscription/never-reported recovery has never reported its usage. No log has arrived: either the system has had no upgrade since summer 2024, or its timer service never started.",
			],
		},
		{
			what: "no log, while a server of nearly the same name logs",
			subscriptions: [{ servers: [" acme-live "] }],
			logs: [["acme_Live", "2026-11-04", 1, 0, 0]],
			problems: [
				'subscriptions.0.servers.0 reference/missing-server There is no server "acme-live" in the usage logs. Did you mean "acme_Live", which logs and which no subscription names? → acme_Live',
			],
		},
		{
			what: "servers that no subscription names",
			subscriptions: [{ servers: ["live"] }],
			logs: [
				["live", "2026-11-04", 1, 0, 0],
				["pilot", "2026-11-04", 1, 0, 0],
				["old", "2026-11-04", 1, 0, 0],
			],
			problems: [
				"dataSources.0.path subscription/unknown-server 2 servers send usage logs, but no subscription names them: old and pilot. → old → pilot",
			],
		},
	];
	for (const { what, subscriptions, logs, problems } of cases) it(what, () => checkProblems(subscriptions, logs, problems));
});

function checkProblems(subscriptions: readonly object[], logs: readonly Log[], expected: readonly string[]): void {
	const tree = { kind: "project", title: "Acme", subscriptions: subscriptions.map((entry) => ({ client: "Acme", ...entry })) };
	const model = readModel(tree);
	assert.ok(model?.kind === "project");
	const rows = logs.map(([server, date, activeRegistered, activeEnterprise, activeDesigners]) => {
		return { server, loggedAt: parseInstant(`${date}T09:00:00Z`)!, activeRegistered, activeEnterprise, activeDesigners };
	});
	const report = buildUsageReport(
		model.subscriptions.map((entry) => ({ ...entry, renewalDate: null })),
		rows,
		NOW,
	);
	const unknownServers = report.rows.flatMap(({ client, server }) => (client === null ? [server] : []));
	const fold = (name: string) => name.toLowerCase().replace(/[-_]/g, "");
	const found = checkReport({
		file: { id: "file:///a.usage.yaml", tree, model },
		report,
		sources: [makeSource({ provides: "usageLog", path: "a.csv" })],
		unknownServers,
		closestServer: (name) => unknownServers.find((server) => fold(server) === fold(name)) ?? null,
	});
	assert.deepEqual(
		found.map(({ path, code, message, fixes = [] }) =>
			[`${path.join(".")} ${code} ${message}`, ...fixes.map((fix) => ("value" in fix ? String(fix.value) : ""))].join(" → "),
		),
		expected,
	);
}
