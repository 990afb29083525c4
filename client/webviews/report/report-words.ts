// The figures of a server as sentences. No document is needed here.

import type { Projection, ReportRow } from "../../../server/protocol/report-messages.ts";
import { formatCount } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { daysUntil } from "./report-filter.ts";

/** The kinds of users, as the keys of a row's history, utilisation and projection name them. */
export const USER_KINDS = ["registered", "enterprise", "designers"] as const;
export type UserKind = (typeof USER_KINDS)[number];

/** Weeks with a log below which the report projects nothing. */
export const LEAST_WEEKS = 6;

/** How the use that is expected stands to what is paid for. */
export type Outlook = "within" | "perhaps over" | "over" | "unknown";

/** Where the active users of one kind are heading. */
export interface ProjectionWords {
	/** "On 2027-03-31 about 260 Registered, 251 to 270, paid 250.", or why there is no projection. */
	readonly sentence: string;
	/** How that stands to what is paid for; empty when nothing can be said. */
	readonly verdict: string;
	/** Users gained or lost per week, with the range; empty without a projection. */
	readonly trend: string;
	readonly outlook: Outlook;
}

/** Name of a kind of users, as the report's columns call it. */
export function kindName(kind: UserKind, l10n: Localize): string {
	if (kind === "registered") return l10n.t("Registered");
	return kind === "enterprise" ? l10n.t("Enterprise") : l10n.t("Designers");
}

/** Active users of the server's latest log; null when it never reported. */
export function activeOf(row: ReportRow, kind: UserKind): number | null {
	if (kind === "registered") return row.activeRegistered;
	return kind === "enterprise" ? row.activeEnterprise : row.activeDesigners;
}

/** Users that the subscription pays for; null when it does not say. */
export function paidOf(row: ReportRow, kind: UserKind): number | null {
	if (kind === "registered") return row.registeredUsers;
	return kind === "enterprise" ? row.enterpriseUsers : row.designerUsers;
}

/** Where one kind of users is heading by the day of renewal, or why nobody can say. */
export function projectionWords(row: ReportRow, kind: UserKind, asOf: string, l10n: Localize): ProjectionWords {
	const projection = row.projection[kind];
	const none = (sentence: string): ProjectionWords => ({
		sentence,
		verdict: "",
		trend: projection === null ? "" : trendWords(projection, l10n),
		outlook: "unknown",
	});
	if (projection === null) return none(whyNoProjection(row, kind, l10n));
	if (row.renewalDate === null) return none(l10n.t("There is no renewal date, so there is no day to project to."));
	const days = daysUntil(row.renewalDate, asOf);
	if (days !== null && days < 0)
		return none(l10n.t("The renewal date, {0}, has passed, so there is no day to project to.", row.renewalDate));
	if (projection.atRenewal === null) return none(l10n.t("Too little is known to project to the renewal on {0}.", row.renewalDate));
	const { low, high } = wholeRange(projection.atRenewal);
	const expected = Math.round(projection.atRenewal.expected);
	const paid = paidOf(row, kind);
	const name = kindName(kind, l10n);
	const outlook = outlookOf(low, high, paid);
	return {
		sentence:
			paid === null
				? l10n.t("On {0} about {1} {2}, {3} to {4}.", row.renewalDate, formatCount(expected), name, formatCount(low), formatCount(high))
				: l10n.t(
						"On {0} about {1} {2}, {3} to {4}, paid {5}.",
						row.renewalDate,
						formatCount(expected),
						name,
						formatCount(low),
						formatCount(high),
						formatCount(paid),
					),
		verdict: verdictWords(outlook, expected, paid, l10n),
		trend: trendWords(projection, l10n),
		outlook,
	};
}

/** How active users stand to those paid for, in one sentence. */
export function utilisationWords(row: ReportRow, kind: UserKind, l10n: Localize): string {
	const active = activeOf(row, kind);
	const paid = paidOf(row, kind);
	const name = kindName(kind, l10n);
	if (active === null && paid === null) return l10n.t("{0}: nothing is known.", name);
	if (active === null) return l10n.t("{0}: {1} paid, active users are not known.", name, formatCount(paid));
	if (paid === null) return l10n.t("{0}: {1} active, paid users are not known.", name, formatCount(active));
	if (active > paid)
		return l10n.t("{0}: {1} active, {2} paid, {3} over.", name, formatCount(active), formatCount(paid), formatCount(active - paid));
	if (paid === 0) return l10n.t("{0}: none active, none paid.", name);
	return l10n.t("{0}: {1} active, {2} paid, {3} used.", name, formatCount(active), formatCount(paid), percentOf(active, paid));
}

/** The last 26 weeks of active Registered users in one sentence, for those who cannot see the line. */
export function historyWords(values: readonly (number | null)[], l10n: Localize): string {
	const known = values.filter((value) => value !== null);
	const [first] = known;
	const last = known.at(-1);
	if (first === undefined || last === undefined) return l10n.t("No log in the last {0} weeks.", values.length);
	const missing = values.length - known.length;
	const words = [
		formatCount(first),
		formatCount(last),
		formatCount(Math.min(...known)),
		formatCount(Math.max(...known)),
		formatCount(known.length),
	] as const;
	return missing === 0
		? l10n.t("From {0} to {1} active Registered users, lowest {2}, highest {3}, {4} weeks.", ...words)
		: l10n.t(
				"From {0} to {1} active Registered users, lowest {2}, highest {3}, {4} weeks with a log, {5} without.",
				...words,
				formatCount(missing),
			);
}

/** Share of what is paid for that is used, in whole percents; what is over 100% never reads as 100%. */
export function percentOf(active: number, paid: number): string {
	const percent = (active / paid) * 100;
	return `${active > paid ? Math.ceil(percent) : Math.floor(percent)}%`;
}

function whyNoProjection(row: ReportRow, kind: UserKind, l10n: Localize): string {
	const logged = row.history[kind].filter((value) => value !== null).length;
	if (logged === 0) return l10n.t("There is no projection: the server sent no log in the last {0} weeks.", row.history[kind].length);
	if (logged < LEAST_WEEKS)
		return l10n.t(
			"There is no projection: it needs logs of at least {0} weeks, and the last {1} have only {2}.",
			LEAST_WEEKS,
			row.history[kind].length,
			logged,
		);
	return l10n.t("There is no projection: the weeks with a log do not hang together enough.");
}

function verdictWords(outlook: Outlook, expected: number, paid: number | null, l10n: Localize): string {
	if (outlook === "unknown" || paid === null) return "";
	if (outlook === "within") return l10n.t("That stays within what is paid for.");
	if (outlook === "perhaps over") return l10n.t("That may go beyond what is paid for.");
	return expected > paid
		? l10n.t("That is {0} more than is paid for.", formatCount(expected - paid))
		: l10n.t("That is more than is paid for.");
}

function outlookOf(low: number, high: number, paid: number | null): Outlook {
	if (paid === null) return "unknown";
	if (low > paid) return "over";
	return high > paid ? "perhaps over" : "within";
}

function trendWords({ perWeek, low, high }: Projection, l10n: Localize): string {
	return l10n.t("{0} per week ({1} to {2})", perWeekWords(perWeek), perWeekWords(low), perWeekWords(high));
}

/** A number of users per week with its sign and one digit. */
export function perWeekWords(value: number): string {
	const size = Math.round(Math.abs(value) * 10) / 10;
	if (size === 0) return "0.0";
	return `${value > 0 ? "+" : "−"}${size.toFixed(1)}`;
}

/** Whole users: the range is never narrower than what it stands for. */
function wholeRange({ low, high }: { readonly low: number; readonly high: number }): { readonly low: number; readonly high: number } {
	return { low: Math.max(0, Math.floor(low + 1e-9)), high: Math.max(0, Math.ceil(high - 1e-9)) };
}
