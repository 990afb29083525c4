import { type NameTable, nameAt, nameCount } from "../columns/name-table.ts";
import { sharedUint8, sharedUint32 } from "../columns/shared-array.ts";
import type { UnitPrice } from "../config/model.ts";
import { OUTCOMES } from "./category.ts";
import { makeMatcher, makePriceLookup, sumWorth } from "./reclaim.ts";
import type { Reclaimed } from "./reclaimed-now.ts";

/** The prices of all products, in a column. */
export interface ProductPrices {
	readonly prices: readonly UnitPrice[];
	/** By product, the place of its price in `prices` counted from 1; 0 for a product without one. In shared memory. */
	readonly priceOf: Uint32Array;
}

/** What is not used enough, at the prices of its products, by currency in the order of the prices; what has no price counts for nothing. */
export interface UnusedWorth {
	readonly rarelyUsed: ReadonlyMap<string, number>;
	readonly unused: ReadonlyMap<string, number>;
}

/** Finds the price of each product: the first one that has a pattern for it. */
export function priceProducts(products: NameTable, prices: readonly UnitPrice[]): ProductPrices {
	const priceOf = sharedUint32(nameCount(products));
	if (prices.length > 0) {
		const findPrice = makePriceLookup(prices);
		const places = new Map(prices.map((price, place) => [price, place + 1]));
		for (let product = 0; product < priceOf.length; product++) {
			const price = findPrice(nameAt(products, product));
			if (price !== null) priceOf[product] = places.get(price)!;
		}
	}
	return { prices, priceOf };
}

/** By list of patterns, 1 by product that one of them stands for; in shared memory. */
export function matchProducts(products: NameTable, patterns: readonly (readonly string[])[]): readonly Uint8Array[] {
	const matchers = patterns.map(makeMatcher);
	const marks = patterns.map(() => sharedUint8(nameCount(products)));
	for (let product = 0; marks.length > 0 && product < nameCount(products); product++) {
		const name = nameAt(products, product);
		for (const [place, matches] of matchers.entries()) marks[place]![product] = Number(matches(name));
	}
	return marks;
}

/** The price of a product; null when it has none. */
export function priceAt({ prices, priceOf }: ProductPrices, product: number): UnitPrice | null {
	return prices[priceOf[product]! - 1] ?? null;
}

/** What installations are worth. @param countOf how many of a product. */
export function sumProductWorth({ prices, priceOf }: ProductPrices, countOf: (product: number) => number): ReadonlyMap<string, number> {
	const counts = new Float64Array(prices.length + 1);
	for (let product = 0; product < priceOf.length; product++) {
		if (priceOf[product] !== 0) counts[priceOf[product]!]! += countOf(product);
	}
	return sumWorth(
		prices,
		new Map(prices.flatMap((price, place) => (counts[place + 1] === 0 ? [] : [[price, counts[place + 1]!] as const]))),
	);
}

/**
 * What a policy takes of an estate, or would take if it were in force: as `findReclaimed`, where the products' names have been compared already.
 * @param matches 1 by product that the policy stands for.
 */
export function sumReclaimed(
	terms: ProductPrices,
	counts: Uint32Array,
	matches: Uint8Array,
	categories: readonly ("Unused" | "Rarely Used")[],
): Reclaimed {
	const places = [...(categories.includes("Unused") ? [UNUSED] : []), ...(categories.includes("Rarely Used") ? [RARELY_USED] : [])];
	const countOf = (product: number) => {
		if (matches[product] === 0) return 0;
		let sum = 0;
		for (const place of places) sum += counts[product * OUTCOMES.length + place]!;
		return sum;
	};
	let count = 0;
	for (let product = 0; product < matches.length; product++) count += countOf(product);
	return { count, worth: terms.prices.length === 0 ? new Map() : sumProductWorth(terms, countOf) };
}

/** Worth of all installations that are Rarely Used, and of those that are Unused. @param counts installations by product × outcome. */
export function sumUnusedWorth(prices: ProductPrices, counts: Uint32Array): UnusedWorth {
	if (prices.prices.length === 0) return { rarelyUsed: new Map(), unused: new Map() };
	return {
		rarelyUsed: sumProductWorth(prices, (product) => counts[product * OUTCOMES.length + RARELY_USED]!),
		unused: sumProductWorth(prices, (product) => counts[product * OUTCOMES.length + UNUSED]!),
	};
}

/** Places in `OUTCOMES` of what is not used enough. */
export const RARELY_USED = OUTCOMES.findIndex(({ category }) => category === "Rarely Used");
export const UNUSED = OUTCOMES.findIndex(({ category }) => category === "Unused");
