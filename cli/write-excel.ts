import { writePreviewWorkbook } from "../core/workbook/preview-workbook.ts";
import { type ReportAbout, writeUsageReportWorkbook } from "../core/workbook/usage-report-workbook.ts";
import type { WriteResult } from "../core/workbook/write-workbook.ts";
import type { CategorizeRun } from "../workspace/runs/run-categorize.ts";
import type { ReportRun } from "../workspace/runs/run-report.ts";
import { type CliFailure, type CliIo, failure } from "./cli-io.ts";

/**
 * Writes a categorized instance as an Excel file.
 * @param file absolute.
 * @param order all installations, in the order in which they are listed; absent when that is to be found out here.
 * @throws `signal.reason` when the signal is aborted.
 */
export async function writePreviewFile(
	io: Pick<CliIo, "now" | "signal">,
	file: string,
	run: CategorizeRun,
	order?: Uint32Array,
): Promise<CliFailure | null> {
	const about = {
		title: run.instanceName,
		madeAt: io.now(),
		sources: run.sources,
		problems: run.loaded.problems,
		problemCount: run.loaded.problemCount,
		limitsFromProject: run.limitsFromProject,
		unitPrices: run.instance.unitPrices,
		...(order === undefined ? {} : { order }),
	};
	return toFailure(await writePreviewWorkbook(file, run.categorization, about, io.signal), io.signal);
}

/**
 * Writes the usage report as an Excel file.
 * @param file absolute.
 * @param shown what was chosen of it; null for all.
 * @throws `signal.reason` when the signal is aborted.
 */
export async function writeReportFile(
	io: Pick<CliIo, "now" | "signal">,
	file: string,
	run: ReportRun,
	shown: ReportAbout["shown"] | null = null,
): Promise<CliFailure | null> {
	const about = {
		title: run.titles.join(", "),
		madeAt: io.now(),
		sources: run.sources,
		problems: run.problems,
		problemCount: run.problemCount,
		...(shown === null ? {} : { shown }),
	};
	return toFailure(await writeUsageReportWorkbook(file, run.report, about, io.signal), io.signal);
}

function toFailure(result: WriteResult, signal: AbortSignal): CliFailure | null {
	signal.throwIfAborted();
	return result.written ? null : failure(result.message);
}
