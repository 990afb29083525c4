// Which servers the report shows. No document is needed here.

import type { ReportRow } from "../../../server/protocol/report-messages.ts";
import { type Check, count, listOf, nullable, object, text } from "../shared/check.ts";

/** A choice of servers; every part that is set must hold. */
export interface ReportFilter {
	/** Servers with at least one of these flags; empty for all servers. */
	readonly flags: readonly string[];
	/** Servers of these clients, exactly as the report names them; empty for all. */
	readonly clients: readonly string[];
	/** Renewal on the day of the report or within this many days after it, the last included; null for any or no renewal date. */
	readonly renewalWithinDays: number | null;
	/** Every word of it stands in the name of the client or of the server; upper and lower case are the same. Empty for all. */
	readonly text: string;
}

/** Shows every server. */
export const NO_FILTER: ReportFilter = { flags: [], clients: [], renewalWithinDays: null, text: "" };

/** Windows of renewal that a person can choose, in days. */
export const RENEWAL_WINDOWS = [30, 90, 180, 365] as const;

/** A filter as a view keeps it. */
export const isReportFilter: Check<ReportFilter> = object<ReportFilter>({
	flags: listOf(text),
	clients: listOf(text),
	renewalWithinDays: nullable(count),
	text,
});

/** Whether a filter can leave a server out. */
export function isFiltering(filter: ReportFilter): boolean {
	return filter.flags.length > 0 || filter.clients.length > 0 || filter.renewalWithinDays !== null || wordsOf(filter.text).length > 0;
}

/**
 * The rows that a filter shows, in their order.
 * @param asOf instant of the report, ISO 8601 UTC; days of renewal count from its UTC day.
 */
export function filterRows<Row extends ReportRow>(rows: readonly Row[], filter: ReportFilter, asOf: string): readonly Row[] {
	const words = wordsOf(filter.text);
	return rows.filter(
		(row) =>
			(filter.flags.length === 0 || row.flags.some((flag) => filter.flags.includes(flag))) &&
			(filter.clients.length === 0 || (row.client !== null && filter.clients.includes(row.client))) &&
			isWithin(row.renewalDate, filter.renewalWithinDays, asOf) &&
			hasWords(row, words),
	);
}

/** Whole days from the UTC day of an instant to a day `YYYY-MM-DD`, negative before it; null when either is no date. */
export function daysUntil(day: string, asOf: string): number | null {
	const from = Date.parse(`${asOf.slice(0, 10)}T00:00:00Z`);
	const to = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
	return Number.isNaN(from) || Number.isNaN(to) ? null : Math.round((to - from) / 86_400_000);
}

/** How many rows have each flag, in the order in which flags first appear. */
export function countFlags(rows: readonly ReportRow[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const row of rows) for (const flag of row.flags) counts.set(flag, (counts.get(flag) ?? 0) + 1);
	return counts;
}

/** A list with a value put in, or taken out where it was in already. */
export function toggled(list: readonly string[], value: string): readonly string[] {
	return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

function isWithin(renewalDate: string | null, days: number | null, asOf: string): boolean {
	if (days === null) return true;
	const until = renewalDate === null ? null : daysUntil(renewalDate, asOf);
	return until !== null && until >= 0 && until <= days;
}

function hasWords(row: ReportRow, words: readonly string[]): boolean {
	if (words.length === 0) return true;
	const names = `${row.client ?? ""}\n${row.server}`.toLowerCase();
	return words.every((word) => names.includes(word));
}

function wordsOf(words: string): readonly string[] {
	return words
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== "");
}
