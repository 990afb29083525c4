import { isAbsolute } from "node:path";
import type { InstantMs } from "../../core/dates/instant.ts";
import { findOutlook, findOutlooks } from "../../core/subscriptions/outlook.ts";
import { isChoosing, selectServers } from "../../core/subscriptions/select-servers.ts";
import { t } from "../../core/texts/translate.ts";
import { writeUsageReportWorkbook } from "../../core/workbook/usage-report-workbook.ts";
import { toReportJson } from "../../workspace/runs/results-json.ts";
import { type ReportRun, runReport } from "../../workspace/runs/run-report.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { describeOutlook } from "../describe-outlook.ts";
import { describeServerFilter } from "../describe-server-filter.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { ReportParams, ReportResult, ReportRow } from "../protocol/report-messages.ts";
import type { ExportParams, ExportResult, Failure } from "../protocol/requests.ts";

/** Data problems that an answer carries at most; a workbook has more of them. */
const MAX_PROBLEMS = 1000;

/** The client usage report over some projects, or over all of the workspace. */
export async function openReport(
	workspace: Workspace,
	{ uris }: ReportParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ReportResult | Failure> {
	const run = await withProgress(progress, t("Making the usage report"), (onProgress) =>
		runReport(workspace, uris, { signal, onProgress }),
	);
	if (run.failed) return run;
	const { report, subscriptionUris } = run;
	const json = toReportJson(run);
	const outlooks = findOutlooks(report);
	const noLogs = findOutlook([], report.asOf);
	const rows = report.rows.map(
		(row, index): ReportRow => ({
			...json.rows[index]!,
			flagDetails: row.flags.map((flag) => flag.detail),
			project: row.subscription === null ? null : (subscriptionUris[row.subscription] ?? null),
			...describeOutlook(row, outlooks.get(row.server) ?? noLogs, report.asOf),
		}),
	);
	return { failed: false, ...json, leftOut: run.leftOut, rows, problems: json.problems.slice(0, MAX_PROBLEMS) };
}

/**
 * Writes the usage report, or the servers of it that a filter shows, to a workbook. `now` is when that is done, which the figures do
 * not depend on.
 */
export async function exportReport(
	workspace: Workspace,
	now: () => InstantMs,
	{ uris, file, filter = {} }: ExportParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ExportResult | Failure> {
	if (!isAbsolute(file)) return { failed: true, message: t`"${file}" is not a full file name.` };
	return withProgress(progress, t("Exporting the usage report to Excel"), async (onProgress) => {
		const run = await runReport(workspace, uris, { signal, onProgress });
		if (run.failed) return run;
		const about = aboutReport(run, now());
		const written = isChoosing(filter)
			? await writeUsageReportWorkbook(
					file,
					selectServers(run.report, filter),
					{ ...about, shown: { inWords: describeServerFilter(filter), of: run.report.rows.length } },
					signal,
				)
			: await writeUsageReportWorkbook(file, run.report, about, signal);
		return written.written ? { failed: false, file, rows: written.rows } : { failed: true, message: written.message };
	});
}

function aboutReport(run: ReportRun, madeAt: InstantMs): Parameters<typeof writeUsageReportWorkbook>[2] {
	return { title: run.titles.join(", "), madeAt, sources: run.sources, problems: run.problems, problemCount: run.problemCount };
}
