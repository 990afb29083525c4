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
	writtenSubscriptions: readonly ReportSubscription[],
	writtenLogs: readonly UsageLogRow[],
	asOf: InstantMs,
): ReferenceReport {
	const subscriptions = writtenSubscriptions.map(
		(own): ReportSubscription => ({
			...own,
			client: own.client.trim(),
			servers: own.servers.map((server) => server.trim()).filter((server) => server !== ""),
		}),
	);
	const logs = writtenLogs.map((log) => ({ ...log, server: log.server.trim() }));
	const counted = logs.filter((log) => log.loggedAt <= asOf);
	const logOfWeek = (server: string, wednesday: InstantMs) => referenceLogOfWeek(counted, server, wednesday);
	const latestOf = (server: string): UsageLogRow | null => {
		const own = counted.filter((log) => log.server === server);
		return own.length === 0 ? null : logOfWeek(server, wednesdayBefore(Math.max(...own.map((log) => log.loggedAt))));
	};
	const isAlarming = (server: string): boolean => {
		const latest = latestOf(server);
		if (latest === null) return false;
		const wednesday = wednesdayBefore(latest.loggedAt);
		return isLargeDifference(counted, server, wednesday) && !hasNewVersion(counted, server, wednesday);
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
		if (isAlarming(server)) flags.push("large difference");
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
			weeklyDifference: latest === null ? null : differenceAt(counted, server, wednesdayBefore(latest.loggedAt)),
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
		rows: sortBy(rows, (row) => [row.renewalDate, row.client, row.server]),
		clients: sortBy(clients, (row) => [row.renewalDate, row.client]),
		weeks: sortBy(weeks, (row) => [row.client, row.server ?? null, row.week]),
		logsAfterAsOf: new Set(logs.filter((log) => log.loggedAt > asOf).map((log) => JSON.stringify([log.server, log.loggedAt]))).size,
	};
}

/** The log that counts of a server's week: the latest, and of those at the same instant the last in the list. */
function referenceLogOfWeek(logs: readonly UsageLogRow[], server: string, wednesday: InstantMs): UsageLogRow | null {
	const sameWeek = logs.filter((log) => log.server === server && wednesdayBefore(log.loggedAt) === wednesday);
	const newest = Math.max(...sameWeek.map((log) => log.loggedAt));
	return sameWeek.findLast((log) => log.loggedAt === newest) ?? null;
}

function differenceAt(logs: readonly UsageLogRow[], server: string, wednesday: InstantMs): number | null {
	const here = referenceLogOfWeek(logs, server, wednesday);
	const before = referenceLogOfWeek(logs, server, wednesday - WEEK);
	return here === null || before === null ? null : here.activeRegistered - before.activeRegistered;
}

/** The rule in whole numbers, so that nothing is rounded: all sides are taken 40,000 times. */
function isLargeDifference(logs: readonly UsageLogRow[], server: string, wednesday: InstantMs): boolean {
	const difference = differenceAt(logs, server, wednesday);
	if (difference === null) return false;
	const previous = referenceLogOfWeek(logs, server, wednesday - WEEK)!.activeRegistered;
	const size = BigInt(Math.abs(difference));
	if (size < 5n || size * 10n < BigInt(previous)) return false;
	const history: bigint[] = [];
	for (let weeksBack = 1; weeksBack <= 25; weeksBack++) {
		const earlier = differenceAt(logs, server, wednesday - weeksBack * WEEK);
		if (earlier !== null) history.push(BigInt(earlier));
	}
	if (history.length < 6) return true;
	const middle2 = twiceMedianOf(history);
	const mad4 = twiceMedianOf(history.map((value) => absolute(2n * value - middle2)));
	// 3.5 × 1.4826 = 5.1891
	return absolute(2n * BigInt(difference) - middle2) * 20_000n > 51_891n * mad4;
}

function hasNewVersion(logs: readonly UsageLogRow[], server: string, wednesday: InstantMs): boolean {
	const here = referenceLogOfWeek(logs, server, wednesday)?.version;
	const before = referenceLogOfWeek(logs, server, wednesday - WEEK)?.version;
	return here !== undefined && before !== undefined && here !== before;
}

/** Active users of one kind over the last 26 weeks, and where they are heading. */
export interface ReferenceOutlook {
	/** Null for a week without a log. */
	readonly weeks: readonly (number | null)[];
	/** Wednesdays of weeks that begin with a break. */
	readonly breaks: readonly InstantMs[];
	readonly trend: ReferenceTrend | null;
	/** Active users on the day of renewal by the slope and by its bounds; null without a trend or a renewal to come. */
	readonly atRenewal: { readonly expected: number; readonly low: number; readonly high: number } | null;
}

/** The last 26 weeks of a server up to that of `asOf`, from all logs. */
export function referenceOutlook(
	logs: readonly UsageLogRow[],
	server: string,
	figure: "activeRegistered" | "activeEnterprise" | "activeDesigners",
	renewalDate: DayNumber | null,
	asOf: InstantMs,
): ReferenceOutlook {
	const counted = logs.filter((log) => log.loggedAt <= asOf).map((log) => ({ ...log, server: log.server.trim() }));
	const latest = wednesdayBefore(asOf);
	const wednesdays: InstantMs[] = [];
	for (let weeksBack = 25; weeksBack >= 0; weeksBack--) wednesdays.push(latest - weeksBack * WEEK);
	const weeks = wednesdays.map((wednesday) => referenceLogOfWeek(counted, server, wednesday)?.[figure] ?? null);
	const points = weeks.flatMap((active, index) => (active === null ? [] : [{ week: (wednesdays[index]! + 3 * HOUR) / WEEK, active }]));
	const trend = referenceTrend(points);
	const isToCome = renewalDate !== null && renewalDate >= Math.floor(asOf / DAY);
	const at = Math.max((renewalDate ?? 0) * DAY, asOf);
	return {
		weeks,
		breaks: wednesdays.filter((wednesday) => isLargeDifference(counted, server, wednesday) && hasNewVersion(counted, server, wednesday)),
		trend,
		atRenewal:
			trend === null || !isToCome
				? null
				: {
						expected: referenceForecast(points, trend.perWeek, at),
						low: referenceForecast(points, trend.low, at),
						high: referenceForecast(points, trend.high, at),
					},
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
	const past = accesses
		.filter((access) => access.accessedAt <= asOf)
		.map((access) => ({ ...access, server: access.server.trim(), user: access.user.trim() }));
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
				isComputed: true,
			});
		}
		return logs;
	});
}

/** The latest Wednesday 21:00 UTC at or before an instant, found day by day on the calendar. */
function wednesdayBefore(instant: InstantMs): InstantMs {
	const date = new Date(instant);
	let evening = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 21);
	while (evening > instant || new Date(evening).getUTCDay() !== 3) evening -= DAY;
	return evening;
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

function twiceMedianOf(values: readonly bigint[]): bigint {
	const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? 2n * sorted[middle]! : sorted[middle - 1]! + sorted[middle]!;
}

function absolute(value: bigint): bigint {
	return value < 0n ? -value : value;
}

/** By several keys, ascending; null after everything else. */
function sortBy<Row>(rows: readonly Row[], keysOf: (row: Row) => readonly (string | number | null)[]): Row[] {
	return [...rows].sort((a, b) => {
		const keysOfB = keysOf(b);
		for (const [index, key] of keysOf(a).entries()) {
			const other = keysOfB[index]!;
			if (key === other) continue;
			if (key === null) return 1;
			if (other === null) return -1;
			return key < other ? -1 : 1;
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
