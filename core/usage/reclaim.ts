import type { ReclaimPolicy, UnitPrice } from "../config/model.ts";
import { matchesPattern, parsePattern } from "../config/pattern.ts";
import type { ProductMoves } from "./usage-profile.ts";

/** What other limits do to one policy. */
export interface PolicyImpact {
	readonly policy: ReclaimPolicy;
	/** False for a draft and for a policy that is off, which reclaim nothing under any limits. */
	readonly inForce: boolean;
	/** Installations that it reclaims with the new limits, but not with the old ones. */
	readonly newlyReclaimed: number;
	/** Installations that it reclaims with the old limits, but not with the new ones. */
	readonly noLongerReclaimed: number;
	/**
	 * By currency, in the order of the prices, what the newly reclaimed installations are worth, less what those are that are no longer
	 * reclaimed: negative when the worth of these is larger. Currencies in which no such installation has a price are absent.
	 */
	readonly savings: ReadonlyMap<string, number>;
}

/**
 * Judges each policy by itself, in the order given: an installation that two of them reclaim counts for both. A product is worth what
 * the first price says that has a pattern for it, and nothing when there is none.
 * @param nameOf the name of a product by its index.
 */
export function judgePolicies(
	policies: readonly ReclaimPolicy[],
	prices: readonly UnitPrice[],
	moves: readonly ProductMoves[],
	nameOf: (product: number) => string,
): readonly PolicyImpact[] {
	const findPrice = makePriceLookup(prices);
	const matchersOf = (policy: ReclaimPolicy) => {
		const matches = makeMatcher(policy.products);
		return (product: number) => matches(nameOf(product));
	};
	return judgeMatched(policies, prices, moves, { matcherOf: matchersOf, priceOf: (product) => findPrice(nameOf(product)) });
}

/** What is known of products by their indices. */
export interface ProductTerms {
	/** A test whether a policy stands for a product. */
	readonly matcherOf: (policy: ReclaimPolicy, place: number) => (product: number) => boolean;
	readonly priceOf: (product: number) => UnitPrice | null;
}

/** As {@link judgePolicies}, where the products' names have been compared already. */
export function judgeMatched(
	policies: readonly ReclaimPolicy[],
	prices: readonly UnitPrice[],
	moves: readonly ProductMoves[],
	{ matcherOf, priceOf }: ProductTerms,
): readonly PolicyImpact[] {
	return policies.map((policy, place) => {
		const inForce = isInForce(policy);
		const matches = matcherOf(policy, place);
		let newlyReclaimed = 0;
		let noLongerReclaimed = 0;
		const netByPrice = new Map<UnitPrice, number>();
		for (const { product, moves: own } of inForce ? moves : []) {
			if (!matches(product)) continue;
			const { gained, lost } = countReclaimed(policy, own);
			newlyReclaimed += gained;
			noLongerReclaimed += lost;
			const price = gained + lost > 0 ? priceOf(product) : null;
			if (price !== null) netByPrice.set(price, (netByPrice.get(price) ?? 0) + gained - lost);
		}
		return { policy, inForce, newlyReclaimed, noLongerReclaimed, savings: sumWorth(prices, netByPrice) };
	});
}

/**
 * How many installations, each once, some moves newly expose to mandatory policies in force: one of these reclaims what they become, and none
 * what they were.
 * @param nameOf the name of a product by its index.
 */
export function countExposed(
	policies: readonly ReclaimPolicy[],
	moves: readonly ProductMoves[],
	nameOf: (product: number) => string,
): number {
	const mandatory = policies.filter(isMandatory).map(({ products, categories }) => ({ matches: makeMatcher(products), categories }));
	if (mandatory.length === 0) return 0;
	return moves.reduce((sum, { product, moves: own }) => {
		const name = nameOf(product);
		const reclaimed = new Set<string>(mandatory.filter(({ matches }) => matches(name)).flatMap(({ categories }) => categories));
		const exposed = own.filter(({ from, to }) => reclaimed.has(to) && !reclaimed.has(from));
		return exposed.reduce((total, { count }) => total + count, sum);
	}, 0);
}

/** Whether a policy uninstalls without anyone's consent: it is in force, and mandatory. */
export function isMandatory(policy: ReclaimPolicy): boolean {
	return policy.action === "mandatory" && isInForce(policy);
}

/** Whether a policy reclaims anything at all: it is published and switched on. */
export function isInForce({ state, enabled }: ReclaimPolicy): boolean {
	return state === "published" && enabled;
}

/** A test whether one of some patterns stands for a product's name. */
export function makeMatcher(patterns: readonly string[]): (product: string) => boolean {
	const parsed = patterns.map(parsePattern);
	return (product) => parsed.some((pattern) => matchesPattern(pattern, product));
}

/** Finds the price of a product by its name: the first one that has a pattern for it; null when there is none. */
export function makePriceLookup(prices: readonly UnitPrice[]): (product: string) => UnitPrice | null {
	const matchers = prices.map((price) => ({ price, matches: makeMatcher(price.products) }));
	return (product) => matchers.find(({ matches }) => matches(product))?.price ?? null;
}

function countReclaimed({ categories }: ReclaimPolicy, moves: ProductMoves["moves"]): { readonly gained: number; readonly lost: number } {
	const reclaimed: readonly string[] = categories;
	let gained = 0;
	let lost = 0;
	for (const { from, to, count } of moves) {
		if (reclaimed.includes(from) === reclaimed.includes(to)) continue;
		if (reclaimed.includes(to)) gained += count;
		else lost += count;
	}
	return { gained, lost };
}

/** By currency, in the order of the prices, what numbers of installations are worth; a price without a number counts for nothing. */
export function sumWorth(prices: readonly UnitPrice[], netByPrice: ReadonlyMap<UnitPrice, number>): ReadonlyMap<string, number> {
	const savings = new Map<string, number>();
	for (const price of prices) {
		const net = netByPrice.get(price);
		if (net === undefined) continue;
		savings.set(price.currency, roundMoney((savings.get(price.currency) ?? 0) + net * price.price));
	}
	return savings;
}

/** An amount without what computing with prices such as 0.1 leaves behind; no currency needs more than six decimals. */
export function roundMoney(amount: number): number {
	const rounded = Math.round(amount * 1e6) / 1e6;
	// No sum is "minus nothing", and what is too large for decimals is left as it is.
	return Number.isFinite(rounded) ? rounded + 0 : amount;
}
