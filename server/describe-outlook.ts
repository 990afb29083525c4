import type { DayNumber } from "../core/dates/day-number.ts";
import { formatInstant, type InstantMs } from "../core/dates/instant.ts";
import { projectToRenewal, type ServerOutlook } from "../core/subscriptions/outlook.ts";
import type { UsageLogRow, UserType } from "../core/subscriptions/usage-log.ts";
import type { UsageReportRow } from "../core/subscriptions/usage-report.ts";
import type { ByUserType, Projection, ReportLog, ReportRow } from "./protocol/report-messages.ts";

/** What stands beside a row: its last 26 weeks, how much of what is paid for is used, and where that is heading. */
export function describeOutlook(
	row: UsageReportRow,
	outlook: ServerOutlook,
	asOf: InstantMs,
): Pick<ReportRow, "history" | "utilisation" | "projection"> {
	const history = (active: (log: UsageLogRow) => number) => outlook.weeks.map(({ log }) => (log === null ? null : active(log)));
	return {
		history: {
			registered: history((log) => log.activeRegistered),
			enterprise: history((log) => log.activeEnterprise),
			designers: history((log) => log.activeDesigners),
		},
		utilisation: {
			registered: shareOf(row.activeRegistered, row.registeredUsers),
			enterprise: shareOf(row.activeEnterprise, row.enterpriseUsers),
			designers: shareOf(row.activeDesigners, row.designerUsers),
		},
		projection: describeProjection(outlook, row.renewalDate, asOf),
	};
}

/** Where the active users of each type are heading. */
export function describeProjection(
	{ trends }: ServerOutlook,
	renewalDate: DayNumber | null,
	asOf: InstantMs,
): ByUserType<Projection | null> {
	const projectionOf = (type: UserType): Projection | null => {
		const trend = trends[type];
		if (trend === null) return null;
		const { perWeek, low, high } = trend;
		return { perWeek, low, high, atRenewal: projectToRenewal(trend, renewalDate, asOf) };
	};
	return { registered: projectionOf("Registered"), enterprise: projectionOf("Enterprise"), designers: projectionOf("Designer") };
}

/** A log as the protocol has it. */
export function describeLog({ loggedAt, activeRegistered, activeEnterprise, activeDesigners, version }: UsageLogRow): ReportLog {
	return {
		loggedAt: formatInstant(loggedAt),
		registered: activeRegistered,
		enterprise: activeEnterprise,
		designers: activeDesigners,
		version: version ?? null,
	};
}

function shareOf(active: number | null, paid: number | null): number | null {
	return active === null || paid === null || paid === 0 ? null : active / paid;
}
