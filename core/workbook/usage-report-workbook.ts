import { formatInstant } from "../dates/instant.ts";
import { ACTIVE_DAYS } from "../subscriptions/active-users.ts";
import type { FlagName } from "../subscriptions/flags.ts";
import { FLAG_NAMES, RENEWAL_NOTICE_DAYS, STALE_AFTER_DAYS } from "../subscriptions/flags.ts";
import type { UsageReport, UsageReportRow } from "../subscriptions/usage-report.ts";
import { formatCount } from "../texts/format-count.ts";
import { type AboutSection, addAboutSheet, type WorkbookAbout } from "./about-sheet.ts";
import { countCell, dayCell, instantCell, STYLES, type Tone, textCell } from "./cell-styles.ts";
import { type RowShare, shareRows } from "./client-formulas.ts";
import { addClientsSheet } from "./clients-sheet.ts";
import { addHistorySheet } from "./history-sheet.ts";
import { addTableSheet, type ConditionalFill, type TableColumn } from "./table-sheet.ts";
import { addTrendSheet } from "./trend-sheet.ts";
import { setProperties } from "./workbook-properties.ts";
import { type WorkbookDraft, type WriteResult, writeWorkbook } from "./write-workbook.ts";

/**
 * Writes the client usage report as an Excel file with the sheets "Usage Report" (which it opens on), "Clients", "Trend", "Weekly
 * History" and "About". All instants are in UTC. The number of rows in the result is that of the report.
 *
 * @param file absolute name; an older file is replaced only when the new one is complete.
 */
export async function writeUsageReportWorkbook(
	file: string,
	report: UsageReport,
	about: ReportAbout,
	signal: AbortSignal,
): Promise<WriteResult> {
	const footer = `${about.title} · as of ${formatInstant(report.asOf)}`;
	const fill = async (draft: WorkbookDraft) => {
		setProperties(draft, {
			title: `Client usage report: ${about.title}`,
			subject: "Users that clients pay for, and users that are active",
			description: `As of ${formatInstant(report.asOf)}; rows: ${formatCount(report.rows.length)}, clients: ${formatCount(report.clients.length)}`,
			keywords: ["usage report", "subscriptions", "active users", "renewals"],
		});
		const rows = await addTableSheet(draft, {
			name: "Usage Report",
			footer,
			columns: [...REPORT_COLUMNS, ...shareColumns(report)],
			rows: report.rows,
			frozenColumns: 2,
			fills: REPORT_FILLS,
		});
		await addClientsSheet(draft, report, footer);
		await addTrendSheet(draft, report, footer);
		await addHistorySheet(draft, report, footer);
		await addReportAbout(draft, report, about);
		return rows;
	};
	return writeWorkbook(file, about.madeAt, fill, signal);
}

/** Where a report comes from, and which part of it the workbook has. */
export interface ReportAbout extends WorkbookAbout {
	/** The choice of servers, where the workbook does not have all of them. */
	readonly shown?: {
		/** A sentence for each condition. */
		readonly inWords: readonly string[];
		/** Rows of the whole report. */
		readonly of: number;
	};
}

// The order of these columns is relied on by the formulas of REPORT_FILLS.
const REPORT_COLUMNS: readonly TableColumn<UsageReportRow>[] = [
	{ header: "Client", width: 26, cell: (row) => textCell(row.client, { wrap: true }) },
	{ header: "Server", width: 20, cell: (row) => textCell(row.server, { wrap: true }) },
	{ header: "Renewal Date", width: 12.5, rightAligned: true, cell: (row) => dayCell(row.renewalDate) },
	{ header: "Registered Users", width: 12.5, rightAligned: true, cell: (row) => countCell(row.registeredUsers) },
	{ header: "Enterprise Users", width: 12.5, rightAligned: true, cell: (row) => countCell(row.enterpriseUsers) },
	{ header: "Designer Users", width: 12.5, rightAligned: true, cell: (row) => countCell(row.designerUsers) },
	{ header: "Active Registered", width: 12.5, rightAligned: true, cell: (row) => countCell(row.activeRegistered) },
	{ header: "Active Enterprise", width: 12.5, rightAligned: true, cell: (row) => countCell(row.activeEnterprise) },
	{ header: "Active Designers", width: 12.5, rightAligned: true, cell: (row) => countCell(row.activeDesigners) },
	{ header: "Weekly Difference", width: 12.5, rightAligned: true, cell: (row) => ({ value: row.weeklyDifference, style: STYLES.signed }) },
	{ header: "Last Update", width: 19, rightAligned: true, cell: (row) => instantCell(row.lastUpdate) },
	{
		header: "Flags",
		width: 28,
		cell: (row) =>
			textCell(
				joinOrNull(row, (flag) => flag.name, ", "),
				{ wrap: true },
			),
	},
	{
		header: "Details",
		width: 64,
		cell: (row) =>
			textCell(
				joinOrNull(row, (flag) => `${flag.detail}.`, "\n"),
				{ wrap: true },
			),
	},
];

/** What the formulas of the sheet "Clients" go by; sorting takes it along with its row. */
function shareColumns(report: UsageReport): readonly TableColumn<UsageReportRow>[] {
	const shares = shareRows(report);
	const column = (header: string, number: (share: RowShare | undefined) => number | null | undefined): TableColumn<UsageReportRow> => ({
		header,
		width: 12.5,
		rightAligned: true,
		hidden: true,
		cell: (_, rowNumber) => countCell(number(shares[rowNumber - 2]) ?? null),
	});
	return [
		column("Subscription", (share) => share?.subscription),
		column("Paid Users Count for Client", (share) => share?.paidBy),
		column("Active Users Count for Client", (share) => share?.usedBy),
	];
}

/** How much a flag matters, and what it means to a reader who has only the workbook. */
const FLAG_LEGEND: { readonly [name in FlagName]: { readonly tone: Tone; readonly meaning: string } } = {
	"never reported": {
		tone: "danger",
		meaning: "There is no log of this server at all: its system is old, or its timer service never ran.",
	},
	stale: {
		tone: "warning",
		meaning: `The latest log is more than ${STALE_AFTER_DAYS} days older than the report: check the timer service on that server.`,
	},
	"large difference": {
		tone: "warning",
		meaning: "Active Registered changed within one week by far more than it usually does on that server.",
	},
	"over-use": { tone: "danger", meaning: "More active users than are paid for, in at least one user type." },
	"under-use": { tone: "notice", meaning: "Less than half of the paid users are active, in at least one user type." },
	"renewal due": { tone: "warning", meaning: `The subscription is to be renewed within ${RENEWAL_NOTICE_DAYS} days.` },
	"renewal past": { tone: "danger", meaning: "The day of renewal has passed." },
	"server without subscription": { tone: "notice", meaning: "The server sends logs, but no subscription names it." },
};

const REPORT_FILLS: readonly ConditionalFill[] = [
	{ columns: ["A", "B"], formula: hasFlag("server without subscription"), tone: "notice" },
	{ columns: ["C", "C"], formula: hasFlag("renewal past"), tone: "danger" },
	{ columns: ["C", "C"], formula: hasFlag("renewal due"), tone: "warning" },
	// Of the rows of a subscription one counts for the totals; another figure in a second row would be overlooked.
	{ columns: ["D", "F"], formula: `AND(ISNUMBER($N2),D2<>SUMIFS(D:D,$N:$N,$N2,$O:$O,">0"))`, tone: "warning" },
	// G, H and I are the active users, D, E and F what is paid for, in the same order.
	{ columns: ["G", "I"], formula: "AND(ISNUMBER(D2),ISNUMBER(G2),G2>D2)", tone: "danger" },
	{ columns: ["G", "I"], formula: "AND(ISNUMBER(D2),ISNUMBER(G2),G2*2<D2)", tone: "notice" },
	{ columns: ["J", "J"], formula: hasFlag("large difference"), tone: "warning" },
	{ columns: ["K", "K"], formula: hasFlag("never reported"), tone: "danger" },
	{ columns: ["K", "K"], formula: hasFlag("stale"), tone: "warning" },
	...(["danger", "warning", "notice"] as const).map(
		(tone): ConditionalFill => ({
			columns: ["L", "L"],
			formula: `OR(${FLAG_NAMES.filter((name) => FLAG_LEGEND[name].tone === tone)
				.map(hasFlag)
				.join(",")})`,
			tone,
		}),
	),
];

/** Whether the flags of a row, in column L, name this one. */
function hasFlag(name: FlagName): string {
	return `ISNUMBER(SEARCH("${name}",$L2))`;
}

function joinOrNull(row: UsageReportRow, show: (flag: UsageReportRow["flags"][number]) => string, separator: string): string | null {
	return row.flags.length === 0 ? null : row.flags.map(show).join(separator);
}

async function addReportAbout(draft: WorkbookDraft, report: UsageReport, about: ReportAbout): Promise<void> {
	const sections: readonly AboutSection[] = [
		...(about.shown === undefined ? [] : [describeChoice(about.shown, report)]),
		{
			heading: "How to read it",
			lines: [
				{ label: "Times", text: "All dates and times are UTC." },
				{ label: "Week", text: "From Wednesday 21:00 to the next Wednesday 21:00. Of several logs in one week the latest counts." },
				...(["Registered", "Enterprise", "Designer"] as const).map((type) => ({
					label: `Active, ${type}`,
					text: `Used the system in the ${ACTIVE_DAYS[type]} days (of 24 hours) before the log of the server was made.`,
				})),
				{
					label: "Users paid for",
					text: "The figures of the whole subscription, the same on each of its servers: never add them up over servers.",
				},
				{
					label: "Weekly Difference",
					text: "Active Registered of the latest log, less that of the week directly before it; blank without a log of that week.",
				},
				{
					label: "Break",
					text: "The figure jumped in the week in which the log got another version: the server counts in another way now. That is no flag.",
				},
				{
					label: "Trend, per week",
					text: "Users gained or lost in a week: the median of the slopes between all pairs of the last 26 weeks. Low and high are the bounds of its 95 % confidence interval.",
				},
				{
					label: "Trend, at renewal",
					text: "What the trend leads to on the day of renewal if things go on as they did; blank without such a day, or when it has passed.",
				},
				{
					label: "Lines",
					text: "Excel 2010 and LibreOffice 7.4 and later show them. A gap is a week without a log. Printed is all but the weeks themselves.",
				},
				{
					label: "At least, at most",
					text: "One person may use several servers of a client: the largest server's figure, and the sum over all of them.",
				},
				{
					label: "After an edit",
					text: 'The sheet "Clients" follows the figures of the sheet "Usage Report"; three hidden columns at its end say which row counts for what.',
				},
				{
					label: "Edits of paid users",
					text: "Change what is paid for in every row of the subscription: a row that differs from the one that counts is coloured.",
				},
			],
		},
		{ heading: "Flags", lines: FLAG_NAMES.map((name) => ({ label: name, text: FLAG_LEGEND[name].meaning, tone: FLAG_LEGEND[name].tone })) },
	];
	const facts = [
		{ label: "As of (UTC)", value: { instant: report.asOf } },
		{ label: "Rows of the report", value: { count: report.rows.length } },
		{ label: "Logs after that instant", value: { text: describeFutureLogs(report.logsAfterAsOf) } },
	];
	await addAboutSheet(draft, "Client usage report", facts, sections, about);
}

function describeChoice({ inWords, of }: NonNullable<ReportAbout["shown"]>, { rows }: UsageReport): AboutSection {
	return {
		heading: "Servers in this workbook",
		lines: [
			{
				label: "How many",
				text: `${formatCount(rows.length)} of ${formatCount(of)}. The sheets "Clients" and "Weekly History" are about the clients and servers of these rows.`,
			},
			...inWords.map((text, index) => ({ label: index === 0 ? "Which" : "", text })),
			{ label: "Totals", text: "The totals of a client are over all its servers, also over those that are not in this workbook." },
		],
	};
}

function describeFutureLogs(count: number): string {
	return count === 0 ? "None" : `${formatCount(count)}, which count nowhere in this report`;
}
