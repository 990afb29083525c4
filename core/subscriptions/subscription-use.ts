import { type ActiveRange, totalByClient } from "./client-totals.ts";
import type { ReportSubscription } from "./report-subscription.ts";
import type { UserType } from "./usage-log.ts";
import type { UsageReport, UsageReportRow } from "./usage-report.ts";

/** What one subscription pays for and what its servers report. */
export interface SubscriptionUse {
	readonly paid: { readonly [type in UserType]: number | null };
	/** Over the latest logs of its servers, by the definition of the report's totals per client; null when none of them ever reported. */
	readonly active: { readonly [type in UserType]: ActiveRange | null };
	/** The report's rows of this subscription, in the order of its servers; a server that is named twice has one. */
	readonly rows: readonly UsageReportRow[];
}

/** One subscription of a project, from the report of that project. */
export function findUse(report: UsageReport, subscription: ReportSubscription): SubscriptionUse {
	const servers = [...new Set(subscription.servers.map((server) => server.trim()))];
	const client = subscription.client.trim();
	const rows = servers.flatMap((server) => report.rows.find((row) => row.server === server && isRowOf(row, client, subscription)) ?? []);
	const [totals] = totalByClient([{ ...subscription, servers }], (server) => {
		const row = rows.find((candidate) => candidate.server === server);
		if (row === undefined || row.lastUpdate === null) return null;
		return {
			server,
			loggedAt: row.lastUpdate,
			activeRegistered: row.activeRegistered ?? 0,
			activeEnterprise: row.activeEnterprise ?? 0,
			activeDesigners: row.activeDesigners ?? 0,
		};
	});
	return {
		paid: { Registered: subscription.registeredUsers, Enterprise: subscription.enterpriseUsers, Designer: subscription.designerUsers },
		active: {
			Registered: totals?.activeRegistered ?? null,
			Enterprise: totals?.activeEnterprise ?? null,
			Designer: totals?.activeDesigners ?? null,
		},
		rows,
	};
}

/** A client may have several subscriptions, also for the same server; they differ in their figures then. */
function isRowOf(row: UsageReportRow, client: string, subscription: ReportSubscription): boolean {
	return (
		row.client === client &&
		row.renewalDate === subscription.renewalDate &&
		row.registeredUsers === subscription.registeredUsers &&
		row.enterpriseUsers === subscription.enterpriseUsers &&
		row.designerUsers === subscription.designerUsers
	);
}
