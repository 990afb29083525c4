import type { ConfigProblem } from "../../problems.ts";
import { joinWords, NAMED_AT_MOST } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext, ConfigRule } from "../config-context.ts";
import type { ReclaimPolicy } from "../model.ts";
import { createOverlapSearch, type OverlapSearch } from "../overlap-search.ts";
import { canMatchSameProduct, type ProductPattern, parsePattern } from "../pattern.ts";
import { type PlacedText, textsAt } from "../value-at.ts";

/**
 * | two policies | product patterns           | categories      | problem, at the later policy's pattern |
 * |--------------|----------------------------|-----------------|----------------------------------------|
 * | both enabled | can match the same product | one in common   | `policy/overlap`                       |
 * | both enabled | can match the same product | none in common  | none                                   |
 * | both enabled | cannot                     | any             | none                                   |
 * | one disabled | any                        | any             | none                                   |
 *
 * One problem for each later policy, with the first of the earlier ones that it overlaps. Whether two patterns can match the same product is decided exactly, not by the products
 * that happen to be installed: tomorrow's are covered too.
 */
export function createPolicyOverlapRule(): ConfigRule {
	const search = createOverlapSearch();
	return (context) => checkPolicyOverlap(context, search);
}

function checkPolicyOverlap({ file }: ConfigContext, search: OverlapSearch): readonly ConfigProblem[] {
	if (file.model?.kind !== "instance") return [];
	const policies = file.model.reclaimPolicies.filter((policy) => policy.enabled);
	const candidates = search(policies);
	const placed = new Map<number, PlacedPolicy>();
	const placePolicy = (position: number): PlacedPolicy => {
		const policy = policies[position]!;
		const known = placed.get(position) ?? {
			policy,
			patterns: textsAt(file.tree, ["reclaimPolicies", policy.index, "products"]).map(placePattern),
		};
		placed.set(position, known);
		return known;
	};
	return [...candidates.keys()].sort(ascending).flatMap((position) => {
		const later = placePolicy(position);
		const overlaps = findOverlaps(later, [...candidates.get(position)!].sort(ascending), placePolicy);
		const [first, ...others] = overlaps;
		if (first === undefined) return [];
		const also = others.length === 0 ? "" : t` The same holds for ${joinWords(others.map(({ policy }) => `"${policy.name}"`))}.`;
		return [
			{
				code: "policy/overlap",
				severity: "warning",
				message: t`"${later.policy.name}" and "${first.policy.name}" both reclaim ${joinWords(first.categories)} installations of ${describe(first)}. Narrow one of the two, or disable it.${also}`,
				path: first.later.placed.path,
				anchor: "value",
				related: overlaps.map(({ policy, earlier }) => ({
					file: file.id,
					path: earlier.placed.path,
					anchor: "value",
					message: t`The products of "${policy.name}".`,
				})),
			} satisfies ConfigProblem,
		];
	});
}

interface PlacedPolicy {
	readonly policy: ReclaimPolicy;
	readonly patterns: readonly PlacedPattern[];
}

interface PlacedPattern {
	readonly placed: PlacedText;
	readonly pattern: ProductPattern;
}

/** Where a later policy meets an earlier one. */
interface Overlap {
	/** The earlier policy. */
	readonly policy: ReclaimPolicy;
	readonly categories: readonly string[];
	readonly later: PlacedPattern;
	readonly earlier: PlacedPattern;
}

function placePattern(placed: PlacedText): PlacedPattern {
	return { placed, pattern: parsePattern(placed.text) };
}

function ascending(left: number, right: number): number {
	return left - right;
}

/** The first overlaps, {@link NAMED_AT_MOST} at most: more would bury what they say. */
function findOverlaps(
	later: PlacedPolicy,
	earlier: readonly number[],
	placePolicy: (position: number) => PlacedPolicy,
): readonly Overlap[] {
	const overlaps: Overlap[] = [];
	for (const position of earlier) {
		const candidate = placePolicy(position);
		const categories = later.policy.categories.filter((category) => candidate.policy.categories.includes(category));
		const met = categories.length === 0 ? null : findMeeting(later, candidate);
		if (met !== null) overlaps.push({ policy: candidate.policy, categories, ...met });
		if (overlaps.length === NAMED_AT_MOST) break;
	}
	return overlaps;
}

function findMeeting(later: PlacedPolicy, earlier: PlacedPolicy): Pick<Overlap, "later" | "earlier"> | null {
	for (const ours of later.patterns) {
		const theirs = earlier.patterns.find((candidate) => canMatchSameProduct(ours.pattern, candidate.pattern));
		if (theirs !== undefined) return { later: ours, earlier: theirs };
	}
	return null;
}

function describe({ later, earlier }: Overlap): string {
	if (later.pattern.suffix === null) return `"${later.placed.text}"`;
	if (earlier.pattern.suffix === null) return `"${earlier.placed.text}"`;
	if (later.placed.text === earlier.placed.text) return t`every product like "${later.placed.text}"`;
	return t`products that match "${later.placed.text}" as well as "${earlier.placed.text}"`;
}
