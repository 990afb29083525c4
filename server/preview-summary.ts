import { countOf, OUTCOME_GROUPS, sortedCurrencies } from "../core/usage/order-products.ts";
import { type ProductPrices, priceAt, sumReclaimed, sumUnusedWorth } from "../core/usage/product-prices.ts";
import { isInForce, type ProductTerms } from "../core/usage/reclaim.ts";
import { findReferences } from "../workspace/runs/limit-references.ts";
import { toDataProblemJson, toLimitsJson, toSummaryJson } from "../workspace/runs/results-json.ts";
import type { CategorizeRun } from "../workspace/runs/run-categorize.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ProductView, toMoney, viewProducts } from "./product-view.ts";
import type { PreviewPolicy, PreviewSummary, ProductRow } from "./protocol/preview-messages.ts";
import { PREVIEW_OPTIONAL_COLUMNS } from "./protocol/preview-messages.ts";
import { placeProblems } from "./source-places.ts";

/** Data problems that a summary carries at most; a workbook has more of them. */
const MAX_PROBLEMS = 1000;

/** Products that a summary names. */
const TOP_PRODUCTS = 10;

/**
 * What a preview shows before anybody asks for rows.
 * @throws {JobFailure} and `signal.reason`.
 */
export async function summarizePreview(
	workspace: Workspace,
	uri: string,
	run: CategorizeRun,
	signal: AbortSignal,
): Promise<PreviewSummary> {
	const { instance, counts, loaded, categorization } = run;
	const view = await viewProducts(workspace, run, null, null, signal);
	const worth = sumUnusedWorth(view.prices, counts.byProduct);
	const [references, problems] = await Promise.all([
		findReferences(workspace, run, signal),
		placeProblems(workspace, run.uri, instance.dataSources, loaded.problems.slice(0, MAX_PROBLEMS).map(toDataProblemJson), signal),
	]);
	const { limits, ...summary } = toSummaryJson(run);
	return {
		failed: false,
		uri,
		...summary,
		limits,
		limitsFromProject: run.limitsFromProject,
		currencies: listCurrencies(view.prices),
		worth: { unused: toMoney(worth.unused), rarelyUsed: toMoney(worth.rarelyUsed) },
		topProducts: await listTopProducts(view, signal),
		policies: await listPolicies(workspace, run, view.prices, signal),
		references: references.map(({ kind, name, limits: other }) => ({ kind, name, limits: toLimitsJson(other) })),
		columns: PREVIEW_OPTIONAL_COLUMNS.filter((column) => categorization.estate[column] !== null),
		problems,
		problemCount: loaded.problemCount,
	};
}

/**
 * Policies and prices by the products of a run, for whatever is reclaimed.
 * @throws {JobFailure} and `signal.reason`.
 */
export async function findTerms(
	workspace: Workspace,
	run: CategorizeRun,
	prices: ProductPrices,
	signal: AbortSignal,
): Promise<ProductTerms> {
	const matches = await findMatches(workspace, run, signal);
	return {
		matcherOf: (_, place) => (product) => matches[place]![product] === 1,
		priceOf: (product) => priceAt(prices, product),
	};
}

/** By policy, 1 by product that it stands for. */
async function findMatches(
	{ views }: Workspace,
	{ instance, categorization }: CategorizeRun,
	signal: AbortSignal,
): Promise<readonly Uint8Array[]> {
	const patterns = instance.reclaimPolicies.map(({ products }) => products);
	return patterns.length === 0 ? [] : views.matches(categorization.estate.products, patterns, signal);
}

function listCurrencies({ prices, priceOf }: ProductPrices): readonly string[] {
	const used = new Set<number>(prices.length === 0 ? [] : priceOf);
	return [...new Set(prices.flatMap(({ currency }, place) => (used.has(place + 1) ? [currency] : [])))].sort();
}

async function listTopProducts(view: ProductView, signal: AbortSignal): Promise<readonly ProductRow[]> {
	const { counts, prices } = view;
	const [currency] = sortedCurrencies(counts.counts, prices);
	const priced =
		currency === undefined ? [] : (await view.order({ sort: [{ by: "worth", descending: true }] }, signal)).subarray(0, TOP_PRODUCTS);
	const top = [...priced].filter(
		(product) => priceAt(prices, product)?.currency === currency && countOf(counts.counts, product, OUTCOME_GROUPS.worth) > 0,
	);
	if (top.length > 0) return top.map(view.rowAt);
	const unused = await view.order({ sort: [{ by: "unused", descending: true }] }, signal);
	return [...unused.subarray(0, TOP_PRODUCTS)]
		.filter((product) => countOf(counts.counts, product, OUTCOME_GROUPS.unused) > 0)
		.map(view.rowAt);
}

async function listPolicies(
	workspace: Workspace,
	run: CategorizeRun,
	prices: ProductPrices,
	signal: AbortSignal,
): Promise<readonly PreviewPolicy[]> {
	const { instance, counts } = run;
	const policies = instance.reclaimPolicies;
	if (policies.length === 0) return [];
	const matches = await findMatches(workspace, run, signal);
	return policies.map((policy, place) => {
		const { count, worth } = sumReclaimed(prices, counts.byProduct, matches[place]!, policy.categories);
		return {
			name: policy.name,
			action: policy.action,
			state: policy.state,
			enabled: policy.enabled,
			inForce: isInForce(policy),
			reclaims: count,
			worth: toMoney(worth),
		};
	});
}
