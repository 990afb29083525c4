import type { NameTable } from "../../core/columns/name-table.ts";
import type { UnitPrice } from "../../core/config/model.ts";
import type { Categorization } from "../../core/usage/categorization.ts";
import type { FoundNames } from "../../core/usage/find-names.ts";
import { LIMIT_NAMES, type Limits } from "../../core/usage/limits.ts";
import type { ProductCounts, ProductsQuery } from "../../core/usage/order-products.ts";
import type { ProductPrices } from "../../core/usage/product-prices.ts";
import { mergeRanges, type PlaceRange, type RowTotals } from "../../core/usage/sum-rows.ts";
import type { UsageProfile } from "../../core/usage/usage-profile.ts";
import type { Jobs } from "../jobs/job.ts";
import type { EstateResults } from "./estate-results.ts";
import { type LoadCache, type Weight, weighColumns } from "./load-cache.ts";

/**
 * What tables and charts show of a categorized estate, computed in jobs and kept with it. All of it throws `signal.reason` when aborted.
 */
export interface ViewResults {
	prices(products: NameTable, prices: readonly UnitPrice[], signal: AbortSignal): Promise<ProductPrices>;
	/** By list of patterns, 1 by product that one of them stands for. */
	matches(products: NameTable, patterns: readonly (readonly string[])[], signal: AbortSignal): Promise<readonly Uint8Array[]>;
	/** What limits make of each product. */
	countProducts(profile: UsageProfile, limits: Limits, against: Limits | null, signal: AbortSignal): Promise<ProductCounts>;
	/** The products that a query asks for, in its order. */
	orderProducts(
		products: NameTable,
		counts: ProductCounts,
		prices: ProductPrices,
		query: ProductsQuery,
		signal: AbortSignal,
	): Promise<Uint32Array>;
	/** Totals of some places of an order; what lies outside of it counts for nothing, what is named twice counts once. */
	sumRows(categorization: Categorization, order: Uint32Array, ranges: readonly PlaceRange[], signal: AbortSignal): Promise<RowTotals>;
	/** Names that have a text. */
	findNames(names: NameTable, text: string, limit: number, signal: AbortSignal): Promise<FoundNames>;
}

/** The results of one workspace. */
export function createViewResults(cache: LoadCache, jobs: Jobs, results: EstateResults): ViewResults {
	const names = new WeakMap<object, number>();
	let count = 0;

	function nameOf(object: object): number {
		let name = names.get(object);
		if (name === undefined) {
			name = ++count;
			names.set(object, name);
		}
		return name;
	}

	/** A result that is of no use without what it was made from. */
	function keep<Value>(
		parts: readonly unknown[],
		basis: unknown,
		start: (signal: AbortSignal) => Promise<Value>,
		signal: AbortSignal,
	): Promise<Value> {
		const weigh = (value: Value): Weight => weighColumns([value, basis]);
		return cache.load(JSON.stringify(["view", ...parts]), start, weigh, signal);
	}

	return {
		prices: (products, prices, signal) =>
			keep(
				["prices", nameOf(products.ends), prices],
				products,
				(loadSignal) => jobs.run("priceProducts", { products, prices }, { signal: loadSignal }),
				signal,
			),
		matches: (products, patterns, signal) =>
			keep(
				["matches", nameOf(products.ends), patterns],
				products,
				(loadSignal) => jobs.run("matchProducts", { products, patterns }, { signal: loadSignal }),
				signal,
			),
		countProducts: (profile, limits, against, signal) =>
			keep(
				["counts", nameOf(profile.settled), daysOf(limits), against === null ? null : daysOf(against)],
				profile,
				(loadSignal) => jobs.run("countProducts", { profile, limits, against }, { signal: loadSignal }),
				signal,
			),
		async orderProducts(products, counts, prices, query, signal) {
			const sorted = await results.sortNames(products, signal);
			if (isAll(query)) return sorted;
			return keep(
				["products", nameOf(counts.counts), counts.moved === null ? null : nameOf(counts.moved), nameOf(prices.priceOf), query],
				[counts, products],
				(loadSignal) => jobs.run("orderProducts", { products, sorted, counts, prices, query }, { signal: loadSignal }),
				signal,
			);
		},
		sumRows: (categorization, order, ranges, signal) =>
			jobs.run("sumRows", { categorization, order, ranges: mergeRanges(ranges, order.length) }, { signal }),
		findNames: (table, text, limit, signal) => jobs.run("findNames", { names: table, text, limit }, { signal }),
	};
}

function daysOf(limits: Limits): readonly number[] {
	return LIMIT_NAMES.map((name) => limits[name]);
}

function isAll({ text = "", outcomes, products, onlyDifferent = false, sort = [] }: ProductsQuery): boolean {
	return text === "" && outcomes === undefined && products === undefined && !onlyDifferent && sort.length === 0;
}
