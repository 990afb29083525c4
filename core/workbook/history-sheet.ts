import { isBreak } from "../subscriptions/large-difference.ts";
import { weeksByServer } from "../subscriptions/outlook.ts";
import type { ReportWeek, UsageReport } from "../subscriptions/usage-report.ts";
import { startOfWeek } from "../subscriptions/usage-week.ts";
import { countCell, instantCell, textCell } from "./cell-styles.ts";
import { addTableSheet, type TableColumn } from "./table-sheet.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/**
 * Adds the sheet "Weekly History": one row per server and week, for pivot tables. Where any log has a version, two columns more say the
 * versions and the breaks.
 */
export async function addHistorySheet(draft: WorkbookDraft, report: UsageReport, footer: string): Promise<void> {
	const hasVersions = report.weeks.some(({ version }) => version !== undefined);
	const columns = hasVersions ? [...HISTORY_COLUMNS, ...versionColumns(report)] : HISTORY_COLUMNS;
	// Excel keeps the name "History" for itself and calls a file with such a sheet damaged.
	await addTableSheet(draft, { name: "Weekly History", footer, columns, rows: report.weeks, frozenColumns: 2 });
}

const HISTORY_COLUMNS: readonly TableColumn<ReportWeek>[] = [
	{ header: "Client", width: 30, cell: (row) => textCell(row.client) },
	{ header: "Server", width: 26, cell: (row) => textCell(row.server) },
	{ header: "Week From", width: 20, rightAligned: true, cell: (row) => instantCell(startOfWeek(row.week)) },
	{ header: "Logged At", width: 20, rightAligned: true, cell: (row) => instantCell(row.loggedAt) },
	{ header: "Active Registered", width: 14, rightAligned: true, cell: (row) => countCell(row.activeRegistered) },
	{ header: "Active Enterprise", width: 14, rightAligned: true, cell: (row) => countCell(row.activeEnterprise) },
	{ header: "Active Designers", width: 14, rightAligned: true, cell: (row) => countCell(row.activeDesigners) },
];

function versionColumns(report: UsageReport): readonly TableColumn<ReportWeek>[] {
	const breaks = new Set<object>();
	for (const weeks of weeksByServer(report).values()) {
		for (const [index, { log }] of weeks.entries()) if (isBreak(weeks, index)) breaks.add(log);
	}
	return [
		{ header: "Version", width: 14, cell: (row) => textCell(row.version ?? null) },
		{ header: "Break", width: 34, cell: (row) => textCell(breaks.has(row) ? "New version: counted another way" : null) },
	];
}
