import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findUse } from "../../../core/subscriptions/subscription-use.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";

const NOW = Date.UTC(2026, 10, 4, 21, 30);

const LOGS = [
	{ server: "one", active: [40, 3, 1] },
	{ server: "two", active: [25, 4, 0] },
].map(({ server, active }) => ({
	server,
	loggedAt: Date.UTC(2026, 10, 4, 21),
	activeRegistered: active[0]!,
	activeEnterprise: active[1]!,
	activeDesigners: active[2]!,
}));

function subscription(client: string, registeredUsers: number | null, servers: readonly string[]): ReportSubscription {
	return { client, renewalDate: null, registeredUsers, enterpriseUsers: 5, designerUsers: null, servers };
}

describe("the use of a subscription", () => {
	const cases: readonly {
		readonly what: string;
		readonly all: readonly ReportSubscription[];
		/** Lowest and highest of registered, enterprise and designers; then the servers. */
		readonly active: readonly (readonly [number, number] | null)[];
		readonly servers: readonly string[];
	}[] = [
		{
			what: "one server",
			all: [subscription("A", 50, ["one"])],
			active: [
				[40, 40],
				[3, 3],
				[1, 1],
			],
			servers: ["one"],
		},
		{
			what: "several: from the highest to the sum",
			all: [subscription("A", 50, ["one", "two"])],
			active: [
				[40, 65],
				[4, 7],
				[1, 1],
			],
			servers: ["one", "two"],
		},
		{
			what: "a server twice",
			all: [subscription("A", 50, ["one", " one"])],
			active: [
				[40, 40],
				[3, 3],
				[1, 1],
			],
			servers: ["one"],
		},
		{
			what: "a server that never reported",
			all: [subscription("A", 50, ["two", "new"])],
			active: [
				[25, 25],
				[4, 4],
				[0, 0],
			],
			servers: ["two", "new"],
		},
		{ what: "none that reported", all: [subscription("A", 50, ["new"])], active: [null, null, null], servers: ["new"] },
		{ what: "no server", all: [subscription("A", 50, [])], active: [null, null, null], servers: [] },
		{
			what: "another subscription of the client has the other server",
			all: [subscription("A", 50, ["one"]), subscription("A", 20, ["two"])],
			active: [
				[40, 40],
				[3, 3],
				[1, 1],
			],
			servers: ["one"],
		},
		{
			what: "another client names the same server",
			all: [subscription("A", 50, ["one"]), subscription("B", 50, ["one"])],
			active: [
				[40, 40],
				[3, 3],
				[1, 1],
			],
			servers: ["one"],
		},
	];
	for (const { what, all, active, servers } of cases) {
		it(what, () => {
			const use = findUse(buildUsageReport(all, LOGS, NOW), all[0]!);
			const ranges = [use.active.Registered, use.active.Enterprise, use.active.Designer];
			assert.deepEqual(
				ranges.map((range) => (range === null ? null : [range.atLeast, range.atMost])),
				active,
			);
			assert.deepEqual(
				use.rows.map((row) => row.server),
				servers,
			);
			assert.deepEqual(use.paid, { Registered: 50, Enterprise: 5, Designer: null });
		});
	}
});
