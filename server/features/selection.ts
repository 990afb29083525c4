import { t } from "../../core/texts/translate.ts";
import { sumOutcomes } from "../../core/usage/count-outcomes.ts";
import { countOf, OUTCOME_GROUPS } from "../../core/usage/order-products.ts";
import { sumProductWorth } from "../../core/usage/product-prices.ts";
import { inWords } from "../../workspace/runs/run-categorize.ts";
import { toMoney } from "../product-view.ts";
import type { ProgressReporter } from "../progress.ts";
import type { SelectionParams, SelectionResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readQuery, readRanges } from "../read-query.ts";
import { recallView, type ViewContext } from "../recall-view.ts";

/** Totals of some rows of a preview, in the order of the query that the rows were shown with. */
export async function sumSelection(
	context: ViewContext,
	{ uri, query: given, limits, ranges: chosen }: SelectionParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<SelectionResult | Failure> {
	const query = readQuery(given);
	if (typeof query === "string") return { failed: true, message: query };
	const ranges = readRanges(chosen);
	if (ranges === null)
		return { failed: true, message: t("The ranges of a selection are pairs of the first and the last row, counted from 0.") };
	const view = await recallView(context, { uri, limits }, signal, progress);
	if (view.failed) return view;
	return inWords(sumUp(context, view, query, ranges, signal));
}

async function sumUp(
	{ workspace: { results, views } }: ViewContext,
	{ run, categorization }: Extract<Awaited<ReturnType<typeof recallView>>, { failed: false }>,
	query: Exclude<ReturnType<typeof readQuery>, string>,
	ranges: NonNullable<ReturnType<typeof readRanges>>,
	signal: AbortSignal,
): Promise<SelectionResult> {
	const order = await results.order(categorization, query, signal);
	const { rows, devices, products, byProduct } = await views.sumRows(categorization, order, ranges, signal);
	const prices = await views.prices(categorization.estate.products, run.instance.unitPrices, signal);
	const worth =
		prices.prices.length === 0 ? new Map() : sumProductWorth(prices, (product) => countOf(byProduct, product, OUTCOME_GROUPS.worth));
	return {
		failed: false,
		rows,
		devices,
		products,
		totals: sumOutcomes(byProduct),
		worth: toMoney(worth),
	};
}
