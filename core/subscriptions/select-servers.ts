import { utcDayOf } from "../dates/instant.ts";
import type { ReportWeek, UsageReport, UsageReportRow } from "./usage-report.ts";

/** A choice of a report's rows; every part that is there must hold. */
export interface ServerChoice {
	/** Rows with at least one of these flags; empty for any or none. */
	readonly flags?: readonly string[];
	/** Only rows with any flag at all. */
	readonly onlyFlagged?: boolean;
	/** Rows of these clients, by their exact names; empty for all. */
	readonly clients?: readonly string[];
	/** Renewal on the UTC day of the report or within this many days after it, the last included; null for any or none. */
	readonly renewalWithinDays?: number | null;
	/** Every word of it stands in the name of the client or of the server; upper and lower case are the same. */
	readonly text?: string;
}

/**
 * The report with the rows of a choice only, in their order, and with the clients and weeks of these rows. The totals of such a client
 * are over all its servers, as they are without the choice: what it pays for is for all of them.
 */
export function selectServers(report: UsageReport, choice: ServerChoice): UsageReport {
	const words = wordsOf(choice.text ?? "");
	const flags = new Set(choice.flags);
	const clients = new Set(choice.clients);
	const rows = report.rows.filter(
		(row) =>
			(flags.size === 0 || row.flags.some(({ name }) => flags.has(name))) &&
			(choice.onlyFlagged !== true || row.flags.length > 0) &&
			(clients.size === 0 || (row.client !== null && clients.has(row.client))) &&
			isWithin(row, choice.renewalWithinDays ?? null, report) &&
			hasWords(row, words),
	);
	const clientsByServer = new Map<string, Set<string>>();
	for (const { server, client } of rows) {
		const names = clientsByServer.get(server) ?? new Set();
		clientsByServer.set(server, client === null ? names : names.add(client));
	}
	const shownClients = new Set(rows.map(({ client }) => client));
	return {
		...report,
		rows,
		clients: report.clients.filter(({ client }) => shownClients.has(client)),
		weeks: report.weeks.flatMap((week): ReportWeek[] => {
			const names = clientsByServer.get(week.server);
			if (names === undefined) return [];
			// A server of several clients goes by the names of those that are shown only.
			return [{ ...week, client: names.size === 0 ? null : [...names].join(", ") }];
		}),
	};
}

/** Whether a choice can leave a row out. */
export function isChoosing({ flags = [], onlyFlagged = false, clients = [], renewalWithinDays = null, text = "" }: ServerChoice): boolean {
	return flags.length > 0 || onlyFlagged || clients.length > 0 || renewalWithinDays !== null || wordsOf(text).length > 0;
}

function isWithin({ renewalDate }: UsageReportRow, days: number | null, { asOf }: UsageReport): boolean {
	if (days === null) return true;
	const until = renewalDate === null ? null : renewalDate - utcDayOf(asOf);
	return until !== null && until >= 0 && until <= days;
}

function hasWords({ client, server }: UsageReportRow, words: readonly string[]): boolean {
	const names = `${client ?? ""}\n${server}`.toLowerCase();
	return words.every((word) => names.includes(word));
}

function wordsOf(text: string): readonly string[] {
	return text
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== "");
}
