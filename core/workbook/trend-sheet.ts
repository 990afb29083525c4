import { formatDay } from "../dates/day-number.ts";
import { utcDayOf } from "../dates/instant.ts";
import { findOutlook, type OutlookWeek, projectToRenewal, type ServerOutlook, weeksByServer } from "../subscriptions/outlook.ts";
import { TREND_WEEKS } from "../subscriptions/trend.ts";
import type { UserType } from "../subscriptions/usage-log.ts";
import type { UsageReport, UsageReportRow } from "../subscriptions/usage-report.ts";
import { startOfWeek, weekOf } from "../subscriptions/usage-week.ts";
import { countCell, dayCell, STYLES, type StyledCell, textCell } from "./cell-styles.ts";
import { letterOf } from "./column-letters.ts";
import { toExcelDay } from "./excel-date.ts";
import { sparklines } from "./sparklines.ts";
import { addTableSheet, type TableColumn } from "./table-sheet.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/** Stands where a server has too few weeks with a log. */
const NO_TREND = "no trend with under 6 weeks";

const USER_TYPES: readonly UserType[] = ["Registered", "Enterprise", "Designer"];

/**
 * Adds the sheet "Trend": the rows of the report with a line of their last 26 weeks, where their active users are heading, and the
 * figures of the line, a gap for a week without a log. The line reads the figures of its own row, so that both stay together when
 * somebody sorts the sheet.
 */
export async function addTrendSheet(draft: WorkbookDraft, report: UsageReport, footer: string): Promise<void> {
	const columns = [...ROW_COLUMNS, ...USER_TYPES.flatMap((type) => typeColumns(type, report)), BREAKS_COLUMN, ...weekColumns(report)];
	const first = columns.length - TREND_WEEKS;
	const [breaks, from, to] = [letterOf(first - 1), letterOf(first), letterOf(columns.length - 1)] as const;
	await addTableSheet(draft, {
		name: "Trend",
		footer,
		columns,
		rows: withOutlooks(report),
		frozenColumns: 3,
		headerHeight: 72,
		leastRowHeight: 24,
		// The weeks would make the page too wide to be read, and the line shows them.
		lastPrintedColumn: breaks,
		fills: [{ columns: [from, to], formula: `ISNUMBER(SEARCH(${isoDate(`${from}$1`)},$${breaks}2))`, tone: "warning" }],
		extension: (lastRow) => sparklines({ sheet: "Trend", column: LINE_COLUMN, from, to, lastRow }),
	});
}

interface TrendRow {
	readonly row: UsageReportRow;
	readonly outlook: ServerOutlook;
}

/** One after the other, since the trends of many servers take longer than somebody waits for a cancel. */
function* withOutlooks(report: UsageReport): Iterable<TrendRow> {
	const weeks = weeksByServer(report);
	for (const row of report.rows) yield { row, outlook: findOutlook(weeks.get(row.server) ?? [], report.asOf) };
}

const LINE_COLUMN = "C";
const ROW_COLUMNS: readonly TableColumn<TrendRow>[] = [
	{ header: "Client", width: 26, cell: ({ row }) => textCell(row.client, { wrap: true }) },
	{ header: "Server", width: 20, cell: ({ row }) => textCell(row.server, { wrap: true }) },
	{ header: `Active Registered, Last ${TREND_WEEKS} Weeks`, width: 28, cell: () => textCell(null) },
	{ header: "Renewal Date", width: 12, rightAligned: true, cell: ({ row }) => dayCell(row.renewalDate) },
];

function typeColumns(type: UserType, { asOf }: UsageReport): readonly TableColumn<TrendRow>[] {
	const column = (header: string, cell: (row: TrendRow) => StyledCell): TableColumn<TrendRow> => ({
		header: `${type} ${header}`,
		width: 13,
		rightAligned: true,
		cell,
	});
	const slope = (bound: "low" | "high") => (row: TrendRow) => ({ value: row.outlook.trends[type]?.[bound] ?? null, style: STYLES.slope });
	const atRenewal = (bound: "expected" | "low" | "high") => (row: TrendRow) =>
		countCell(projectToRenewal(row.outlook.trends[type], row.row.renewalDate, asOf)?.[bound] ?? null);
	return [
		column("per Week", ({ outlook }) => {
			const trend = outlook.trends[type];
			return trend === null ? { value: NO_TREND, style: STYLES.groupNote } : { value: trend.perWeek, style: STYLES.groupSlope };
		}),
		column("per Week, Low", slope("low")),
		column("per Week, High", slope("high")),
		column("at Renewal", atRenewal("expected")),
		column("at Renewal, Low", atRenewal("low")),
		column("at Renewal, High", atRenewal("high")),
	];
}

const BREAKS_COLUMN: TableColumn<TrendRow> = {
	header: "Breaks",
	width: 24,
	cell: ({ outlook }) => {
		const breaks = outlook.weeks.filter((week) => week.breakBefore).map(describeBreak);
		return textCell(breaks.length === 0 ? null : breaks.join("\n"), { wrap: true });
	},
};

// The fill of the weeks looks for the day at the beginning.
function describeBreak({ week, log }: OutlookWeek): string {
	return `${formatDay(utcDayOf(startOfWeek(week)))}: version ${log?.version ?? ""}`;
}

function weekColumns({ asOf }: UsageReport): readonly TableColumn<TrendRow>[] {
	const first = weekOf(asOf) - TREND_WEEKS + 1;
	return Array.from({ length: TREND_WEEKS }, (_, place) => ({
		header: { value: toExcelDay(utcDayOf(startOfWeek(first + place))), style: STYLES.dayHeader },
		width: 8,
		cell: ({ outlook }) => countCell(outlook.weeks[place]?.log?.activeRegistered ?? null),
	}));
}

/** A cell's date as `YYYY-MM-DD`; the function TEXT would want the letters of the reader's language. */
function isoDate(cell: string): string {
	return `YEAR(${cell})&"-"&RIGHT("0"&MONTH(${cell}),2)&"-"&RIGHT("0"&DAY(${cell}),2)`;
}
