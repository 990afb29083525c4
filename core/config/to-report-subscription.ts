import { parseDay } from "../dates/day-number.ts";
import type { ReportSubscription } from "../subscriptions/usage-report.ts";
import type { Subscription } from "./model.ts";

/** A subscription of the configuration as the report takes it. */
export function toReportSubscription(subscription: Subscription): ReportSubscription {
	const { client, renewalDate, registeredUsers, enterpriseUsers, designerUsers, servers } = subscription;
	return {
		client,
		renewalDate: renewalDate === null ? null : parseDay(renewalDate),
		registeredUsers,
		enterpriseUsers,
		designerUsers,
		servers,
	};
}
