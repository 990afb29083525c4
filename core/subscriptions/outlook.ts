import type { DayNumber } from "../dates/day-number.ts";
import { type InstantMs, MS_PER_DAY, utcDayOf } from "../dates/instant.ts";
import { doAll, type Steps } from "./in-steps.ts";
import { isBreak } from "./large-difference.ts";
import type { LoggedWeek } from "./logged-weeks.ts";
import { findTrend, projectTrend, TREND_WEEKS, type Trend, type TrendForecast, type TrendPoint } from "./trend.ts";
import type { UsageLogRow, UserType } from "./usage-log.ts";
import type { UsageReport } from "./usage-report.ts";
import { type UsageWeek, weekOf } from "./usage-week.ts";

/** One of the last 26 weeks of a server. */
export interface OutlookWeek {
	readonly week: UsageWeek;
	/** The log that counts; null for a week without one. */
	readonly log: UsageLogRow | null;
	/** Whether the count changed by a new version in this week, so that no line leads to it from the week before. */
	readonly breakBefore: boolean;
}

/** The last 26 weeks of a server, and where its active users are heading. */
export interface ServerOutlook {
	/** The week of the report and the 25 before it, oldest first. */
	readonly weeks: readonly OutlookWeek[];
	/** Null for a user type with logs of fewer than 6 of these weeks. Breaks are marked only; a trend is found over all weeks. */
	readonly trends: { readonly [type in UserType]: ServerTrend | null };
}

/** A trend with the weeks that it was found from. */
export interface ServerTrend extends Trend {
	readonly points: readonly TrendPoint[];
}

/** Logs of a step. */
const STEP_LOGS = 4096;

/** The outlook of every server that the report has logs of; one without logs has {@link findOutlook} of no weeks. */
export function findOutlooks(report: UsageReport): ReadonlyMap<string, ServerOutlook> {
	return doAll(findOutlooksInSteps(report));
}

/** As {@link findOutlooks}, in steps: a trend takes hundreds of slopes. */
export function* findOutlooksInSteps(report: UsageReport): Steps<ReadonlyMap<string, ServerOutlook>> {
	const outlooks = new Map<string, ServerOutlook>();
	for (const [server, weeks] of yield* groupWeeks(report)) {
		outlooks.set(server, findOutlook(weeks, report.asOf));
		yield;
	}
	return outlooks;
}

/**
 * The outlook of one server.
 * @param logged its counted weeks up to `asOf`, in ascending order; also those before the last 26, which say what is usual.
 */
export function findOutlook(logged: readonly LoggedWeek[], asOf: InstantMs): ServerOutlook {
	const last = weekOf(asOf);
	const weeks = Array.from(
		{ length: TREND_WEEKS },
		(_, offset): OutlookWeek => ({ week: last - TREND_WEEKS + 1 + offset, log: null, breakBefore: false }),
	);
	for (const [index, { week, log }] of logged.entries()) {
		const place = week - last + TREND_WEEKS - 1;
		if (place >= 0) weeks[place] = { week, log, breakBefore: isBreak(logged, index) };
	}
	const trendOf = (type: UserType): ServerTrend | null => {
		const points = weeks.flatMap(({ week, log }) => (log === null ? [] : [{ week, active: activeIn(log, type) }]));
		const trend = findTrend(points);
		return trend === null ? null : { ...trend, points };
	};
	return { weeks, trends: { Registered: trendOf("Registered"), Enterprise: trendOf("Enterprise"), Designer: trendOf("Designer") } };
}

/**
 * Active users at the beginning of the day of renewal (UTC), or at `asOf` on that day itself; null without a trend, without such a
 * day, or when it has passed.
 */
export function projectToRenewal(trend: ServerTrend | null, renewalDate: DayNumber | null, asOf: InstantMs): TrendForecast | null {
	if (trend === null || renewalDate === null || renewalDate < utcDayOf(asOf)) return null;
	return projectTrend(trend.points, trend, Math.max(renewalDate * MS_PER_DAY, asOf));
}

/** Active users of one type in a log. */
export function activeIn(log: UsageLogRow, type: UserType): number {
	switch (type) {
		case "Registered":
			return log.activeRegistered;
		case "Enterprise":
			return log.activeEnterprise;
		case "Designer":
			return log.activeDesigners;
	}
}

/** The report's weeks by server; those of one server ascend. */
export function weeksByServer(report: UsageReport): ReadonlyMap<string, readonly LoggedWeek[]> {
	return doAll(groupWeeks(report));
}

function* groupWeeks({ weeks }: UsageReport): Steps<ReadonlyMap<string, readonly LoggedWeek[]>> {
	const byServer = new Map<string, LoggedWeek[]>();
	for (const [index, log] of weeks.entries()) {
		if (index % STEP_LOGS === 0) yield;
		const own = byServer.get(log.server);
		if (own === undefined) byServer.set(log.server, [{ week: log.week, log }]);
		else own.push({ week: log.week, log });
	}
	return byServer;
}
