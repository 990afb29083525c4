import { type NameTable, nameAt, nameCount } from "../columns/name-table.ts";
import { sharedUint32 } from "../columns/shared-array.ts";
import { OUTCOMES } from "./category.ts";
import type { Limits } from "./limits.ts";
import { type ProductPrices, priceAt, RARELY_USED, UNUSED } from "./product-prices.ts";
import { countWithLimits, movedByProduct, type UsageProfile } from "./usage-profile.ts";

/** Limits whose counts are wanted. */
export interface CountProductsInput {
	readonly profile: UsageProfile;
	readonly limits: Limits;
	/** Other limits beside; null for none. */
	readonly against: Limits | null;
}

/** What limits make of each product, in shared memory. */
export interface ProductCounts {
	/** Installations by product × outcome. */
	readonly counts: Uint32Array;
	/** The same with the other limits; null without them. */
	readonly other: Uint32Array | null;
	/** By product, how many installations change category between the two; null without others. */
	readonly moved: Uint32Array | null;
}

/** Counts the installations of each product. */
export function countProducts({ profile, limits, against }: CountProductsInput): ProductCounts {
	return {
		counts: countWithLimits(profile, limits).byProduct,
		other: against === null ? null : countWithLimits(profile, against).byProduct,
		moved: against === null ? null : movedByProduct(profile, limits, against),
	};
}

/** What products can be sorted by, beside their outcomes. */
export type ProductSortColumn = "product" | "installations" | "used" | "rarelyUsed" | "unused" | "unreported" | "worth" | "moved";

/** Which products, and in which order. */
export interface ProductsQuery {
	/** A part of the name, in any case. */
	readonly text?: string;
	/** Places in `OUTCOMES`: at least one installation has one of them. */
	readonly outcomes?: readonly number[];
	/** Names, compared exactly. */
	readonly products?: readonly string[];
	/** Only products of which installations change category. */
	readonly onlyDifferent?: boolean;
	/** The first key counts most; what is equal by all keys is in the order of the names. A number is a place in `OUTCOMES`. */
	readonly sort?: readonly { readonly by: ProductSortColumn | number; readonly descending?: boolean }[];
}

/** The products of an estate in columns. */
export interface OrderProductsInput {
	readonly products: NameTable;
	/** Indices of all products in the order of their names. */
	readonly sorted: Uint32Array;
	readonly counts: ProductCounts;
	readonly prices: ProductPrices;
	readonly query: ProductsQuery;
}

/**
 * The products that a query asks for, in its order, in shared memory. Worth that has no price comes last, also when descending; worth of several
 * currencies, which cannot be compared, stands currency by currency, the one with the largest sum first.
 */
export function orderProducts(input: OrderProductsInput): Uint32Array {
	const { sort = [] } = input.query;
	let order = select(input);
	// Stable, so that the key that counts most comes last.
	for (const { by, descending = false } of sort.toReversed()) {
		if (by === "product") {
			const ranks = new Float64Array(input.sorted.length);
			for (let rank = 0; rank < input.sorted.length; rank++) ranks[input.sorted[rank]!] = rank;
			order = sortBy(order, (product) => ranks[product]!, descending);
		} else {
			order = sortBy(order, numberOf(input, by), descending);
			if (by === "worth") order = sortBy(order, currencyRank(input), false);
		}
	}
	return order;
}

/** How many of a product's installations a column of counts has. */
export function countOf(counts: Uint32Array, product: number, outcomes: readonly number[]): number {
	let sum = 0;
	for (const outcome of outcomes) sum += counts[product * OUTCOMES.length + outcome]!;
	return sum;
}

/** Places in `OUTCOMES` by what they are counted under. */
export const OUTCOME_GROUPS = {
	installations: OUTCOMES.map((_, place) => place),
	used: placesOf("Used"),
	rarelyUsed: placesOf("Rarely Used"),
	unused: placesOf("Unused"),
	unreported: placesOf("Unreported"),
	worth: [RARELY_USED, UNUSED],
} as const;

function placesOf(category: string): readonly number[] {
	return OUTCOMES.flatMap((outcome, place) => (outcome.category === category ? [place] : []));
}

function select({ products, sorted, counts, query }: OrderProductsInput): Uint32Array {
	const { text = "", outcomes, products: names, onlyDifferent = false } = query;
	const wantedText = text.toLowerCase();
	const wantedNames = names === undefined ? null : new Set(names);
	const isWanted = (product: number) => {
		if (onlyDifferent && counts.moved?.[product] === 0) return false;
		if (outcomes !== undefined && countOf(counts.counts, product, outcomes) === 0) return false;
		if (wantedNames === null && wantedText === "") return true;
		const name = nameAt(products, product);
		return (wantedNames?.has(name) ?? true) && name.toLowerCase().includes(wantedText);
	};
	const found = new Uint32Array(nameCount(products));
	let length = 0;
	for (const product of sorted) if (isWanted(product)) found[length++] = product;
	const chosen = sharedUint32(length);
	chosen.set(found.subarray(0, length));
	return chosen;
}

/** NaN for what is missing. */
function numberOf({ counts, prices }: OrderProductsInput, by: Exclude<ProductSortColumn, "product"> | number): (product: number) => number {
	if (by === "moved") return (product) => counts.moved?.[product] ?? Number.NaN;
	if (typeof by === "number") return (product) => countOf(counts.counts, product, [by]);
	const places = OUTCOME_GROUPS[by];
	if (by !== "worth") return (product) => countOf(counts.counts, product, places);
	return (product) => countOf(counts.counts, product, places) * (priceAt(prices, product)?.price ?? Number.NaN);
}

function currencyRank({ counts, prices }: OrderProductsInput): (product: number) => number {
	const currencies = sortedCurrencies(counts.counts, prices);
	return (product) => {
		const price = priceAt(prices, product);
		return price === null ? Number.NaN : currencies.indexOf(price.currency);
	};
}

/** The currencies of the prices, that with the largest worth of Rarely Used and Unused first; equal ones in code-unit order. */
export function sortedCurrencies(counts: Uint32Array, prices: ProductPrices): readonly string[] {
	const sums = new Map(prices.prices.map(({ currency }) => [currency, 0]));
	if (sums.size > 1) {
		for (let product = 0; product < prices.priceOf.length; product++) {
			const price = priceAt(prices, product);
			if (price === null) continue;
			sums.set(price.currency, sums.get(price.currency)! + price.price * countOf(counts, product, OUTCOME_GROUPS.worth));
		}
	}
	return [...sums].sort(([one, oneSum], [other, otherSum]) => otherSum - oneSum || (one < other ? -1 : 1)).map(([currency]) => currency);
}

/** Stable counting sort by the ranks of the values; NaN comes last in both directions. */
function sortBy(order: Uint32Array, value: (product: number) => number, descending: boolean): Uint32Array {
	const values = Float64Array.from(order, value);
	const different = values.filter((one) => !Number.isNaN(one)).sort();
	let last = -1;
	for (const one of different) if (last < 0 || one !== different[last]) different[++last] = one;
	const placeOf = (one: number) => {
		if (Number.isNaN(one)) return last + 1;
		let low = 0;
		let high = last;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (different[middle]! < one) low = middle + 1;
			else high = middle;
		}
		return descending ? last - low : low;
	};
	const places = Uint32Array.from(values, placeOf);
	const next = new Uint32Array(last + 3);
	for (const place of places) next[place + 1]!++;
	for (let place = 0; place < last + 2; place++) next[place + 1]! += next[place]!;
	const sorted = sharedUint32(order.length);
	for (let index = 0; index < order.length; index++) sorted[next[places[index]!]!++] = order[index]!;
	return sorted;
}
