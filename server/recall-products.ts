import { inWords } from "../workspace/runs/run-categorize.ts";
import { type ProductView, viewProducts } from "./product-view.ts";
import type { ProgressReporter } from "./progress.ts";
import type { PreviewProductsParams } from "./protocol/preview-messages.ts";
import type { Failure } from "./protocol/requests.ts";
import { readProductQuery } from "./read-query.ts";
import { readLimits, type ViewContext } from "./recall-view.ts";

/** The products of a preview that a request asks for. */
export interface RecalledProducts {
	readonly failed: false;
	readonly view: ProductView;
	/** Those of the query, in its order. */
	readonly order: Uint32Array;
}

/** What a preview showed last of products, with the limits that a request tries and compares with; nothing is loaded anew for them. */
export async function recallProducts(
	{ workspace, kept }: ViewContext,
	{ uri, query: given, limits: tried, against: compared }: Pick<PreviewProductsParams, "uri" | "query" | "limits" | "against">,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<RecalledProducts | Failure> {
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
	return "failed" in order ? order : { failed: false, view, order };
}
