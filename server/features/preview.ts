import { isAbsolute } from "node:path";
import type { InstantMs } from "../../core/dates/instant.ts";
import { t } from "../../core/texts/translate.ts";
import { writePreviewWorkbook } from "../../core/workbook/preview-workbook.ts";
import { type CategorizeRun, inWords, runCategorize } from "../../workspace/runs/run-categorize.ts";
import { describeQuery } from "../describe-query.ts";
import { createRowMaker } from "../installation-rows.ts";
import { placesOfPage } from "../page-places.ts";
import { summarizePreview } from "../preview-summary.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { ExportPreviewParams, PreviewPage, PreviewPageParams, PreviewParams, PreviewSummary } from "../protocol/preview-messages.ts";
import type { ExportResult, Failure } from "../protocol/requests.ts";
import { readQuery } from "../read-query.ts";
import { readLimits, recallView, type ViewContext } from "../recall-view.ts";

/** Categorized instances for the preview: a summary first, then its installations page by page, never all at once. */
export interface Previews {
	/** Loads and categorizes; pages that are asked for later belong to this answer, whatever changes or vanishes meanwhile. */
	open(params: PreviewParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewSummary | Failure>;
	/** Some of the installations that a query asks for, of the last summary that there was, be it with other limits. */
	page(params: PreviewPageParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewPage | Failure>;
	/** Writes the installations of the instance as it is now: all of them, or what a query and limits that are tried show. */
	exportWorkbook(params: ExportPreviewParams, signal: AbortSignal, progress: ProgressReporter): Promise<ExportResult | Failure>;
}

/** The previews of one workspace. `now` is when a workbook is made, which its content does not depend on. */
export function createPreviews(context: ViewContext, now: () => InstantMs): Previews {
	const { workspace, kept } = context;
	return {
		async open({ uri }, signal, progress) {
			const run = await kept.open(uri, signal, progress);
			return run.failed ? run : inWords(summarizePreview(workspace, uri, run, signal));
		},
		async page({ uri, query: given, limits, ...page }, signal, progress) {
			const query = readQuery(given);
			if (typeof query === "string") return { failed: true, message: query };
			const view = await recallView(context, { uri, limits }, signal, progress);
			if (view.failed) return view;
			const order = await inWords(workspace.results.order(view.categorization, query, signal));
			if ("failed" in order) return order;
			const { offset, places } = placesOfPage(order, page);
			return { failed: false, offset, total: order.length, rows: Array.from(places, createRowMaker(view.categorization)) };
		},
		async exportWorkbook({ uris, file, query: given, limits: tried }, signal, progress) {
			const uri = uris[0];
			if (uri === undefined || uris.length > 1) return { failed: true, message: t("Name exactly one instance to export.") };
			if (!isAbsolute(file)) return { failed: true, message: t`"${file}" is not a full file name.` };
			const limits = readLimits(tried);
			if (limits !== null && "failed" in limits) return limits;
			const query = readQuery(given);
			if (typeof query === "string") return { failed: true, message: query };
			return withProgress(progress, t("Exporting the preview to Excel"), async (onProgress) => {
				const run = await runCategorize(workspace, uri, { signal, onProgress });
				if (run.failed) return run;
				const categorization = await inWords(
					workspace.results.recategorize(run.categorization, limits ?? run.categorization.limits, signal),
				);
				if ("failed" in categorization) return categorization;
				const order = given === undefined ? null : await inWords(workspace.results.order(categorization, query, signal));
				if (order !== null && "failed" in order) return order;
				const about = {
					...aboutPreview(run, now()),
					ownLimits: categorization === run.categorization ? null : run.categorization.limits,
					shown: order === null ? null : { order, inWords: describeQuery(query) },
				};
				const written = await writePreviewWorkbook(file, categorization, about, signal);
				return written.written ? { failed: false, file, rows: written.rows } : { failed: true, message: written.message };
			});
		},
	};
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
