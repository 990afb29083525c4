import { isAbsolute } from "node:path";
import type { InstantMs } from "../../core/dates/instant.ts";
import { orderByDeviceAndProduct } from "../../core/usage/categorize.ts";
import { writePreviewWorkbook } from "../../core/workbook/preview-workbook.ts";
import { toCategorizeJson, toInstallationJson } from "../../workspace/results-json.ts";
import { type CategorizeRun, runCategorize } from "../../workspace/run-categorize.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type {
	ExportParams,
	ExportResult,
	Failure,
	PreviewPage,
	PreviewPageParams,
	PreviewParams,
	PreviewSummary,
} from "../protocol/requests.ts";

/** Categorized instances for the preview: a summary first, then its installations page by page, never all at once. */
export interface Previews {
	/** Loads and categorizes; pages that are asked for later belong to this answer, whatever changes meanwhile. */
	open(params: PreviewParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewSummary | Failure>;
	page(params: PreviewPageParams, signal: AbortSignal): Promise<PreviewPage | Failure>;
	/** Writes all installations of the instance as it is now. */
	exportWorkbook(params: ExportParams, signal: AbortSignal, progress: ProgressReporter): Promise<ExportResult | Failure>;
}

/** Previews whose installations are kept for paging; an older one is loaded again when it is asked for. */
const KEPT_PREVIEWS = 4;

/** Rows of one page at most. */
const MAX_PAGE_ROWS = 1000;

/** Data problems that a summary carries at most; a workbook has more of them. */
const MAX_PROBLEMS = 1000;

/** The previews of one workspace. `now` is when a workbook is made, which its content does not depend on. */
export function createPreviews(workspace: Workspace, now: () => InstantMs): Previews {
	const kept = new Map<string, KeptPreview>();

	async function load(uri: string, signal: AbortSignal, progress: ProgressReporter): Promise<KeptPreview | Failure> {
		const run = await withProgress(progress, "Categorizing installations", (onProgress) =>
			runCategorize(workspace, uri, { signal, onProgress }),
		);
		if (run.failed) return run;
		return keep({ failed: false, run, order: orderByDeviceAndProduct(run.categorization.estate) });
	}

	function keep(preview: KeptPreview): KeptPreview {
		kept.delete(preview.run.uri);
		kept.set(preview.run.uri, preview);
		for (const uri of kept.keys()) {
			if (kept.size <= KEPT_PREVIEWS) break;
			kept.delete(uri);
		}
		return preview;
	}

	return {
		async open({ uri }, signal, progress) {
			kept.delete(workspace.canonicalUri(uri));
			const preview = await load(uri, signal, progress);
			return preview.failed ? preview : toSummary(uri, preview.run);
		},
		async page({ uri, offset, limit }, signal) {
			const known = kept.get(workspace.canonicalUri(uri));
			const preview = known === undefined ? await load(uri, signal, SILENT) : keep(known);
			if (preview.failed) return preview;
			const start = clamp(offset, 0, preview.order.length);
			const installations = preview.order.subarray(start, start + clamp(limit, 1, MAX_PAGE_ROWS));
			const rows = Array.from(installations, (installation) => toInstallationJson(preview.run.categorization, installation));
			return { failed: false, offset: start, total: preview.order.length, rows };
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

interface KeptPreview {
	readonly failed: false;
	readonly run: CategorizeRun;
	/** Installations by device, then product. */
	readonly order: Int32Array;
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

/** For a page that has to load its preview again: nobody asked for progress. */
const SILENT: ProgressReporter = { begin: () => {}, report: () => {}, done: () => {} };
