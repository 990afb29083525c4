import { isAbsolute } from "node:path";
import type { InstantMs } from "../../core/dates/instant.ts";
import { writeUsageReportWorkbook } from "../../core/workbook/usage-report-workbook.ts";
import { toReportJson } from "../../workspace/runs/results-json.ts";
import { type ReportRun, runReport } from "../../workspace/runs/run-report.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { ReportParams, ReportResult } from "../protocol/report-messages.ts";
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
	const run = await withProgress(progress, "Making the usage report", (onProgress) => runReport(workspace, uris, { signal, onProgress }));
	if (run.failed) return run;
	const json = toReportJson(run);
	const rows = json.rows.map((row, index) => ({ ...row, flagDetails: (run.report.rows[index]?.flags ?? []).map((flag) => flag.detail) }));
	return { failed: false, ...json, leftOut: run.leftOut, rows, problems: json.problems.slice(0, MAX_PROBLEMS) };
}

/** Writes the usage report to a workbook. `now` is when that is done, which the figures do not depend on. */
export async function exportReport(
	workspace: Workspace,
	now: () => InstantMs,
	{ uris, file }: ExportParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ExportResult | Failure> {
	if (!isAbsolute(file)) return { failed: true, message: `"${file}" is not a full file name.` };
	return withProgress(progress, "Exporting the usage report to Excel", async (onProgress) => {
		const run = await runReport(workspace, uris, { signal, onProgress });
		if (run.failed) return run;
		const written = await writeUsageReportWorkbook(file, run.report, aboutReport(run, now()), signal);
		return written.written ? { failed: false, file, rows: written.rows } : { failed: true, message: written.message };
	});
}

function aboutReport(run: ReportRun, madeAt: InstantMs): Parameters<typeof writeUsageReportWorkbook>[2] {
	return { title: run.titles.join(", "), madeAt, sources: run.sources, problems: run.problems, problemCount: run.problemCount };
}
