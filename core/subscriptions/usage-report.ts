import type { DayNumber } from "../dates/day-number.ts";
import type { InstantMs } from "../dates/instant.ts";
import { type ClientTotals, totalByClient } from "./client-totals.ts";
import { type Flag, findFlags } from "./flags.ts";
import { doAll, type Steps } from "./in-steps.ts";
import { chooseLogsInSteps, type LoggedWeek, weeklyDifferenceAt } from "./logged-weeks.ts";
import type { ReportSubscription } from "./report-subscription.ts";
import type { UsageLogRow } from "./usage-log.ts";
import type { UsageWeek } from "./usage-week.ts";

export type { ReportSubscription };

/**
 * Sets what the clients' servers report against what the clients pay for, as of one instant. A server that several
 * subscriptions name has a row in each; one that a subscription names twice has one. Names are compared exactly, after
 * trimming. Nothing in the input is refused: what is odd about it shows as a flag or in `logsAfterAsOf`.
 */
export function buildUsageReport(subscriptions: readonly ReportSubscription[], logs: readonly UsageLogRow[], asOf: InstantMs): UsageReport {
	return doAll(buildReportInSteps(subscriptions, logs, asOf));
}

/** As {@link buildUsageReport}, in steps: many thousands of servers take a second. */
export function* buildReportInSteps(
	subscriptions: readonly ReportSubscription[],
	logs: readonly UsageLogRow[],
	asOf: InstantMs,
): Steps<UsageReport> {
	const { byServer, futureLogs } = yield* chooseLogsInSteps(logs, asOf);
	const trimmed = subscriptions.map(trimNames);
	const clientsByServer = listClients(trimmed);
	const makeRow = (place: number | null, server: string): UsageReportRow => {
		const weeks = byServer.get(server) ?? [];
		const subscription = place === null ? null : (trimmed[place] ?? null);
		return { ...makeReportRow(subscription, server, weeks, futureLogs.get(server) ?? 0, asOf), subscription: place };
	};
	const rows: UsageReportRow[] = [];
	for (const [place, subscription] of trimmed.entries()) {
		for (const server of subscription.servers) rows.push(makeRow(place, server));
		yield;
	}
	for (const server of byServer.keys()) {
		if (clientsByServer.has(server)) continue;
		rows.push(makeRow(null, server));
		yield;
	}
	// The weeks of a server ascend already, so that only the servers need an order.
	const owned = [...byServer]
		.map(([server, entries]) => ({ server, entries, client: clientsByServer.get(server)?.join(", ") ?? null }))
		.sort((a, b) => compareNullLast(a.client, b.client) || compareNullLast(a.server, b.server));
	const weeks: ReportWeek[] = [];
	for (const { entries, client } of owned) {
		for (const { week, log } of entries) weeks.push({ ...log, week, client });
		yield;
	}
	return {
		asOf,
		rows: rows.sort(compareRows),
		clients: totalByClient(trimmed, (server) => byServer.get(server)?.at(-1)?.log ?? null).toSorted(compareTotals),
		weeks,
		logsAfterAsOf: [...futureLogs.values()].reduce((sum, count) => sum + count, 0),
	};
}

/** The client usage report. */
export interface UsageReport {
	readonly asOf: InstantMs;
	/** By renewal date (missing ones last), client (rows without one last), server; names in code-unit order. */
	readonly rows: readonly UsageReportRow[];
	/** One entry per client, by renewal date (missing ones last), then client; also clients whose subscriptions name no server. */
	readonly clients: readonly ClientTotals[];
	/** The counted log of every server and week, by client (rows without one last), server and week. */
	readonly weeks: readonly ReportWeek[];
	/** Logs dated after `asOf`, several of one server and instant as one: they count nowhere else. */
	readonly logsAfterAsOf: number;
}

/** One server under one subscription. */
export interface UsageReportRow {
	/** Null, like renewal date and paid figures, for a server that no subscription names. */
	readonly client: string | null;
	readonly server: string;
	readonly renewalDate: DayNumber | null;
	/** Users that the whole subscription pays for, so the same on each of its servers; null when it does not say. */
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	/** Active users of the server's latest log; null when it never reported. */
	readonly activeRegistered: number | null;
	readonly activeEnterprise: number | null;
	readonly activeDesigners: number | null;
	/** Active Registered of the latest log minus that of the week directly before it; null, never 0, without such a log. */
	readonly weeklyDifference: number | null;
	/** Instant of the latest log. */
	readonly lastUpdate: InstantMs | null;
	readonly flags: readonly Flag[];
	/** Place of the row's subscription in the list that the report was built from; null where it has none. */
	readonly subscription: number | null;
}

/** The log that counts for one server and week. */
export interface ReportWeek extends UsageLogRow {
	readonly week: UsageWeek;
	/** The clients whose subscriptions name the server, joined by ", " in order; null when there is none. */
	readonly client: string | null;
}

function makeReportRow(
	subscription: ReportSubscription | null,
	server: string,
	weeks: readonly LoggedWeek[],
	futureLogs: number,
	asOf: InstantMs,
): Omit<UsageReportRow, "subscription"> {
	const latest = weeks.at(-1)?.log ?? null;
	const renewalDate = subscription?.renewalDate ?? null;
	const registeredUsers = subscription?.registeredUsers ?? null;
	const enterpriseUsers = subscription?.enterpriseUsers ?? null;
	const designerUsers = subscription?.designerUsers ?? null;
	return {
		client: subscription?.client ?? null,
		server,
		renewalDate,
		registeredUsers,
		enterpriseUsers,
		designerUsers,
		activeRegistered: latest?.activeRegistered ?? null,
		activeEnterprise: latest?.activeEnterprise ?? null,
		activeDesigners: latest?.activeDesigners ?? null,
		weeklyDifference: weeklyDifferenceAt(weeks, weeks.length - 1),
		lastUpdate: latest?.loggedAt ?? null,
		flags: findFlags({
			asOf,
			weeks,
			futureLogs,
			subscribed: subscription !== null,
			renewalDate,
			paid: { Registered: registeredUsers, Enterprise: enterpriseUsers, Designer: designerUsers },
		}),
	};
}

function trimNames(subscription: ReportSubscription): ReportSubscription {
	const servers = subscription.servers.map((server) => server.trim()).filter((server) => server !== "");
	return { ...subscription, client: subscription.client.trim(), servers: [...new Set(servers)] };
}

/** The distinct clients of every server that a subscription names, in the order of the subscriptions. */
function listClients(subscriptions: readonly ReportSubscription[]): ReadonlyMap<string, readonly string[]> {
	const clients = new Map<string, string[]>();
	for (const subscription of subscriptions) {
		for (const server of subscription.servers) {
			const known = clients.get(server) ?? [];
			clients.set(server, known);
			if (!known.includes(subscription.client)) known.push(subscription.client);
		}
	}
	return clients;
}

function compareRows(a: UsageReportRow, b: UsageReportRow): number {
	return compareNullLast(a.renewalDate, b.renewalDate) || compareNullLast(a.client, b.client) || compareNullLast(a.server, b.server);
}

function compareTotals(a: ClientTotals, b: ClientTotals): number {
	return compareNullLast(a.renewalDate, b.renewalDate) || compareNullLast(a.client, b.client);
}

/** Ascending, text in code-unit order, null after everything else. */
function compareNullLast<Value extends string | number>(a: Value | null, b: Value | null): number {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	return a < b ? -1 : 1;
}
