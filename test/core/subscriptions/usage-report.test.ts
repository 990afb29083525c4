import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { formatInstant, MS_PER_DAY, parseInstant } from "../../../core/dates/instant.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { referenceReport, toReferenceForm } from "../../support/reference-report.ts";

const AS_OF = "2026-11-05T09:00:00Z";

describe("the usage report", () => {
	describe("rows", () => {
		const cases = [
			{
				what: "a server's row has the subscription's figures and its latest log's",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live test"],
				logs: ["live 2026-10-28T21:00:00Z 235 38 5", "live 2026-11-04T21:00:07Z 231 38 5", "test 2026-11-04T21:00:00Z 130 20 3"],
				rows: [
					"Aldgate live 2027-03-31 250 40 6 231 38 5 -4 2026-11-04T21:00:07Z",
					"Aldgate test 2027-03-31 250 40 6 130 20 3 - 2026-11-04T21:00:00Z",
				],
			},
			{
				what: "a server that never reported has blanks, not zeros",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live"],
				logs: [],
				rows: ["Aldgate live 2027-03-31 250 40 6 - - - - -"],
			},
			{
				what: "no difference at all is 0, not blank",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live"],
				logs: ["live 2026-10-28T21:00:00Z 231 38 5", "live 2026-11-04T21:00:00Z 231 38 5"],
				rows: ["Aldgate live 2027-03-31 250 40 6 231 38 5 0 2026-11-04T21:00:00Z"],
			},
			{
				what: "a missing week leaves the difference blank",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live"],
				logs: ["live 2026-10-21T21:00:00Z 190 38 5", "live 2026-11-04T21:00:00Z 231 38 5"],
				rows: ["Aldgate live 2027-03-31 250 40 6 231 38 5 - 2026-11-04T21:00:00Z"],
			},
			{
				what: "of several logs in a week the latest counts, whatever their order",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live"],
				logs: [
					"live 2026-11-04T23:00:00Z 231 38 5",
					"live 2026-11-04T21:00:00Z 200 30 4",
					"live 2026-10-28T21:00:00Z 100 1 1",
					"live 2026-11-04T20:59:59.999Z 221 37 5",
				],
				rows: ["Aldgate live 2027-03-31 250 40 6 231 38 5 10 2026-11-04T23:00:00Z"],
			},
			{
				what: "of two logs at the same instant the later in the list counts",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live"],
				logs: ["live 2026-11-04T21:00:00Z 200 30 4", "live 2026-11-04T21:00:00Z 231 38 5"],
				rows: ["Aldgate live 2027-03-31 250 40 6 231 38 5 - 2026-11-04T21:00:00Z"],
			},
			{
				what: "a log after asOf does not count, one at asOf does",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live test"],
				logs: ["live 2026-11-05T09:00:00Z 231 38 5", "live 2026-11-05T09:00:00.001Z 1 1 1", "test 2026-12-05T00:00:00Z 9 9 5"],
				rows: ["Aldgate live 2027-03-31 250 40 6 231 38 5 - 2026-11-05T09:00:00Z", "Aldgate test 2027-03-31 250 40 6 - - - - -"],
				logsAfterAsOf: 2,
			},
			{
				what: "the difference reaches over the turn of the year",
				asOf: "2027-01-07T00:00:00Z",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live"],
				logs: ["live 2026-12-30T21:00:00Z 200 30 4", "live 2027-01-06T21:00:00Z 210 30 4"],
				rows: ["Aldgate live 2027-03-31 250 40 6 210 30 4 10 2027-01-06T21:00:00Z"],
			},
			{
				what: "names are trimmed, their case matters, and a name given twice gives one row",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live_ live _live"],
				logs: ["_live_ 2026-11-04T21:00:00Z 231 38 5", "Live 2026-11-04T21:00:00Z 1 1 1"],
				rows: ["Aldgate live 2027-03-31 250 40 6 231 38 5 - 2026-11-04T21:00:00Z", "- Live - - - - 1 1 1 - 2026-11-04T21:00:00Z"],
			},
			{
				what: "a server that two subscriptions name has a row in each",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live", "Bowline 2027-02-28 100 10 1 live"],
				logs: ["live 2026-11-04T21:00:00Z 80 8 1"],
				rows: [
					"Bowline live 2027-02-28 100 10 1 80 8 1 - 2026-11-04T21:00:00Z",
					"Aldgate live 2027-03-31 250 40 6 80 8 1 - 2026-11-04T21:00:00Z",
				],
			},
			{
				what: "renewal date, then client, then server, by code unit; no renewal date last, no client at the very end",
				subscriptions: [
					"b 2027-03-31 1 1 1 z y",
					"a 2027-03-31 1 1 1 y",
					"B 2027-03-31 1 1 1 y",
					"c - 1 1 1 y",
					"d 2027-01-31 1 1 1 y10 y9",
				],
				logs: ["x 2026-11-04T21:00:00Z 0 0 0", "w 2026-11-04T21:00:00Z 0 0 0"],
				rows: [
					"d y10 2027-01-31 1 1 1 - - - - -",
					"d y9 2027-01-31 1 1 1 - - - - -",
					"B y 2027-03-31 1 1 1 - - - - -",
					"a y 2027-03-31 1 1 1 - - - - -",
					"b y 2027-03-31 1 1 1 - - - - -",
					"b z 2027-03-31 1 1 1 - - - - -",
					"c y - 1 1 1 - - - - -",
					"- w - - - - 0 0 0 - 2026-11-04T21:00:00Z",
					"- x - - - - 0 0 0 - 2026-11-04T21:00:00Z",
				],
			},
		];
		for (const { what, asOf = AS_OF, subscriptions, logs, rows, logsAfterAsOf = 0 } of cases) {
			it(what, () => checkRows(subscriptions, logs, asOf, rows, logsAfterAsOf));
		}
	});

	describe("per-client totals", () => {
		const cases = [
			{
				what: "paid figures count once for all servers; active users are a range",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live test idle"],
				logs: ["live 2026-11-04T21:00:00Z 231 20 5", "test 2026-11-04T21:00:00Z 130 38 3"],
				clients: ["Aldgate 2027-03-31 3 250 40 6 231..361 38..58 5..8"],
			},
			{
				what: "a client's subscriptions add up, a server in both counts once, the earliest renewal is shown",
				subscriptions: ["Aldgate 2027-03-31 250 40 6 live", "Aldgate 2026-12-31 50 - 1 live test"],
				logs: ["live 2026-11-04T21:00:00Z 231 38 5", "test 2026-11-04T21:00:00Z 30 4 1"],
				clients: ["Aldgate 2026-12-31 2 300 40 7 231..261 38..42 5..6"],
			},
			{
				what: "nothing known stays blank",
				subscriptions: ["Aldgate - - - - live", "Bowline 2027-01-01 1 1 1"],
				logs: [],
				clients: ["Bowline 2027-01-01 0 1 1 1 - - -", "Aldgate - 1 - - - - - -"],
			},
			{
				what: "two clients that share a server both count it; a server without subscription is nobody's",
				subscriptions: ["Bowline 2027-01-01 9 9 9 live", "Aldgate 2027-01-01 9 9 9 live"],
				logs: ["live 2026-11-04T21:00:00Z 7 6 5", "other 2026-11-04T21:00:00Z 70 60 50"],
				clients: ["Aldgate 2027-01-01 1 9 9 9 7..7 6..6 5..5", "Bowline 2027-01-01 1 9 9 9 7..7 6..6 5..5"],
			},
		];
		for (const { what, subscriptions, logs, clients } of cases) {
			it(what, () => checkClients(subscriptions, logs, clients));
		}
	});

	describe("history", () => {
		it("has the counted log of every server and week, by client, server and week", () => {
			checkWeeks(
				["Bowline 2027-01-01 9 9 9 live", "Aldgate 2027-01-01 9 9 9 test live"],
				[
					"other 2026-11-04T21:00:00Z 70 60 50",
					"live 2026-11-04T21:00:00Z 7 6 5",
					"live 2026-10-14T21:00:00Z 5 5 5",
					"live 2026-10-14T22:00:00Z 6 6 5",
					"test 2026-10-14T22:00:00Z 1 1 1",
					"test 2026-11-06T22:00:00Z 2 2 2",
				],
				[
					"Aldgate test 2026-10-14T22:00:00Z 1 1 1",
					"Bowline,+Aldgate live 2026-10-14T22:00:00Z 6 6 5",
					"Bowline,+Aldgate live 2026-11-04T21:00:00Z 7 6 5",
					"- other 2026-11-04T21:00:00Z 70 60 50",
				],
			);
		});
	});

	it("agrees with the plain reference on any subscriptions and logs", () => {
		const asOf = instantOf("2027-01-14T12:00:00Z");
		const server = fc.constantFrom("a", "b", "c");
		const paid = fc.option(fc.integer({ min: 0, max: 40 }));
		const subscription: fc.Arbitrary<ReportSubscription> = fc.record({
			client: fc.constantFrom("Aldgate", "Bowline"),
			renewalDate: fc.option(fc.integer({ min: -3, max: 93 }).map((days) => Math.floor(asOf / MS_PER_DAY) + days)),
			registeredUsers: paid,
			enterpriseUsers: paid,
			designerUsers: paid,
			servers: fc.array(server, { maxLength: 3 }),
		});
		// Most weeks of most servers have a log, at times on the edge of the week, retried, or after asOf.
		const log: fc.Arbitrary<UsageLogRow> = fc.record({
			server,
			loggedAt: fc
				.tuple(fc.integer({ min: -2, max: 32 }), fc.constantFrom(0, -1, 1, 3_600_000, 3 * MS_PER_DAY))
				.map(([weeksAgo, ms]) => instantOf("2027-01-13T21:00:00Z") - weeksAgo * 7 * MS_PER_DAY + ms),
			activeRegistered: fc.oneof(
				{ weight: 3, arbitrary: fc.integer({ min: 18, max: 24 }) },
				{ weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }) },
			),
			activeEnterprise: fc.integer({ min: 0, max: 40 }),
			activeDesigners: fc.integer({ min: 0, max: 40 }),
		});
		fc.assert(
			fc.property(fc.array(subscription, { maxLength: 4 }), fc.array(log, { maxLength: 90, size: "max" }), (subscriptions, logs) => {
				assert.deepEqual(toReferenceForm(buildUsageReport(subscriptions, logs, asOf)), referenceReport(subscriptions, logs, asOf));
			}),
			{ numRuns: 150 },
		);
	});
});

function checkRows(
	subscriptions: readonly string[],
	logs: readonly string[],
	asOf: string,
	rows: readonly string[],
	logsAfterAsOf: number,
): void {
	const report = buildUsageReport(subscriptions.map(parseSubscription), logs.map(parseLog), instantOf(asOf));
	assert.deepEqual(
		report.rows.map((row) =>
			show(
				row.client,
				row.server,
				showDay(row.renewalDate),
				...[row.registeredUsers, row.enterpriseUsers, row.designerUsers],
				...[row.activeRegistered, row.activeEnterprise, row.activeDesigners, row.weeklyDifference],
				row.lastUpdate === null ? null : formatInstant(row.lastUpdate),
			),
		),
		rows,
	);
	assert.equal(report.logsAfterAsOf, logsAfterAsOf);
}

function checkClients(subscriptions: readonly string[], logs: readonly string[], clients: readonly string[]): void {
	const range = (active: { readonly atLeast: number; readonly atMost: number } | null) =>
		active === null ? null : `${active.atLeast}..${active.atMost}`;
	assert.deepEqual(
		buildUsageReport(subscriptions.map(parseSubscription), logs.map(parseLog), instantOf(AS_OF)).clients.map((row) =>
			show(
				...[row.client, showDay(row.renewalDate), row.servers, row.registeredUsers, row.enterpriseUsers, row.designerUsers],
				...[range(row.activeRegistered), range(row.activeEnterprise), range(row.activeDesigners)],
			),
		),
		clients,
	);
}

function checkWeeks(subscriptions: readonly string[], logs: readonly string[], weeks: readonly string[]): void {
	assert.deepEqual(
		buildUsageReport(subscriptions.map(parseSubscription), logs.map(parseLog), instantOf(AS_OF)).weeks.map((row) =>
			show(
				row.client?.replaceAll(" ", "+") ?? null,
				...[row.server, formatInstant(row.loggedAt), row.activeRegistered, row.activeEnterprise, row.activeDesigners],
			),
		),
		weeks,
	);
}

/** `client renewal registered enterprise designer server…`, `-` for null, `_` in a server's name for a space. */
function parseSubscription(text: string): ReportSubscription {
	const [client = "", renewal = "", registered = "", enterprise = "", designer = "", ...servers] = text.split(" ");
	return {
		client,
		renewalDate: renewal === "-" ? null : parseDay(renewal),
		registeredUsers: parseCount(registered),
		enterpriseUsers: parseCount(enterprise),
		designerUsers: parseCount(designer),
		servers: servers.map((server) => server.replaceAll("_", " ")),
	};
}

/** `server instant registered enterprise designers`, `_` in the server's name for a space. */
function parseLog(text: string): UsageLogRow {
	const [server = "", loggedAt = "", registered, enterprise, designers] = text.split(" ");
	return {
		server: server.replaceAll("_", " "),
		loggedAt: instantOf(loggedAt),
		activeRegistered: Number(registered),
		activeEnterprise: Number(enterprise),
		activeDesigners: Number(designers),
	};
}

function parseCount(text: string): number | null {
	return text === "-" ? null : Number(text);
}

function show(...values: readonly (string | number | null)[]): string {
	return values.map((value) => value ?? "-").join(" ");
}

function showDay(day: number | null): string | null {
	return day === null ? null : formatDay(day);
}

function instantOf(text: string): number {
	const instant = parseInstant(text);
	assert.notEqual(instant, null, text);
	return instant!;
}
