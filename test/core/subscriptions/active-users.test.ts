import assert from "node:assert/strict";
import fc from "fast-check";
import { createNames } from "../../../core/columns/name-table.ts";
import { formatInstant, MS_PER_DAY, parseInstant } from "../../../core/dates/instant.ts";
import { createActivityCollector } from "../../../core/loading/activity-collector.ts";
import { countActivity, toUsageLogs } from "../../../core/subscriptions/count-activity.ts";
import { USER_TYPES, type UsageLogRow, type UserAccess, type UserType } from "../../../core/subscriptions/usage-log.ts";
import { referenceLogs } from "../../support/reference-report.ts";

const WEDNESDAY = "2026-11-04T21:00:00Z";
const THURSDAY = "2026-11-05T09:00:00Z";

describe("active users", () => {
	describe("an access counts for so long, to the millisecond", () => {
		const cases = [
			{ type: "Registered", ageDays: 90, earlierMs: 0, active: 1 },
			{ type: "Registered", ageDays: 90, earlierMs: 1, active: 0 },
			{ type: "Enterprise", ageDays: 90, earlierMs: 0, active: 1 },
			{ type: "Enterprise", ageDays: 90, earlierMs: 1, active: 0 },
			{ type: "Designer", ageDays: 180, earlierMs: 0, active: 1 },
			{ type: "Designer", ageDays: 180, earlierMs: 1, active: 0 },
			{ type: "Designer", ageDays: 90, earlierMs: 1, active: 1 },
			{ type: "Registered", ageDays: 0, earlierMs: 0, active: 1 },
		] as const;
		for (const { type, ageDays, earlierMs, active } of cases) {
			it(`${type}: ${ageDays} × 24 h and ${earlierMs} ms before the log → ${active}`, () => {
				const accessedAt = instantOf(WEDNESDAY) - ageDays * MS_PER_DAY - earlierMs;
				const longAgo = { server: "s", user: "other", userType: type, accessedAt: accessedAt - 400 * MS_PER_DAY };
				// The second access of one user makes this a list of every access.
				const accesses = [longAgo, longAgo, { server: "s", user: "ann", userType: type, accessedAt }];
				const latest = makeLogs(accesses, instantOf(WEDNESDAY)).logs.at(-1);
				const figure = { Registered: latest?.activeRegistered, Enterprise: latest?.activeEnterprise, Designer: latest?.activeDesigners };
				assert.equal(figure[type], active);
			});
		}
	});

	const tables = [
		{
			what: "one log per Wednesday from the first after the first access up to asOf",
			asOf: THURSDAY,
			accesses: ["s ann Registered 2026-10-20T10:00:00Z", "s ann Registered 2026-10-26T10:00:00Z", "s bob Registered 2026-10-29T10:00:00Z"],
			logs: ["s 2026-10-21T21:00:00Z 1 0 0", "s 2026-10-28T21:00:00Z 1 0 0", "s 2026-11-04T21:00:00Z 2 0 0"],
			future: [],
		},
		{
			what: "a log at asOf itself, and none at an instant that asOf just misses",
			asOf: "2026-11-04T20:59:59.999Z",
			accesses: ["s ann Registered 2026-10-20T10:00:00Z", "s ann Registered 2026-10-21T10:00:00Z"],
			logs: ["s 2026-10-21T21:00:00Z 1 0 0", "s 2026-10-28T21:00:00Z 1 0 0"],
			future: [],
		},
		{
			what: "the access at the instant of the log counts in it",
			asOf: WEDNESDAY,
			accesses: ["s ann Registered 2026-11-04T21:00:00Z", "s ann Registered 2026-11-04T21:00:00Z"],
			logs: ["s 2026-11-04T21:00:00Z 1 0 0"],
			future: [],
		},
		{
			what: "a user counts once per server",
			asOf: WEDNESDAY,
			accesses: [
				"s ann Registered 2026-11-02T10:00:00Z",
				"s ann Registered 2026-11-03T10:00:00Z",
				"s bob Designer 2026-11-03T11:00:00Z",
				"t ann Registered 2026-11-03T12:00:00Z",
			],
			logs: ["s 2026-11-04T21:00:00Z 1 0 1", "t 2026-11-04T21:00:00Z 1 0 0"],
			future: [],
		},
		{
			what: "a user whose type changes counts by that of the latest access so far, on that server",
			asOf: WEDNESDAY,
			accesses: [
				"s ann Designer 2026-10-27T10:00:00Z",
				"s ann Registered 2026-10-20T10:00:00Z",
				"s ann Enterprise 2026-11-04T10:00:00Z",
				"s ann Registered 2026-10-26T10:00:00Z",
				"t ann Registered 2026-10-22T10:00:00Z",
			],
			logs: [
				...["s 2026-10-21T21:00:00Z 1 0 0", "s 2026-10-28T21:00:00Z 0 0 1", "s 2026-11-04T21:00:00Z 0 1 0"],
				...["t 2026-10-28T21:00:00Z 1 0 0", "t 2026-11-04T21:00:00Z 1 0 0"],
			],
			future: [],
		},
		{
			what: "a newer type with a shorter span ends with it, although the older one's would last",
			asOf: WEDNESDAY,
			accesses: ["s ann Designer 2026-08-05T20:00:00Z", "s ann Registered 2026-08-05T20:30:00Z"],
			logs: [...Array.from({ length: 13 }, (_, week) => `s ${wednesdayFrom("2026-08-05", week)} 1 0 0`), "s 2026-11-04T21:00:00Z 0 0 0"],
			future: [],
		},
		{
			what: "of two accesses at the same instant the type of the later in the list counts",
			asOf: WEDNESDAY,
			accesses: ["s ann Designer 2026-11-03T10:00:00Z", "s ann Enterprise 2026-11-03T10:00:00Z"],
			logs: ["s 2026-11-04T21:00:00Z 0 1 0"],
			future: [],
		},
		{
			what: "names are trimmed, and their case matters",
			asOf: WEDNESDAY,
			accesses: [
				" s  ann Registered 2026-11-02T10:00:00Z",
				"s ann Registered 2026-11-03T10:00:00Z",
				"s Ann Registered 2026-11-03T10:00:00Z",
				"S ann Registered 2026-11-03T10:00:00Z",
			],
			logs: ["s 2026-11-04T21:00:00Z 2 0 0", "S 2026-11-04T21:00:00Z 1 0 0"],
			future: [],
		},
		{
			what: "accesses in the future are named and count nowhere",
			asOf: THURSDAY,
			accesses: [
				"s ann Registered 2026-11-02T10:00:00Z",
				"s ann Registered 2026-11-05T09:00:00.001Z",
				"t bob Registered 2026-12-24T10:00:00Z",
			],
			logs: ["s 2026-11-04T21:00:00Z 1 0 0"],
			future: [1, 2],
		},
		{
			what: "a first access after the latest Wednesday gives no log yet",
			asOf: THURSDAY,
			accesses: ["s ann Registered 2026-11-05T08:00:00Z", "s ann Registered 2026-11-05T08:30:00Z"],
			logs: [],
			future: [],
		},
		{
			what: "logs go on, down to 0, when nobody comes any more",
			asOf: "2026-02-04T21:00:00Z",
			accesses: ["s ann Registered 2025-11-05T21:00:00.000Z", "s ann Registered 2025-11-05T21:00:00.000Z"],
			logs: [
				...["2025-11-05", "2025-11-12", "2025-11-19", "2025-11-26", "2025-12-03", "2025-12-10", "2025-12-17", "2025-12-24"].map(
					(day) => `s ${day}T21:00:00Z 1 0 0`,
				),
				...["2025-12-31", "2026-01-07", "2026-01-14", "2026-01-21", "2026-01-28"].map((day) => `s ${day}T21:00:00Z 1 0 0`),
				"s 2026-02-04T21:00:00Z 0 0 0",
			],
			future: [],
		},
		{
			what: "a list of last accesses is counted like any other",
			asOf: WEDNESDAY,
			accesses: ["s ann Registered 2026-10-26T10:00:00Z", "s bob Registered 2026-11-03T10:00:00Z", "s cid Designer 2026-10-27T10:00:00Z"],
			logs: ["s 2026-10-28T21:00:00Z 1 0 1", "s 2026-11-04T21:00:00Z 2 0 1"],
			future: [],
		},
		{
			what: "an access after the latest Wednesday counts in no log yet",
			asOf: THURSDAY,
			accesses: ["s ann Registered 2026-10-30T10:00:00Z", "s bob Registered 2026-11-05T08:00:00Z", "t cid Designer 2026-11-05T08:00:00Z"],
			logs: ["s 2026-11-04T21:00:00Z 1 0 0"],
			future: [],
		},
		{ what: "no access at all", asOf: WEDNESDAY, accesses: [], logs: [], future: [] },
	];
	for (const { what, asOf, accesses, logs, future } of tables) {
		it(what, () => checkLogs(accesses.map(parseAccess), asOf, logs, future));
	}

	it("agrees with counting afresh when thousands of users come on many servers", () => {
		const asOf = instantOf("2026-03-04T21:00:00Z");
		// Far more pairs, and more weeks of each, than the tables have room for at first; every order that a small generator gives.
		let seed = 12_345;
		const random = (below: number) => {
			seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
			return (seed >>> 8) % below;
		};
		const accesses = Array.from(
			{ length: 4000 },
			(): UserAccess => ({
				server: `s${random(3)}`,
				user: `u${random(700)}`,
				userType: (["Registered", "Enterprise", "Designer"] as const)[random(3)]!,
				accessedAt: asOf - random(250) * MS_PER_DAY - random(86_400_000),
			}),
		);
		assert.deepEqual(sortByServer(makeLogs(accesses, asOf).logs), sortByServer(referenceLogs(accesses, asOf)));
	}).timeout(120_000);

	it("agrees with counting afresh for every week, on any list of accesses", () => {
		const asOf = instantOf("2026-03-04T21:00:00Z");
		const access = fc.record({
			server: fc.constantFrom("s", "t"),
			user: fc.constantFrom("ann", "bob", "cid"),
			userType: fc.constantFrom<UserType>("Registered", "Enterprise", "Designer"),
			// Around the windows' ends and the weeks' beginnings, to the millisecond.
			accessedAt: fc
				.tuple(fc.integer({ min: -5, max: 300 }), fc.constantFrom(0, 1, -1, 12_345_678))
				.map(([days, ms]) => asOf - days * MS_PER_DAY + ms),
		});
		fc.assert(
			fc.property(fc.array(access, { maxLength: 30 }), (accesses) => {
				assert.deepEqual(sortByServer(makeLogs(accesses, asOf).logs), sortByServer(referenceLogs(accesses, asOf)));
			}),
			{ numRuns: 200 },
		);
	});
});

function checkLogs(accesses: readonly UserAccess[], asOf: string, logs: readonly string[], future: readonly number[]): void {
	const computed = makeLogs(accesses, instantOf(asOf));
	assert.deepEqual(
		computed.logs.map((log) =>
			[log.server, formatInstant(log.loggedAt), log.activeRegistered, log.activeEnterprise, log.activeDesigners].join(" "),
		),
		logs,
	);
	assert.deepEqual(computed.future, future);
}

/** The logs, and the places of the accesses after `asOf`. */
function makeLogs(accesses: readonly UserAccess[], asOf: number) {
	const future: number[] = [];
	const collector = createActivityCollector(asOf, (row, code) => {
		assert.equal(code, "source/future-access");
		future.push(row);
	});
	const servers = createNames();
	const users = createNames();
	for (const [row, { server, user, userType, accessedAt }] of accesses.entries()) {
		collector.add(row, servers.indexOf(server.trim()), users.indexOf(user), USER_TYPES.indexOf(userType), accessedAt);
	}
	return { logs: toUsageLogs(countActivity([collector.finish(servers.finish(), users.finish())], asOf), asOf), future };
}

/** Instant of the log so many weeks after the one of a Wednesday. */
function wednesdayFrom(day: string, weeks: number): string {
	return formatInstant(instantOf(`${day}T21:00:00Z`) + weeks * 7 * MS_PER_DAY);
}

function sortByServer(logs: readonly UsageLogRow[]): readonly UsageLogRow[] {
	return logs.toSorted((a, b) => a.server.localeCompare(b.server) || a.loggedAt - b.loggedAt);
}

/** `server user type instant`; one more space before or after a name becomes part of it. */
function parseAccess(text: string): UserAccess {
	const match = /^( ?\S+ ?) (\S+) (\S+) (\S+)$/.exec(text);
	assert.notEqual(match, null, text);
	const [, server, user, userType, accessedAt] = match as unknown as [string, string, string, UserType, string];
	return { server, user, userType, accessedAt: instantOf(accessedAt) };
}

function instantOf(text: string): number {
	const instant = parseInstant(text);
	assert.notEqual(instant, null, text);
	return instant!;
}
