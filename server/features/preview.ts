import { isAbsolute } from "node:path";
import type { InstantMs } from "../../core/dates/instant.ts";
import { writePreviewWorkbook } from "../../core/workbook/preview-workbook.ts";
import { toCategorizeJson, toInstallationJson } from "../../workspace/runs/results-json.ts";
import { type CategorizeRun, inWords, runCategorize } from "../../workspace/runs/run-categorize.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { KeptPreviews } from "../kept-previews.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { PreviewPage, PreviewPageParams, PreviewParams, PreviewSummary } from "../protocol/preview-messages.ts";
import type { ExportParams, ExportResult, Failure } from "../protocol/requests.ts";
import { readQuery } from "../read-query.ts";

/** Categorized instances for the preview: a summary first, then its installations page by page, never all at once. */
export interface Previews {
	/** Loads and categorizes; pages that are asked for later belong to this answer, whatever changes or vanishes meanwhile. */
	open(params: PreviewParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewSummary | Failure>;
	/** Some of the installations that a query asks for, of the last summary that there was. */
	page(params: PreviewPageParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewPage | Failure>;
	/** Writes all installations of the instance as it is now. */
	exportWorkbook(params: ExportParams, signal: AbortSignal, progress: ProgressReporter): Promise<ExportResult | Failure>;
}

/** Rows of one page at most. */
const MAX_PAGE_ROWS = 1000;

/** Data problems that a summary carries at most; a workbook has more of them. */
const MAX_PROBLEMS = 1000;

/** The previews of one workspace. `now` is when a workbook is made, which its content does not depend on. */
export function createPreviews(workspace: Workspace, kept: KeptPreviews, now: () => InstantMs): Previews {
	return {
		async open({ uri }, signal, progress) {
			const run = await kept.open(uri, signal, progress);
			return run.failed ? run : toSummary(uri, run);
		},
		async page({ uri, offset, limit, query: given }, signal, progress) {
			const query = readQuery(given);
			if (typeof query === "string") return { failed: true, message: query };
			const run = await kept.recall(uri, signal, progress);
			if (run.failed) return run;
			const order = await inWords(workspace.results.order(run.categorization, query, signal));
			if ("failed" in order) return order;
			const start = clamp(offset, 0, order.length);
			const installations = order.subarray(start, start + clamp(limit, 1, MAX_PAGE_ROWS));
			const rows = Array.from(installations, (installation) => toInstallationJson(run.categorization, installation));
			return { failed: false, offset: start, total: order.length, rows };
		},
		async exportWorkbook({ uris, file }, signal, progress) {
			const uri = uris[0];
			if (uri === undefined || uris.length > 1) return { failed: true, message: "Name exactly one instance to export." };
			if (!isAbsolute(file)) return { failed: true, message: `"${file}" is not a full file name.` };
			return withProgress(progress, "Exporting the preview to Excel", async (onProgress) => {
				const run = await runCategorize(workspace, uri, { signal, onProgress });
				if (run.failed) return run;
				const written = await writePreviewWorkbook(file, run.categorization, aboutPreview(run, now()), signal);
				return written.written ? { failed: false, file, rows: written.rows } : { failed: true, message: written.message };
			});
		},
	};
}

function toSummary(uri: string, run: CategorizeRun): PreviewSummary {
	const { instance, asOf, endOfSync, limits, ...rest } = toCategorizeJson(run);
	return {
		failed: false,
		uri,
		instance,
		asOf,
		endOfSync,
		limits,
		limitsFromProject: run.limitsFromProject,
		...rest,
		problems: rest.problems.slice(0, MAX_PROBLEMS),
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

/** Not a number, or a fraction, is taken as the smallest. */
function clamp(value: number, smallest: number, largest: number): number {
	return Number.isInteger(value) ? Math.min(Math.max(value, smallest), largest) : smallest;
}
