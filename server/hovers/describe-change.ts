import { formatCount, formatCounted, joinWords, NAMED_AT_MOST } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { CATEGORIES, type Category, OUTCOMES } from "../../core/usage/category.ts";
import { describeWorth } from "../../core/usage/describe-effect.ts";
import type { Impact } from "../../core/usage/impact.ts";
import type { PolicyImpact } from "../../core/usage/reclaim.ts";
import type { LimitChange } from "../../workspace/insights/limit-change.ts";
import { type Block, clipName, list, type Part, paragraph, table } from "../markup.ts";

/** A change of limits with the installations that it moves from category to category, as a table, and what policies make of it. */
export function describeChange(change: LimitChange | null): readonly Block[] {
	if (change === null) return [];
	const { basis, from, to, changed, effect } = change;
	const limits = joinWords(changed.map((name) => `${name} ${formatCount(from[name])} → ${formatCount(to[name])}`));
	const heading: Part = { bold: basis === "committed" ? t("Uncommitted change:") : t("Against the deployed settings:") };
	if (effect === null) return [paragraph(heading, ` ${limits}.`)];
	const { impact, policies } = effect;
	if (impact.moved === 0) return [paragraph(heading, t` ${limits}. No installation changes category.`)];
	const whole = sum(impact.before);
	return [
		paragraph(heading, t` ${limits}. ${formatCount(impact.moved)} of ${formatCounted(whole, "installation")} change category.`),
		formatMatrix(impact),
		...describePolicies(policies),
	];
}

/** Old categories as rows, new ones as columns; what stays where it is stands on the diagonal. Categories that nothing enters or leaves are left out. */
function formatMatrix({ before, after, moves }: Impact): Block {
	const shown = CATEGORIES.filter((category) => moves.some(({ from, to }) => from === category || to === category));
	const moved = (from: Category, to: Category) =>
		sum(moves.filter((move) => move.from === from && move.to === to).map(({ count }) => count));
	const stays = (category: Category) =>
		countIn(category, before) - sum(moves.filter(({ from }) => from === category).map(({ count }) => count));
	const cell = (from: Category, to: Category) => {
		const count = from === to ? stays(from) : moved(from, to);
		return count === 0 ? "" : formatCount(count);
	};
	return table(
		[t("from ↓ to →"), ...shown, t("total")],
		[
			...shown.map((from) => [from, ...shown.map((to) => cell(from, to)), formatCount(countIn(from, before))]),
			[
				t("total"),
				...shown.map((to) => formatCount(countIn(to, after))),
				formatCount(sum(shown.map((category) => countIn(category, before)))),
			],
		],
	);
}

function countIn(category: Category, totals: readonly number[]): number {
	return sum(totals.filter((_, place) => OUTCOMES[place]?.category === category));
}

/** Those that the change makes a difference to. */
function describePolicies(policies: readonly PolicyImpact[]): readonly Block[] {
	const affected = policies.filter(({ newlyReclaimed, noLongerReclaimed }) => newlyReclaimed + noLongerReclaimed > 0);
	if (affected.length === 0) return [];
	const rest = affected.length - NAMED_AT_MOST;
	return [
		list([
			...affected
				.slice(0, NAMED_AT_MOST)
				.map((impact) => [{ bold: clipName(impact.policy.name) }, ` (${impact.policy.action}): ${describePolicyImpact(impact)}`]),
			...(rest > 0 ? [[rest === 1 ? t`${formatCount(rest)} more policy` : t`${formatCount(rest)} more policies`]] : []),
		]),
	];
}

/** What a change of limits makes of one policy, without a full stop. */
export function describePolicyImpact({ newlyReclaimed, noLongerReclaimed, savings }: PolicyImpact): string {
	const counts = [
		...(newlyReclaimed > 0 ? [t`${formatCount(newlyReclaimed)} newly reclaimed`] : []),
		...(noLongerReclaimed > 0 ? [t`${formatCount(noLongerReclaimed)} no longer`] : []),
	];
	const worth = describeWorth(savings, counts.length === 1);
	return `${joinWords(counts)}${worth === "" ? "" : `, ${worth}`}`;
}

function sum(counts: readonly number[]): number {
	return counts.reduce((total, count) => total + count, 0);
}
