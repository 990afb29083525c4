import type { DayNumber } from "../../core/dates/day-number.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import type { UsageLogRow, UserAccess } from "../../core/subscriptions/usage-log.ts";
import type { ReportSubscription, UsageReport } from "../../core/subscriptions/usage-report.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A report as the reference sees it: flags by name, everything else as in the product's own. */
export interface ReferenceReport {
	readonly rows: readonly unknown[];
	readonly clients: readonly unknown[];
	readonly weeks: readonly unknown[];
	readonly logsAfterAsOf: number;
}

/** The usage report written as plainly as its definition, slow and with nothing shared with the product's own code. */
export function referenceReport(
	subscriptions: readonly ReportSubscription[],
	logs: readonly UsageLogRow[],
	asOf: InstantMs,
): ReferenceReport {
	const counted = logs.filter((log) => log.loggedAt <= asOf);
	/** Wednesday starts of the server's weeks with a log, newest first. */
	const logOfWeek = (server: string, wednesday: InstantMs): UsageLogRow | null => {
		const sameWeek = counted.filter((log) => log.server === server && wednesdayBefore(log.loggedAt) === wednesday);
		const newest = Math.max(...sameWeek.map((log) => log.loggedAt));
		return sameWeek.findLast((log) => log.loggedAt === newest) ?? null;
	};
	const latestOf = (server: string): UsageLogRow | null => {
		const own = counted.filter((log) => log.server === server);
		return own.length === 0 ? null : logOfWeek(server, wednesdayBefore(Math.max(...own.map((log) => log.loggedAt))));
	};
	const differenceAt = (server: string, wednesday: InstantMs): number | null => {
		const here = logOfWeek(server, wednesday);
		const before = logOfWeek(server, wednesday - WEEK);
		return here === null || before === null ? null : here.activeRegistered - before.activeRegistered;
	};
	const isLarge = (server: string): boolean => {
		const latest = latestOf(server);
		if (latest === null) return false;
		const wednesday = wednesdayBefore(latest.loggedAt);
		const difference = differenceAt(server, wednesday);
		if (difference === null) return false;
		const previous = logOfWeek(server, wednesday - WEEK)?.activeRegistered ?? 0;
		if (Math.abs(difference) < 5 || Math.abs(difference) < previous / 10) return false;
		const history: number[] = [];
		for (let weeksBack = 1; weeksBack <= 25; weeksBack++) {
			const earlier = differenceAt(server, wednesday - weeksBack * WEEK);
			if (earlier !== null) history.push(earlier);
		}
		if (history.length < 6) return true;
		const middle = medianOf(history);
		const mad = medianOf(history.map((value) => Math.abs(value - middle)));
		return Math.abs(difference - middle) > 3.5 * 1.4826 * mad;
	};
	const rowOf = (subscription: ReportSubscription | null, server: string) => {
		const latest = latestOf(server);
		const pairs = [
			[latest?.activeRegistered, subscription?.registeredUsers],
			[latest?.activeEnterprise, subscription?.enterpriseUsers],
			[latest?.activeDesigners, subscription?.designerUsers],
		] as const;
		const daysToRenewal = subscription?.renewalDate == null ? null : subscription.renewalDate - Math.floor(asOf / DAY);
		const flags: string[] = [];
		if (latest === null) flags.push("never reported");
		if (latest !== null && latest.loggedAt < asOf - 7 * DAY) flags.push("stale");
		if (isLarge(server)) flags.push("large difference");
		if (pairs.some(([active, paid]) => active != null && paid != null && active > paid)) flags.push("over-use");
		if (pairs.some(([active, paid]) => active != null && paid != null && active < paid / 2)) flags.push("under-use");
		if (daysToRenewal !== null && daysToRenewal >= 0 && daysToRenewal <= 90) flags.push("renewal due");
		if (daysToRenewal !== null && daysToRenewal < 0 && daysToRenewal >= -90) flags.push("renewal past");
		if (subscription === null) flags.push("server without subscription");
		return {
			client: subscription?.client ?? null,
			server,
			renewalDate: subscription?.renewalDate ?? null,
			registeredUsers: subscription?.registeredUsers ?? null,
			enterpriseUsers: subscription?.enterpriseUsers ?? null,
			designerUsers: subscription?.designerUsers ?? null,
			activeRegistered: latest?.activeRegistered ?? null,
			activeEnterprise: latest?.activeEnterprise ?? null,
			activeDesigners: latest?.activeDesigners ?? null,
			weeklyDifference: latest === null ? null : differenceAt(server, wednesdayBefore(latest.loggedAt)),
			lastUpdate: latest?.loggedAt ?? null,
			flags,
			subscription: subscription === null ? null : subscriptions.indexOf(subscription),
		};
	};
	const named = new Set(subscriptions.flatMap((subscription) => subscription.servers));
	const rows = [
		...subscriptions.flatMap((subscription) => [...new Set(subscription.servers)].map((server) => rowOf(subscription, server))),
		...[...new Set(counted.map((log) => log.server))].filter((server) => !named.has(server)).map((server) => rowOf(null, server)),
	];
	const clients = [...new Set(subscriptions.map((subscription) => subscription.client))].map((client) => {
		const own = subscriptions.filter((subscription) => subscription.client === client);
		const servers = [...new Set(own.flatMap((subscription) => subscription.servers))];
		const latest = servers.map(latestOf).filter((log) => log !== null);
		const range = (values: number[]) => (values.length === 0 ? null : { atLeast: Math.max(...values), atMost: sum(values) });
		const paid = (values: (number | null)[]) => {
			const known = values.filter((value) => value !== null);
			return known.length === 0 ? null : sum(known);
		};
		const renewals = own.map((subscription) => subscription.renewalDate).filter((day) => day !== null);
		return {
			client,
			renewalDate: renewals.length === 0 ? null : Math.min(...renewals),
			servers: servers.length,
			registeredUsers: paid(own.map((subscription) => subscription.registeredUsers)),
			enterpriseUsers: paid(own.map((subscription) => subscription.enterpriseUsers)),
			designerUsers: paid(own.map((subscription) => subscription.designerUsers)),
			activeRegistered: range(latest.map((log) => log.activeRegistered)),
			activeEnterprise: range(latest.map((log) => log.activeEnterprise)),
			activeDesigners: range(latest.map((log) => log.activeDesigners)),
		};
	});
	const weeks = [...new Set(counted.map((log) => log.server))].flatMap((server) => {
		const wednesdays = new Set(counted.filter((log) => log.server === server).map((log) => wednesdayBefore(log.loggedAt)));
		const owners = new Set(subscriptions.filter((own) => own.servers.includes(server)).map((own) => own.client));
		return [...wednesdays].map((wednesday) => ({
			...logOfWeek(server, wednesday),
			week: (wednesday + 3 * HOUR) / WEEK,
			client: owners.size === 0 ? null : [...owners].join(", "),
		}));
	});
	return {
		rows: sortBy(rows, (row) => [lateIfNull(row.renewalDate), textKey(row.client), textKey(row.server)]),
		clients: sortBy(clients, (row) => [lateIfNull(row.renewalDate), textKey(row.client)]),
		weeks: sortBy(weeks, (row) => [textKey(row.client), textKey(row.server ?? null), row.week]),
		logsAfterAsOf: logs.length - counted.length,
	};
}

/** The product's report with its flags reduced to their names, for comparison with {@link referenceReport}. */
export function toReferenceForm(report: UsageReport): ReferenceReport {
	return {
		rows: report.rows.map((row) => ({ ...row, flags: row.flags.map((flag) => flag.name) })),
		clients: report.clients,
		weeks: report.weeks,
		logsAfterAsOf: report.logsAfterAsOf,
	};
}

/** Weekly logs from a list of accesses, counted afresh for each week. */
export function referenceLogs(accesses: readonly UserAccess[], asOf: InstantMs): readonly UsageLogRow[] {
	const past = accesses.filter((access) => access.accessedAt <= asOf);
	return [...new Set(past.map((access) => access.server))].flatMap((server) => {
		const own = past.filter((access) => access.server === server);
		const first = Math.min(...own.map((access) => access.accessedAt));
		const users = [...new Set(own.map((access) => access.user))].map((user) => own.filter((access) => access.user === user));
		const logs: UsageLogRow[] = [];
		for (let instant = wednesdayBefore(first); instant <= asOf; instant += WEEK) {
			if (instant < first) continue;
			const active = (type: string, days: number) =>
				users.filter((accessesOfUser) => {
					const soFar = accessesOfUser.filter((access) => access.accessedAt <= instant);
					const newest = Math.max(...soFar.map((access) => access.accessedAt));
					const latest = soFar.findLast((access) => access.accessedAt === newest);
					return latest?.userType === type && latest.accessedAt >= instant - days * DAY;
				}).length;
			logs.push({
				server,
				loggedAt: instant,
				activeRegistered: active("Registered", 90),
				activeEnterprise: active("Enterprise", 90),
				activeDesigners: active("Designer", 180),
			});
		}
		return logs;
	});
}

/** The latest Wednesday 21:00 UTC at or before an instant, found hour by hour on the calendar. */
function wednesdayBefore(instant: InstantMs): InstantMs {
	const date = new Date(instant);
	let hour = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours());
	while (!(new Date(hour).getUTCDay() === 3 && new Date(hour).getUTCHours() === 21)) hour -= HOUR;
	return hour;
}

function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function sum(values: readonly number[]): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}

function lateIfNull(day: DayNumber | null): number {
	return day ?? Number.POSITIVE_INFINITY;
}

/** Null sorts after every text. */
function textKey(text: string | null): string {
	return text === null ? "\uffff" : text;
}

function sortBy<Row>(rows: readonly Row[], keysOf: (row: Row) => readonly (string | number)[]): Row[] {
	return [...rows].sort((a, b) => {
		const keysOfB = keysOf(b);
		for (const [index, key] of keysOf(a).entries()) {
			if (key < keysOfB[index]!) return -1;
			if (key > keysOfB[index]!) return 1;
		}
		return 0;
	});
}

/** A trend found from its definition. */
export interface ReferenceTrend {
	readonly perWeek: number;
	readonly low: number;
	readonly high: number;
}

/**
 * The Theil–Sen slope and Sen's 95 % interval: all slopes of two points in order, the middle one, and the ones as far from the middle
 * as Kendall's S strays. Null for fewer than 6 points.
 */
export function referenceTrend(points: readonly { readonly week: number; readonly active: number }[]): ReferenceTrend | null {
	if (points.length < 6) return null;
	const slopes: number[] = [];
	for (const a of points) {
		for (const b of points) if (a.week < b.week) slopes.push((b.active - a.active) / (b.week - a.week));
	}
	slopes.sort((a, b) => a - b);
	const n = points.length;
	let eighteenTimesVariance = n * (n - 1) * (2 * n + 5);
	for (const figure of new Set(points.map(({ active }) => active))) {
		const t = points.filter(({ active }) => active === figure).length;
		eighteenTimesVariance -= t * (t - 1) * (2 * t + 5);
	}
	const reach = 1.959963984540054 * Math.sqrt(eighteenTimesVariance / 18);
	// Places from 1, as the book counts them.
	const lower = Math.round((slopes.length - reach) / 2);
	const upper = Math.round((slopes.length + reach) / 2) + 1;
	return {
		perWeek: medianOf(slopes),
		low: slopes[Math.max(lower, 1) - 1]!,
		high: slopes[Math.min(upper, slopes.length) - 1]!,
	};
}

/** Active users at an instant, if every week had gone on with the slope: the middle of all of them, and never below none. */
export function referenceForecast(
	points: readonly { readonly week: number; readonly active: number }[],
	slope: number,
	instant: InstantMs,
): number {
	// Week 0 began three hours before 1970.
	const grown = points.map(({ week, active }) => active + (slope * (instant - (week * WEEK - 3 * HOUR))) / WEEK);
	return Math.max(0, medianOf(grown));
}
