import type { ReclaimPolicy, UnitPrice } from "../config/model.ts";
import { OUTCOMES } from "./category.ts";
import { judgePolicies } from "./reclaim.ts";
import type { ProductMoves } from "./usage-profile.ts";

/** What one policy takes of an estate as it is, whether or not the policy is in force. */
export interface Reclaimed {
	/** Installations. */
	readonly count: number;
	/** By currency, in the order of the prices; installations without a price count for none. */
	readonly worth: ReadonlyMap<string, number>;
}

/**
 * What a policy reclaims, or would reclaim if it were published and switched on: by the same rules and prices as what other limits make of it.
 * @param products those that its patterns stand for; others make no difference.
 * @param counts installations by product × outcome.
 */
export function findReclaimed(
	policy: ReclaimPolicy,
	prices: readonly UnitPrice[],
	products: readonly number[],
	counts: Uint32Array,
	nameOf: (product: number) => string,
): Reclaimed {
	// All that it takes is what it would take on top of nothing.
	const [impact] = judgePolicies([{ ...policy, state: "published", enabled: true }], prices, holdingsOf(products, counts), nameOf);
	return { count: impact?.newlyReclaimed ?? 0, worth: impact?.savings ?? new Map() };
}

/** Rarely Used and Unused installations of products, as if they had just come from Used. */
function holdingsOf(products: readonly number[], counts: Uint32Array): readonly ProductMoves[] {
	const holdings: ProductMoves[] = [];
	for (const product of products) {
		const moves = RECLAIMABLE.flatMap(({ category, place }) => {
			const count = counts[product * OUTCOMES.length + place]!;
			return count === 0 ? [] : [{ from: "Used" as const, to: category, count }];
		});
		if (moves.length > 0) holdings.push({ product, moves });
	}
	return holdings;
}

const RECLAIMABLE = OUTCOMES.flatMap(({ category }, place) =>
	category === "Rarely Used" || category === "Unused" ? [{ category, place }] : [],
);
