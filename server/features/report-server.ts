import { formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { findOutlook, weeksByServer } from "../../core/subscriptions/outlook.ts";
import { buildUsageReport } from "../../core/subscriptions/usage-report.ts";
import { startOfWeek } from "../../core/subscriptions/usage-week.ts";
import { t } from "../../core/texts/translate.ts";
import type { HistoryChoice } from "../../workspace/runs/keep-history.ts";
import { loadReportData } from "../../workspace/runs/run-report.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { describeLog, describeProjection } from "../describe-outlook.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { ReportServerParams, ReportServerResult } from "../protocol/report-messages.ts";
import type { Failure } from "../protocol/requests.ts";

/** Logs that an answer carries at most. */
const MAX_LOGS = 500;

/**
 * The weeks and the logs of one server, as one row of the usage report over the same projects has them. Where several subscriptions of
 * the client name the server, it is the row that stands first in the report.
 */
export async function openReportServer(
	workspace: Workspace,
	history: HistoryChoice,
	{ uris, client, server }: ReportServerParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ReportServerResult | Failure> {
	const data = await withProgress(progress, t`Reading the logs of ${server}`, (onProgress) =>
		loadReportData(workspace, uris, { history, signal, onProgress }),
	);
	if (data.failed) return data;
	const logs = data.logs.filter((log) => log.server.trim() === server);
	const report = buildUsageReport(
		data.subscriptions.map(({ subscription }) => subscription),
		logs,
		data.asOf,
	);
	const row = report.rows.find((candidate) => candidate.server === server && candidate.client === client);
	if (row === undefined) {
		const whose = client === null ? t("a server without subscription") : t`a server of ${client}`;
		return { failed: true, message: t`The report has no row for "${server}" as ${whose} any more. Run it again.` };
	}
	const outlook = findOutlook(weeksByServer(report).get(server) ?? [], data.asOf);
	return {
		failed: false,
		server,
		client,
		weeks: outlook.weeks.map(({ week, log, breakBefore }) => ({
			start: formatInstant(startOfWeek(week)),
			logged: log === null ? null : describeLog(log),
			breakBefore,
		})),
		logs: logs
			.toSorted((a, b) => b.loggedAt - a.loggedAt)
			.slice(0, MAX_LOGS)
			.map(describeLog),
		logCount: logs.length,
		projection: describeProjection(outlook, row.renewalDate, data.asOf),
		paid: { registered: row.registeredUsers, enterprise: row.enterpriseUsers, designers: row.designerUsers },
		renewalDate: row.renewalDate === null ? null : formatDay(row.renewalDate),
	};
}
