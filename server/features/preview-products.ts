import { inWords } from "../../workspace/runs/run-categorize.ts";
import { clampCount } from "../clamp-count.ts";
import { viewProducts } from "../product-view.ts";
import type { ProgressReporter } from "../progress.ts";
import type { PreviewProductsPage, PreviewProductsParams } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readProductQuery } from "../read-query.ts";
import { readLimits, type ViewContext } from "../recall-view.ts";

/** Rows of one page at most. */
const MAX_PAGE_ROWS = 1000;

/** Some products of a preview, counted with its limits or with others, and beside what yet others make of them. */
export async function pageProducts(
	{ workspace, kept }: ViewContext,
	{ uri, offset, limit, query: given, limits: tried, against: compared }: PreviewProductsParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<PreviewProductsPage | Failure> {
	const limits = readLimits(tried);
	const against = readLimits(compared);
	if (limits !== null && "failed" in limits) return limits;
	if (against !== null && "failed" in against) return against;
	const query = readProductQuery(given, against !== null);
	if (typeof query === "string") return { failed: true, message: query };
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	const view = await inWords(viewProducts(workspace, run, limits, against, signal));
	if ("failed" in view) return view;
	const order = await inWords(view.order(query, signal));
	if ("failed" in order) return order;
	const start = clampCount(offset, 0, order.length);
	const rows = Array.from(order.subarray(start, start + clampCount(limit, 1, MAX_PAGE_ROWS)), view.rowAt);
	return { failed: false, offset: start, total: order.length, rows };
}
