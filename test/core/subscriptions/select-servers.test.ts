import assert from "node:assert/strict";
import { parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import { isChoosing, type ServerChoice, selectServers } from "../../../core/subscriptions/select-servers.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";

const AS_OF = parseInstant("2026-11-05T09:00:00Z")!;

const REPORT = buildUsageReport(
	[
		subscription("Aldgate", "2026-11-05", ["live", "shared"]),
		subscription("Bowline", "2027-02-03", ["bow", "shared"]),
		subscription("Corvid", "2027-02-04", ["c"]),
		subscription("Dunmore", "2026-11-04", ["d"]),
		subscription("Elm", null, ["e"]),
	],
	["live", "shared", "bow", "c", "d", "orphan"].map((server) => ({
		server,
		loggedAt: parseInstant("2026-11-04T21:00:00Z")!,
		activeRegistered: server === "bow" ? 11 : 10,
		activeEnterprise: 0,
		activeDesigners: 0,
	})),
	AS_OF,
);

describe("a choice of the report's servers", () => {
	const cases: readonly { choice: ServerChoice; servers: string; weeks?: string }[] = [
		{ choice: {}, servers: "d live shared bow shared c e orphan" },
		{ choice: { flags: ["over-use"] }, servers: "bow", weeks: "Bowline/bow" },
		{ choice: { flags: ["over-use", "never reported"] }, servers: "bow e", weeks: "Bowline/bow" },
		{ choice: { onlyFlagged: false }, servers: "d live shared bow shared c e orphan" },
		{ choice: { onlyFlagged: true }, servers: "d live shared bow shared e orphan" },
		{ choice: { onlyFlagged: true, clients: ["Corvid", "Elm"] }, servers: "e", weeks: "" },
		{ choice: { clients: ["Aldgate"] }, servers: "live shared", weeks: "Aldgate/live Aldgate/shared" },
		{ choice: { clients: ["aldgate"] }, servers: "", weeks: "" },
		{ choice: { renewalWithinDays: 0 }, servers: "live shared" },
		{ choice: { renewalWithinDays: 90 }, servers: "live shared bow shared" },
		{ choice: { renewalWithinDays: 91 }, servers: "live shared bow shared c" },
		{ choice: { text: " ALD live " }, servers: "live" },
		{ choice: { text: "orphan" }, servers: "orphan", weeks: "null/orphan" },
		{ choice: { clients: ["Bowline"], flags: ["renewal due"], text: "sh" }, servers: "shared", weeks: "Bowline/shared" },
	];
	for (const { choice, servers, weeks } of cases) {
		it(`${JSON.stringify(choice)} → ${servers || "none"}`, () => {
			const chosen = selectServers(REPORT, choice);
			assert.equal(chosen.rows.map(({ server }) => server).join(" "), servers);
			if (weeks !== undefined) assert.equal(chosen.weeks.map(({ client, server }) => `${client}/${server}`).join(" "), weeks);
			const clients = new Set(chosen.rows.flatMap(({ client }) => client ?? []));
			assert.deepEqual(new Set(chosen.clients.map(({ client }) => client)), clients);
		});
	}

	it("keeps a client's totals over all its servers", () => {
		const [aldgate] = selectServers(REPORT, { text: "live" }).clients;
		assert.equal(aldgate?.servers, 2);
		assert.deepEqual(aldgate?.activeRegistered, { atLeast: 10, atMost: 20 });
	});

	it("chooses nothing where no part is set", () => {
		assert.equal(isChoosing({ flags: [], clients: [], renewalWithinDays: null, text: " " }), false);
		assert.equal(isChoosing({ renewalWithinDays: 0 }), true);
		assert.equal(isChoosing({ onlyFlagged: true }), true);
	});
});

function subscription(client: string, renewal: string | null, servers: readonly string[]): ReportSubscription {
	return {
		client,
		renewalDate: renewal === null ? null : parseDay(renewal),
		registeredUsers: 10,
		enterpriseUsers: null,
		designerUsers: null,
		servers,
	};
}
