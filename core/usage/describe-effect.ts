import { formatCount, formatCounted, joinWords, NAMED_AT_MOST } from "../texts/format-count.ts";
import { formatAmounts } from "../texts/format-money.ts";
import { t } from "../texts/translate.ts";
import { CATEGORIES, type Category } from "./category.ts";
import type { Impact } from "./impact.ts";
import type { LimitEffect } from "./limit-effect.ts";
import type { PolicyImpact } from "./reclaim.ts";
import type { CategoryMove } from "./usage-profile.ts";

/**
 * What a change of limits does, as the part of a sentence behind its colon, without a full stop: the categories first, then the policies
 * that reclaim more or fewer; `no installation changes category` when that is all.
 */
export function describeEffect({ impact, policies }: Pick<LimitEffect, "impact" | "policies">): string {
	return [describeMoves(impact), ...describePolicies(policies)].join("; ");
}

/**
 * Which installations change category.
 *
 * | moves                                            | words                                                                   |
 * |--------------------------------------------------|-------------------------------------------------------------------------|
 * | none                                             | no installation changes category                                        |
 * | into one category, from one                      | 1,109 installations become Used instead of Rarely Used                  |
 * | into one category, from several, one is Unused   | 1,204 installations become Used, of them 95 leave Unused                |
 * | into one category, from several others           | 312 installations become Unused, of them 300 leave Rarely Used and 12 leave Used |
 * | into several categories                          | 1,224 installations change category: 1,204 become Used, …, and 20 become … |
 */
export function describeMoves({ moved, moves }: Pick<Impact, "moved" | "moves">): string {
	const targets = CATEGORIES.map((to) => ({ to, moves: moves.filter((move) => move.to === to) })).filter(({ moves }) => moves.length > 0);
	const [first] = targets;
	if (first === undefined) return t("no installation changes category");
	if (targets.length === 1) return describeTarget(first.to, first.moves, formatCounted(sum(first.moves), "installation"));
	const parts = targets.map(({ to, moves }) => describeTarget(to, moves, formatCount(sum(moves))));
	return t`${formatCounted(moved, "installation")} change category: ${parts.join("; ")}`;
}

/** What each policy reclaims more or fewer, the first few in full; none for those that it makes no difference to. */
export function describePolicies(policies: readonly PolicyImpact[]): readonly string[] {
	const affected = policies.filter(({ newlyReclaimed, noLongerReclaimed }) => newlyReclaimed + noLongerReclaimed > 0);
	const rest = affected.length - NAMED_AT_MOST;
	const shown = affected.slice(0, NAMED_AT_MOST).map((impact) => describePolicy(impact));
	return rest <= 0
		? shown
		: [...shown, rest === 1 ? t`${formatCount(rest)} more policy is affected` : t`${formatCount(rest)} more policies are affected`];
}

/**
 * What one policy reclaims more or fewer, and what these installations are worth: `"Visio reclaim" would reclaim 87 fewer (£24,360)`. Of a policy that
 * does both, both are told, since its worth is that of both together.
 */
export function describePolicy(
	{ policy, newlyReclaimed, noLongerReclaimed, savings }: PolicyImpact,
	verb: "reclaim" | "uninstall" = "reclaim",
): string {
	const counts = [
		...(newlyReclaimed > 0 ? [t`${formatCount(newlyReclaimed)} more`] : []),
		...(noLongerReclaimed > 0 ? [t`${formatCount(noLongerReclaimed)} fewer`] : []),
	];
	const worth = describeWorth(savings, counts.length === 1);
	const told = `${joinWords(counts)}${worth === "" ? "" : ` (${worth})`}`;
	return verb === "reclaim" ? t`"${policy.name}" would reclaim ${told}` : t`"${policy.name}" would uninstall ${told}`;
}

/**
 * What the installations are worth that a policy reclaims more or fewer; empty without prices, and where what it reclaims more is worth as much
 * as what it reclaims fewer.
 * @param oneWay whether the counts say already whether it is more or less.
 */
export function describeWorth(savings: ReadonlyMap<string, number>, oneWay: boolean): string {
	const amounts = new Map(
		[...savings].filter(([, amount]) => amount !== 0).map(([currency, amount]) => [currency, oneWay ? Math.abs(amount) : amount]),
	);
	if (amounts.size === 0) return "";
	return oneWay ? formatAmounts(amounts) : t`in all ${formatAmounts(amounts)}`;
}

function describeTarget(to: Category, moves: readonly CategoryMove[], counted: string): string {
	const become = sum(moves) === 1 ? t`${counted} becomes ${to}` : t`${counted} become ${to}`;
	const [first] = moves;
	if (moves.length === 1) return t`${become} instead of ${first!.from}`;
	const leavesUnused = moves.filter(({ from }) => from === "Unused");
	const told = leavesUnused.length > 0 ? leavesUnused : moves.toReversed();
	return t`${become}, of them ${joinWords(told.map(({ from, count }) => (count === 1 ? t`${formatCount(count)} leaves ${from}` : t`${formatCount(count)} leave ${from}`)))}`;
}

function sum(moves: readonly CategoryMove[]): number {
	return moves.reduce((total, { count }) => total + count, 0);
}
