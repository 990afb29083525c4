import type { InstantMs } from "../../core/dates/instant.ts";
import { replaceFile } from "../../core/output/replace-file.ts";
import { t } from "../../core/texts/translate.ts";
import type { Categorization } from "../../core/usage/categorization.ts";
import { writePreviewWorkbook } from "../../core/workbook/preview-workbook.ts";
import type { WriteResult } from "../../core/workbook/write-workbook.ts";
import { NDJSON_LINES, toInstallationText } from "../../workspace/runs/installation-lines.ts";
import { type CategorizeRun, inWords, runCategorize } from "../../workspace/runs/run-categorize.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { describeQuery } from "../describe-query.ts";
import { chooseFormat } from "../export-file.ts";
import { type OnRows, type ProgressReporter, withProgress } from "../progress.ts";
import type { ExportPreviewParams } from "../protocol/preview-messages.ts";
import type { ExportResult, Failure } from "../protocol/requests.ts";
import { readQuery } from "../read-query.ts";
import { readLimits } from "../recall-view.ts";

/**
 * Writes the installations of the instance as it is now, all of them or what a query and limits that are tried show: as a workbook, which says so,
 * as CSV or as NDJSON. `now` is when that is done, which the figures do not depend on.
 */
export async function exportPreview(
	workspace: Workspace,
	now: () => InstantMs,
	{ uris, file, query: given, limits: tried }: ExportPreviewParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ExportResult | Failure> {
	const uri = uris[0];
	if (uri === undefined || uris.length > 1) return { failed: true, message: t("Name exactly one instance to export.") };
	const chosen = await chooseFormat(workspace, file, ["xlsx", "csv", "ndjson"]);
	if (chosen.failed) return chosen;
	const { format } = chosen;
	const limits = readLimits(tried);
	if (limits !== null && "failed" in limits) return limits;
	const query = readQuery(given);
	if (typeof query === "string") return { failed: true, message: query };
	return withProgress(progress, t("Exporting the preview"), async (onProgress, onRows) => {
		const run = await runCategorize(workspace, uri, { signal, onProgress });
		if (run.failed) return run;
		const { results } = workspace;
		const categorization = await inWords(results.recategorize(run.categorization, limits ?? run.categorization.limits, signal));
		if ("failed" in categorization) return categorization;
		const order = await inWords(results.order(categorization, query, signal));
		if ("failed" in order) return order;
		const about = {
			...aboutPreview(run, now()),
			ownLimits: categorization === run.categorization ? null : run.categorization.limits,
			shown: given === undefined ? null : { order, inWords: describeQuery(query) },
			order,
			onRows,
		};
		const written =
			format === "xlsx"
				? await writePreviewWorkbook(file, categorization, about, signal)
				: await writeLines(file, format, { categorization, order }, signal, onRows);
		return written.written ? { failed: false, file, rows: written.rows } : { failed: true, message: written.message };
	});
}

async function writeLines(
	file: string,
	format: "csv" | "ndjson",
	{ categorization, order }: { readonly categorization: Categorization; readonly order: Uint32Array },
	signal: AbortSignal,
	onRows: OnRows,
): Promise<WriteResult> {
	const form = format === "csv" ? (await import("../../workspace/runs/results-csv.ts")).CSV_LINES : NDJSON_LINES;
	const result = await replaceFile(
		file,
		async (sink) => {
			let written = 0;
			for (const { text, rows } of toInstallationText(categorization, order, form)) {
				// Others get their answers meanwhile.
				await sink.write(text);
				written += rows;
				onRows(written, order.length);
			}
			return written;
		},
		signal,
	);
	return result.written ? { written: true, rows: result.value } : result;
}

function aboutPreview(run: CategorizeRun, madeAt: InstantMs): Parameters<typeof writePreviewWorkbook>[2] {
	return {
		title: run.instanceName,
		madeAt,
		sources: run.sources,
		problems: run.loaded.problems,
		problemCount: run.loaded.problemCount,
		limitsFromProject: run.limitsFromProject,
	};
}
