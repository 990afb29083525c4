import { nameAt } from "../../core/columns/name-table.ts";
import { changedLimits, findLimitEffect, type LimitBasis, type LimitEffect } from "../../core/usage/limit-effect.ts";
import type { LimitName, Limits } from "../../core/usage/limits.ts";
import type { FileInsight, InstanceInsight } from "./insights.ts";

export { describeEffect } from "../../core/usage/describe-effect.ts";
export type { LimitBasis, LimitEffect } from "../../core/usage/limit-effect.ts";

/** The difference between the limits of a file as it is now and other limits of it. */
export interface LimitChange {
	readonly basis: LimitBasis;
	readonly from: Limits;
	/** As they apply now. */
	readonly to: Limits;
	/** The limits that differ, at least one, in the order of `LIMIT_NAMES`. */
	readonly changed: readonly LimitName[];
	/** What the whole change does; null where no estate is known: of projects, and while data is loaded or cannot be. */
	readonly effect: LimitEffect | null;
}

/**
 * What the limits of a file were changed from, with what that does: since the last commit, or, when nothing was changed since then or there is none,
 * since they were deployed. Null when they differ from neither, or nothing is known to compare with. Diagnostics, hovers, lenses and hints show this.
 */
export function describeLimitChange(insight: FileInsight): LimitChange | null {
	return compareLimits(insight, "committed") ?? compareLimits(insight, "deployed");
}

/** How the limits of a file differ from those of one basis; null when they do not, or these are not known. */
export function compareLimits(insight: FileInsight, basis: LimitBasis): LimitChange | null {
	const from = limitsOfBasis(insight, basis);
	const to = insight.limits;
	if (from === null || to === null) return null;
	const changed = changedLimits(from, to);
	return changed.length === 0 ? null : { basis, from, to, changed, effect: findEffect(insight, from, to) };
}

/** Limits of the last commit, or deployed ones; null when they are not known. */
export function limitsOfBasis(insight: FileInsight, basis: LimitBasis): Limits | null {
	return (basis === "committed" ? insight.committed?.effective : insight.deployed?.limits) ?? null;
}

/** What it does to an instance when its limits change; null where its estate is not known. Nothing is categorized for it. */
export function findEffect(insight: FileInsight, from: Limits, to: Limits): LimitEffect | null {
	if (insight.kind !== "instance" || insight.profile === null || insight.products === null) return null;
	return findLimitEffect(insight.profile, nameIn(insight.products), insight.instance, from, to);
}

function nameIn(products: NonNullable<InstanceInsight["products"]>): (product: number) => string {
	return (product) => nameAt(products, product);
}
