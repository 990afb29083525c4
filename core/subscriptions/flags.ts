import { t } from "../texts/translate.ts";
// flag                        | when
// ----------------------------|--------------------------------------------------------------------------------------------
// never reported              | no log up to asOf
// stale                       | the latest log lies more than 7 × 24 h before asOf
// large difference            | the weekly difference is at least 5 users and at least 10 % of the earlier figure and, with 6 or
//                             | more differences in the 25 weeks before, further from their median than 3.5 × 1.4826 × MAD;
//                             | not when the log has another version than the one before, which is a break
// over-use                    | active > paid, for any user type
// under-use                   | active < half of paid, for any user type
// renewal due                 | the renewal day is 0 to 90 days after the UTC day of asOf
// renewal past                | the renewal day is 1 to 90 days before the UTC day of asOf
// server without subscription | it logs, but no subscription names it

import { type DayNumber, formatDay } from "../dates/day-number.ts";
import { formatInstant, type InstantMs, MS_PER_DAY, utcDayOf } from "../dates/instant.ts";
import { formatCount, formatCounted } from "../texts/format-count.ts";
import { findLargeDifference } from "./large-difference.ts";
import type { LoggedWeek } from "./logged-weeks.ts";
import type { UserType } from "./usage-log.ts";

/** What a row of the usage report can be marked with, in the order in which a row lists them. */
export const FLAG_NAMES = [
	"never reported",
	"stale",
	"large difference",
	"over-use",
	"under-use",
	"renewal due",
	"renewal past",
	"server without subscription",
] as const;
export type FlagName = (typeof FLAG_NAMES)[number];

/** One mark of a row. */
export interface Flag {
	readonly name: FlagName;
	/** The figures behind it in one sentence, without a full stop: "Designer: 7 active, 6 paid (1 over)". */
	readonly detail: string;
}

/** What the flags of one row depend on. */
export interface FlagFacts {
	readonly asOf: InstantMs;
	/** Every counted week of the server up to `asOf`, in ascending order; empty when it never reported. */
	readonly weeks: readonly LoggedWeek[];
	/** Logs of the server after `asOf`, which do not count. */
	readonly futureLogs: number;
	/** False for a server that no subscription names. */
	readonly subscribed: boolean;
	readonly renewalDate: DayNumber | null;
	/** Per user type what is paid for; null when the subscription does not say, and then its use is not judged. */
	readonly paid: { readonly [type in UserType]: number | null };
}

/** Days before a renewal on which it counts as due, and after it as past; the last one included. The day of renewal itself is due. */
export const RENEWAL_NOTICE_DAYS = 90;
/** Days after its latest log from which a server is stale; exactly this many times 24 hours is not yet. */
export const STALE_AFTER_DAYS = 7;

/** All flags of one row, in the order of {@link FLAG_NAMES}, each at most once. */
export function findFlags(facts: FlagFacts): readonly Flag[] {
	return FLAG_NAMES.flatMap((name) => {
		const detail = detailOf(name, facts);
		return detail === null ? [] : [{ name, detail }];
	});
}

/** The sentence of one flag; null when the row does not have it. */
function detailOf(name: FlagName, facts: FlagFacts): string | null {
	switch (name) {
		case "never reported":
			return neverReported(facts);
		case "stale":
			return stale(facts);
		case "large difference":
			return largeDifference(facts.weeks);
		case "over-use":
			return perUserType(facts, (active, paid) => (active > paid ? t`${formatCount(active - paid)} over` : null));
		case "under-use":
			return perUserType(facts, (active, paid) => (active * 2 < paid ? `${Math.floor((active * 100) / paid)}% used` : null));
		case "renewal due":
			return renewalDue(facts);
		case "renewal past":
			return renewalPast(facts);
		case "server without subscription":
			return facts.subscribed ? null : t("The server sends usage logs, but no subscription names it");
	}
}

function neverReported({ weeks, futureLogs }: FlagFacts): string | null {
	if (weeks.length > 0) return null;
	if (futureLogs > 0) return t`Its only logs (${formatCount(futureLogs)}) are dated after the report: check the clock of that server`;
	return t("No log has arrived: either the system has had no upgrade since summer 2024, or its timer service never started");
}

function stale({ asOf, weeks }: FlagFacts): string | null {
	const latest = weeks.at(-1);
	if (latest === undefined || asOf - latest.log.loggedAt <= STALE_AFTER_DAYS * MS_PER_DAY) return null;
	const days = Math.floor((asOf - latest.log.loggedAt) / MS_PER_DAY);
	return t`No log for ${formatCount(days)} days, the latest is from ${formatInstant(latest.log.loggedAt)}: check the timer service on that server`;
}

function largeDifference(weeks: readonly LoggedWeek[]): string | null {
	const large = findLargeDifference(weeks, weeks.length - 1);
	// With another version it is the count that changed, not the users: the week is marked as a break.
	if (large === null || large.versions !== null) return null;
	const { from, to, usual } = large;
	const change = t`Active Registered went from ${formatCount(from)} to ${formatCount(to)} in one week`;
	if (usual === null) return t`${change}; there are too few earlier weeks to know what is usual`;
	return t`${change} (${signed(to - from)}); its usual weekly difference is about ${signed(usual)}`;
}

function perUserType({ weeks, paid }: FlagFacts, judge: (active: number, paid: number) => string | null): string | null {
	const log = weeks.at(-1)?.log;
	if (log === undefined) return null;
	const active: { readonly [type in UserType]: number } = {
		Registered: log.activeRegistered,
		Enterprise: log.activeEnterprise,
		Designer: log.activeDesigners,
	};
	const findings = (["Registered", "Enterprise", "Designer"] as const).flatMap((type) => {
		const paidUsers = paid[type];
		const finding = paidUsers === null ? null : judge(active[type], paidUsers);
		return finding === null || paidUsers === null
			? []
			: [t`${type}: ${formatCount(active[type])} active, ${formatCount(paidUsers)} paid (${finding})`];
	});
	return findings.length === 0 ? null : findings.join("; ");
}

function renewalDue({ asOf, renewalDate }: FlagFacts): string | null {
	if (renewalDate === null) return null;
	const days = renewalDate - utcDayOf(asOf);
	if (days < 0 || days > RENEWAL_NOTICE_DAYS) return null;
	return days === 0
		? t`The renewal is today, on ${formatDay(renewalDate)}`
		: t`The renewal is in ${formatCounted(days, "day")}, on ${formatDay(renewalDate)}`;
}

function renewalPast({ asOf, renewalDate }: FlagFacts): string | null {
	if (renewalDate === null) return null;
	const days = utcDayOf(asOf) - renewalDate;
	if (days < 1 || days > RENEWAL_NOTICE_DAYS) return null;
	return t`The renewal was ${formatCounted(days, "day")} ago, on ${formatDay(renewalDate)}`;
}

function signed(value: number): string {
	return value > 0 ? `+${formatCount(value)}` : formatCount(value);
}
