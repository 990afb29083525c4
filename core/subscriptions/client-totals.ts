import type { DayNumber } from "../dates/day-number.ts";
import type { ReportSubscription } from "./report-subscription.ts";
import type { UsageLogRow } from "./usage-log.ts";

/**
 * Sums up what each client pays for and uses, in order of first appearance. Every subscription's paid figures count once,
 * however many servers it names, and every server counts once per client, however many subscriptions name it.
 *
 * @param latestLog the latest log of a server; null when it never reported.
 */
export function totalByClient(
	subscriptions: readonly ReportSubscription[],
	latestLog: (server: string) => UsageLogRow | null,
): readonly ClientTotals[] {
	const byClient = new Map<string, ReportSubscription[]>();
	for (const subscription of subscriptions) {
		const own = byClient.get(subscription.client);
		if (own === undefined) byClient.set(subscription.client, [subscription]);
		else own.push(subscription);
	}
	return [...byClient].map(([client, own]) => {
		const servers = new Set(own.flatMap((subscription) => subscription.servers));
		const logs = [...servers].flatMap((server) => latestLog(server) ?? []);
		return {
			client,
			renewalDate: earliest(own.map((subscription) => subscription.renewalDate)),
			servers: servers.size,
			registeredUsers: sumOfKnown(own.map((subscription) => subscription.registeredUsers)),
			enterpriseUsers: sumOfKnown(own.map((subscription) => subscription.enterpriseUsers)),
			designerUsers: sumOfKnown(own.map((subscription) => subscription.designerUsers)),
			activeRegistered: rangeOf(logs.map((log) => log.activeRegistered)),
			activeEnterprise: rangeOf(logs.map((log) => log.activeEnterprise)),
			activeDesigners: rangeOf(logs.map((log) => log.activeDesigners)),
		};
	});
}

/** One client over all its subscriptions and servers. */
export interface ClientTotals {
	readonly client: string;
	/** The earliest of its subscriptions; null when none has one. */
	readonly renewalDate: DayNumber | null;
	/** Distinct servers that its subscriptions name. */
	readonly servers: number;
	/** Sum over its subscriptions, of those that say it; null when none does. */
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	/** Over the latest logs of its servers; null when none of them ever reported. */
	readonly activeRegistered: ActiveRange | null;
	readonly activeEnterprise: ActiveRange | null;
	readonly activeDesigners: ActiveRange | null;
}

/** Bounds of a client's active users, both inclusive: the same person may use two servers, so their sum may count one twice. */
export interface ActiveRange {
	/** The maximum over the servers. */
	readonly atLeast: number;
	/** The sum over the servers. */
	readonly atMost: number;
}

function rangeOf(active: readonly number[]): ActiveRange | null {
	return active.length === 0 ? null : { atLeast: Math.max(...active), atMost: active.reduce((sum, value) => sum + value, 0) };
}

function sumOfKnown(values: readonly (number | null)[]): number | null {
	return values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
}

function earliest(days: readonly (DayNumber | null)[]): DayNumber | null {
	return days.reduce((first, day) => (day !== null && (first === null || day < first) ? day : first), null);
}
