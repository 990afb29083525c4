import type { Subscription } from "../../core/config/model.ts";
import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import { formatDay, parseDay } from "../../core/dates/day-number.ts";
import { formatInstant, type InstantMs, utcDayOf } from "../../core/dates/instant.ts";
import { ACTIVE_DAYS } from "../../core/subscriptions/active-users.ts";
import type { ActiveRange } from "../../core/subscriptions/client-totals.ts";
import type { Flag } from "../../core/subscriptions/flags.ts";
import { findUse, type SubscriptionUse } from "../../core/subscriptions/subscription-use.ts";
import { USER_TYPES, type UserType } from "../../core/subscriptions/usage-log.ts";
import type { UsageReportRow } from "../../core/subscriptions/usage-report.ts";
import { formatCount, formatDaysAgo, formatDaysAhead, formatDifference, joinFirstWords } from "../../core/texts/format-count.ts";
import { mark, t } from "../../core/texts/translate.ts";
import { type Block, clipName, list, paragraph, table } from "../markup.ts";
import { describeFailures, type ProjectSubject, STILL_LOADING } from "./hover-subject.ts";

/** What a subscription pays for and uses, by user type and by server, with what is remarkable about it. */
export function describeSubscription(subject: ProjectSubject, subscription: Subscription): readonly Block[] {
	const { report } = subject.insight;
	if (report === null) return explainNoReport(subject);
	const use = findUse(report, toReportSubscription(subscription));
	return [describeTypes(use), ...(use.rows.length === 0 ? [] : [describeServers(use.rows)]), ...describeFlags(use.rows)];
}

/** The users of one type that a subscription pays for, and those that are active, by server where it has several. */
export function describeUsers(subject: ProjectSubject, subscription: Subscription, type: UserType): readonly Block[] {
	const { report } = subject.insight;
	if (report === null) return explainNoReport(subject);
	const use = findUse(report, toReportSubscription(subscription));
	const active = use.active[type];
	if (active === null) return [paragraph(t("No server of this subscription has ever reported."))];
	const of = use.paid[type] === null ? "" : t` of ${formatCount(use.paid[type])}`;
	return [
		paragraph({ bold: `${formatActive(active)}${of}` }, t` ${type} users were active within ${ACTIVE_DAYS[type]} days.`),
		...(use.rows.length < 2
			? []
			: [
					table(
						[t("Server"), t("active")],
						use.rows.map((row) => [clipName(row.server), formatKnown(activeOf(row, type))]),
					),
					paragraph(t(EXPLAIN_RANGE)),
				]),
		...describeFlags(use.rows.map((row) => ({ ...row, flags: row.flags.flatMap((flag) => aboutType(flag, type)) }))),
	];
}

/** One server of a subscription: its latest log, and what is remarkable about it. */
export function describeServer(subject: ProjectSubject, subscription: Subscription, server: string): readonly Block[] {
	const { report } = subject.insight;
	if (report === null) return explainNoReport(subject);
	const { paid, rows } = findUse(report, toReportSubscription(subscription));
	const row = rows.find((candidate) => candidate.server === server.trim());
	if (row === undefined) return [];
	if (row.lastUpdate === null) return [paragraph({ bold: t("Never reported.") }), ...describeFlags([row])];
	return [
		paragraph({ bold: t`Last update ${formatAge(report.asOf, row.lastUpdate)}` }, `, ${formatInstant(row.lastUpdate)}.`),
		table(
			[t("Users"), t("active"), t("paid")],
			USER_TYPES.map((type) => [type, formatKnown(activeOf(row, type)), formatKnown(paid[type])]),
		),
		...(row.weeklyDifference === null ? [] : [paragraph(t`Weekly difference: ${formatDifference(row.weeklyDifference)} registered.`)]),
		...describeFlags([row]),
	];
}

/** How far away a renewal is. */
export function describeRenewal(subject: ProjectSubject, subscription: Subscription): readonly Block[] {
	const day = subscription.renewalDate === null ? null : parseDay(subscription.renewalDate);
	if (day === null) return [];
	const days = day - utcDayOf(subject.workspace.clock());
	const when = days === 0 ? t("today") : days > 0 ? formatDaysAhead(days) : formatDaysAgo(-days);
	return [paragraph({ bold: capitalize(when) }, t`, on ${formatDay(day)}.`), ...describeSubscription(subject, subscription)];
}

/** How long ago something was, in whole days. */
export function formatAge(now: InstantMs, instant: InstantMs): string {
	const days = utcDayOf(now) - utcDayOf(instant);
	return days <= 0 ? t("today") : days === 1 ? t("yesterday") : formatDaysAgo(days);
}

/** Active users, as a range where the same person may use several servers. */
export function formatActive({ atLeast, atMost }: ActiveRange): string {
	return atLeast === atMost ? formatCount(atLeast) : `${formatCount(atLeast)}–${formatCount(atMost)}`;
}

/** Why active users can be a range. */
export const EXPLAIN_RANGE = mark(
	"The same person may use several servers, so at least the highest of their figures and at most their sum are active.",
);

/** Active users of a type on the server of a row; null when it never reported. */
function activeOf(row: UsageReportRow, type: UserType): number | null {
	return { Registered: row.activeRegistered, Enterprise: row.activeEnterprise, Designer: row.activeDesigners }[type];
}

function describeTypes({ paid, active }: SubscriptionUse): Block {
	return table(
		[t("Users"), t("active"), t("paid"), t("used")],
		USER_TYPES.map((type) => [
			type,
			active[type] === null ? "–" : formatActive(active[type]),
			formatKnown(paid[type]),
			formatShare(active[type], paid[type]),
		]),
	);
}

function describeServers(rows: readonly UsageReportRow[]): Block {
	return table(
		[t("Server"), t("last update"), t("registered"), t("weekly difference")],
		rows.map((row) => [
			clipName(row.server),
			row.lastUpdate === null ? t("never reported") : formatInstant(row.lastUpdate),
			formatKnown(row.activeRegistered),
			row.weeklyDifference === null ? "" : formatDifference(row.weeklyDifference),
		]),
		2,
	);
}

/** What is remarkable about the servers of a subscription; what is so about all of them is said once. */
function describeFlags(rows: readonly Pick<UsageReportRow, "server" | "flags">[]): readonly Block[] {
	const marks = new Map<string, { readonly flag: Flag; readonly servers: string[] }>();
	for (const { server, flags } of rows) {
		for (const flag of flags) {
			const key = `${flag.name}: ${flag.detail}`;
			const mark = marks.get(key);
			if (mark === undefined) marks.set(key, { flag, servers: [server] });
			else mark.servers.push(server);
		}
	}
	const items = [...marks.values()].map(({ flag: { name, detail }, servers }) => {
		const where = servers.length === rows.length ? "" : ` (${joinFirstWords(servers.map(clipName))})`;
		return [{ bold: t(name) }, `${where}: ${detail}`];
	});
	return items.length === 0 ? [] : [list(items)];
}

/** The part of a flag about use that is about one user type. */
function aboutType({ name, detail }: Flag, type: UserType): readonly Flag[] {
	if (name !== "over-use" && name !== "under-use") return [];
	return detail
		.split("; ")
		.filter((part) => part.startsWith(`${type}: `))
		.map((part) => ({ name, detail: part.slice(type.length + 2) }));
}

function explainNoReport({ insight }: ProjectSubject): readonly Block[] {
	const { logs, complete, project } = insight;
	if (logs !== null && logs.failures.length > 0) return [paragraph(describeFailures(logs.failures.map(({ sourceName }) => sourceName)))];
	const hasLogs = project.dataSources.some(({ provides }) => provides === "usageLog" || provides === "userActivity");
	return hasLogs && !complete ? [paragraph(t(STILL_LOADING))] : [];
}

function formatKnown(count: number | null): string {
	return count === null ? "–" : formatCount(count);
}

function formatShare(active: ActiveRange | null, paid: number | null): string {
	if (active === null || paid === null || paid === 0) return "";
	const percent = (users: number) => Math.round((users * 100) / paid);
	const [low, high] = [percent(active.atLeast), percent(active.atMost)];
	return low === high ? `${formatCount(low)}%` : `${formatCount(low)}–${formatCount(high)}%`;
}

function capitalize(text: string): string {
	return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
