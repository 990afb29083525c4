import { inWords } from "../../workspace/runs/run-categorize.ts";
import { createRowMaker } from "../installation-rows.ts";
import { placesOfPage } from "../page-places.ts";
import { summarizePreview } from "../preview-summary.ts";
import type { ProgressReporter } from "../progress.ts";
import type { PreviewPage, PreviewPageParams, PreviewParams, PreviewSummary } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readQuery } from "../read-query.ts";
import { recallView, type ViewContext } from "../recall-view.ts";

/** Categorized instances for the preview: a summary first, then its installations page by page, never all at once. */
export interface Previews {
	/** Loads and categorizes; pages that are asked for later belong to this answer, whatever changes or vanishes meanwhile. */
	open(params: PreviewParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewSummary | Failure>;
	/** Some of the installations that a query asks for, of the last summary that there was, be it with other limits. */
	page(params: PreviewPageParams, signal: AbortSignal, progress: ProgressReporter): Promise<PreviewPage | Failure>;
}

/** The previews of one workspace. */
export function createPreviews(context: ViewContext): Previews {
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
	};
}
