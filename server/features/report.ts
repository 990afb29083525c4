import type { InstantMs } from "../../core/dates/instant.ts";
import { replaceFile } from "../../core/output/replace-file.ts";
import { writePieces } from "../../core/output/write-pieces.ts";
import { describeChoice } from "../../core/subscriptions/describe-choice.ts";
import { findOutlook, findOutlooksInSteps } from "../../core/subscriptions/outlook.ts";
import { isChoosing, selectServers } from "../../core/subscriptions/select-servers.ts";
import type { UsageReport } from "../../core/subscriptions/usage-report.ts";
import { t } from "../../core/texts/translate.ts";
import { writeUsageReportWorkbook } from "../../core/workbook/usage-report-workbook.ts";
import type { WriteResult } from "../../core/workbook/write-workbook.ts";
import { doInPieces } from "../../workspace/runs/in-pieces.ts";
import type { HistoryChoice } from "../../workspace/runs/keep-history.ts";
import { toReportJson, toReportRowJson } from "../../workspace/runs/results-json.ts";
import { type ReportRun, runReport } from "../../workspace/runs/run-report.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { describeOutlook } from "../describe-outlook.ts";
import { chooseFormat } from "../export-file.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { ReportParams, ReportResult, ReportRow } from "../protocol/report-messages.ts";
import type { ExportParams, ExportResult, Failure } from "../protocol/requests.ts";

/** Data problems that an answer carries at most; a workbook has more of them. */
const MAX_PROBLEMS = 1000;

/** The client usage report over some projects, or over all of the workspace. */
export async function openReport(
	workspace: Workspace,
	history: HistoryChoice,
	{ uris }: ReportParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ReportResult | Failure> {
	const run = await withProgress(progress, t("Making the usage report"), (onProgress) =>
		runReport(workspace, uris, { history, signal, onProgress }),
	);
	if (run.failed) return run;
	const { report, subscriptionUris } = run;
	const json = toReportJson(run);
	const outlooks = await doInPieces(findOutlooksInSteps(report), signal);
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
 * Writes the usage report, or the servers of it that a filter shows, to a workbook or as CSV. `now` is when that is done, which the figures do
 * not depend on.
 */
export async function exportReport(
	workspace: Workspace,
	history: HistoryChoice,
	now: () => InstantMs,
	{ uris, file, filter = {} }: ExportParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ExportResult | Failure> {
	const chosen = await chooseFormat(workspace, file, ["xlsx", "csv"]);
	if (chosen.failed) return chosen;
	return withProgress(progress, t("Exporting the usage report"), async (onProgress) => {
		const run = await runReport(workspace, uris, { history, signal, onProgress });
		if (run.failed) return run;
		const report = isChoosing(filter) ? selectServers(run.report, filter) : run.report;
		const shown = isChoosing(filter) ? { shown: { inWords: describeChoice(filter), of: run.report.rows.length } } : {};
		const written =
			chosen.format === "xlsx"
				? await writeUsageReportWorkbook(file, report, { ...aboutReport(run, now()), ...shown }, signal)
				: await writeReportCsv(file, report, signal);
		return written.written ? { failed: false, file, rows: written.rows } : { failed: true, message: written.message };
	});
}

async function writeReportCsv(file: string, { rows }: UsageReport, signal: AbortSignal): Promise<WriteResult> {
	const { toReportCsv } = await import("../../workspace/runs/results-csv.ts");
	const result = await replaceFile(file, (sink) => writePieces(sink, toReportCsv(rows.map(toReportRowJson))), signal);
	return result.written ? { written: true, rows: rows.length } : result;
}

function aboutReport(run: ReportRun, madeAt: InstantMs): Parameters<typeof writeUsageReportWorkbook>[2] {
	return { title: run.titles.join(", "), madeAt, sources: run.sources, problems: run.problems, problemCount: run.problemCount };
}
