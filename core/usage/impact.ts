import type { Limits } from "./limits.ts";
import {
	type CategoryMove,
	movesBetween,
	movesByProduct,
	type ProductMoves,
	totalsWithLimits,
	type UsageProfile,
} from "./usage-profile.ts";

/** What other limits do to an estate. */
export interface Impact {
	readonly from: Limits;
	readonly to: Limits;
	/** Installations that change category. */
	readonly moved: number;
	readonly moves: readonly CategoryMove[];
	/** Installations per outcome with the old and with the new limits, in the order of `OUTCOMES`. */
	readonly before: readonly number[];
	readonly after: readonly number[];
	/** Of the products that have moves, in the order of their indices. */
	readonly byProduct: readonly ProductMoves[];
}

/** What happens when limits change from some to others. A change of the reason of Unreported would be no move, but limits change none. */
export function findImpact(profile: UsageProfile, from: Limits, to: Limits): Impact {
	const moves = movesBetween(profile, from, to);
	return {
		from,
		to,
		moved: countMoved(moves),
		moves,
		before: totalsWithLimits(profile, from),
		after: totalsWithLimits(profile, to),
		byProduct: movesByProduct(profile, from, to),
	};
}

/** How many installations some moves are. */
export function countMoved(moves: readonly CategoryMove[]): number {
	return moves.reduce((sum, { count }) => sum + count, 0);
}
