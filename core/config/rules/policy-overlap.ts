import type { ConfigProblem } from "../../problems.ts";
import type { ConfigContext } from "../config-context.ts";
import { joinWords } from "../format-count.ts";
import type { ReclaimPolicy } from "../model.ts";
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
 * One problem for each pair of policies. Whether two patterns can match the same product is decided exactly, not by the products
 * that happen to be installed: tomorrow's are covered too.
 */
export function checkPolicyOverlap(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	if (file.model?.kind !== "instance") return [];
	const policies = file.model.reclaimPolicies
		.filter((policy) => policy.enabled)
		.map(
			(policy): PlacedPolicy => ({ policy, patterns: textsAt(file.tree, ["reclaimPolicies", policy.index, "products"]).map(placePattern) }),
		);
	return policies.flatMap((later, position) =>
		policies.slice(0, position).flatMap((earlier) => {
			const categories = later.policy.categories.filter((category) => earlier.policy.categories.includes(category));
			const overlap = categories.length === 0 ? null : findOverlap(later, earlier);
			if (overlap === null) return [];
			return [
				{
					code: "policy/overlap",
					severity: "warning",
					message: `"${later.policy.name}" and "${earlier.policy.name}" both reclaim ${joinWords(categories)} installations of ${describe(overlap)}. Narrow one of the two, or disable it.`,
					path: overlap.later.placed.path,
					anchor: "value",
					related: [
						{ file: file.id, path: overlap.earlier.placed.path, anchor: "value", message: `The products of "${earlier.policy.name}".` },
					],
				} satisfies ConfigProblem,
			];
		}),
	);
}

interface PlacedPolicy {
	readonly policy: ReclaimPolicy;
	readonly patterns: readonly PlacedPattern[];
}

interface PlacedPattern {
	readonly placed: PlacedText;
	readonly pattern: ProductPattern;
}

interface Overlap {
	readonly later: PlacedPattern;
	readonly earlier: PlacedPattern;
}

function placePattern(placed: PlacedText): PlacedPattern {
	return { placed, pattern: parsePattern(placed.text) };
}

function findOverlap(later: PlacedPolicy, earlier: PlacedPolicy): Overlap | null {
	for (const ours of later.patterns) {
		const theirs = earlier.patterns.find((candidate) => canMatchSameProduct(ours.pattern, candidate.pattern));
		if (theirs !== undefined) return { later: ours, earlier: theirs };
	}
	return null;
}

function describe({ later, earlier }: Overlap): string {
	if (later.pattern.suffix === null) return `"${later.placed.text}"`;
	if (earlier.pattern.suffix === null) return `"${earlier.placed.text}"`;
	if (later.placed.text === earlier.placed.text) return `every product like "${later.placed.text}"`;
	return `products that match "${later.placed.text}" as well as "${earlier.placed.text}"`;
}
