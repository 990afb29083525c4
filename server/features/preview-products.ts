import { placesOfPage } from "../page-places.ts";
import type { ProgressReporter } from "../progress.ts";
import type { PreviewProductsPage, PreviewProductsParams } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { recallProducts } from "../recall-products.ts";
import type { ViewContext } from "../recall-view.ts";

/** Some products of a preview, counted with its limits or with others, and beside what yet others make of them. */
export async function pageProducts(
	context: ViewContext,
	params: PreviewProductsParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<PreviewProductsPage | Failure> {
	const products = await recallProducts(context, params, signal, progress);
	if (products.failed) return products;
	const { view, order } = products;
	const { offset, places } = placesOfPage(order, params);
	return { failed: false, offset, total: order.length, rows: Array.from(places, view.rowAt) };
}
