import { nameAt } from "../core/columns/name-table.ts";
import { OUTCOMES } from "../core/usage/category.ts";
import type { Limits } from "../core/usage/limits.ts";
import { countOf, OUTCOME_GROUPS, type ProductCounts, type ProductsQuery } from "../core/usage/order-products.ts";
import { type ProductPrices, priceAt } from "../core/usage/product-prices.ts";
import { roundMoney } from "../core/usage/reclaim.ts";
import type { CategorizeRun } from "../workspace/runs/run-categorize.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Money, ProductRow } from "./protocol/preview-messages.ts";

/** The products of a preview in columns. */
export interface ProductView {
	readonly counts: ProductCounts;
	readonly prices: ProductPrices;
	/** The products that a query asks for, in its order. */
	order(query: ProductsQuery, signal: AbortSignal): Promise<Uint32Array>;
	rowAt(product: number): ProductRow;
}

/**
 * What some limits make of the products of a preview, beside what others make of them.
 * @param limits null for those of the preview.
 * @throws {JobFailure} and `signal.reason`.
 */
export async function viewProducts(
	{ results, views }: Workspace,
	{ instance, categorization, counts: own }: CategorizeRun,
	limits: Limits | null,
	against: Limits | null,
	signal: AbortSignal,
): Promise<ProductView> {
	const { products } = categorization.estate;
	const prices = await views.prices(products, instance.unitPrices, signal);
	const counts =
		limits === null && against === null
			? { counts: own.byProduct, other: null, moved: null }
			: await views.countProducts(await results.profile(categorization, signal), limits ?? categorization.limits, against, signal);
	return {
		counts,
		prices,
		order: (query, orderSignal) => views.orderProducts(products, counts, prices, query, orderSignal),
		rowAt(product) {
			const price = priceAt(prices, product);
			const idle = countOf(counts.counts, product, OUTCOME_GROUPS.worth);
			return {
				product: nameAt(products, product),
				counts: countsAt(counts.counts, product),
				other: counts.other === null ? null : countsAt(counts.other, product),
				moved: counts.moved?.[product] ?? null,
				price: price === null ? null : { amount: price.price, currency: price.currency },
				worth: price === null || idle === 0 ? {} : { [price.currency]: roundMoney(price.price * idle) },
			};
		},
	};
}

/** Amounts by currency as a message has them. */
export function toMoney(amounts: ReadonlyMap<string, number>): Money {
	return Object.fromEntries(amounts);
}

function countsAt(counts: Uint32Array, product: number): readonly number[] {
	return [...counts.subarray(product * OUTCOMES.length, (product + 1) * OUTCOMES.length)];
}
