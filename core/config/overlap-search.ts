import { NAMED_AT_MOST } from "../texts/format-count.ts";
import type { ReclaimPolicy } from "./model.ts";
import { compareEnds, endsOf, type PatternEnd, pairsInOrder, pairsThatMayMeet } from "./pattern-pairs.ts";

/**
 * By the position of a policy, those of earlier ones that it may overlap with, as far as the ends of their patterns tell. Of many with equal
 * patterns and categories only the first are among them, {@link NAMED_AT_MOST}: who overlaps with one overlaps with all.
 */
export type OverlapSearch = (policies: readonly ReclaimPolicy[]) => ReadonlyMap<number, ReadonlySet<number>>;

/**
 * A search that remembers the patterns of policies in their order, so that a change of one of thousands costs no more than a pass over them. Answers
 * do not depend on earlier ones.
 */
export function createOverlapSearch(): OverlapSearch {
	const known = new WeakMap<readonly string[], readonly PlacedEnd[]>();
	let ordered: readonly PlacedEnd[] = [];
	let turn = 0;
	return (policies) => {
		turn++;
		const added: PlacedEnd[] = [];
		let count = 0;
		for (const [position, { products }] of policies.entries()) {
			let ends = known.get(products);
			if (ends === undefined) {
				ends = products.map((product) => ({ ...endsOf(product).first, position, turn: 0 }));
				known.set(products, ends);
			}
			count += ends.length;
			for (const end of ends) {
				if (end.turn === 0) added.push(end);
				end.position = position;
				end.turn = turn;
			}
		}
		const kept = ordered.filter((end) => end.turn === turn);
		// What was there in an earlier turn, but not in the last, has lost its place.
		const isComplete = kept.length + added.length === count;
		ordered = isComplete
			? merge(kept, added.sort(compareEnds))
			: policies.flatMap(({ products }) => known.get(products)!).sort(compareEnds);
		const pairs = pairsInOrder(ordered, MOST_PAIRS * count);
		return pairs === null ? candidatesOfSorts(policies) : candidatesOf(pairs.map(([one, other]) => [one.position, other.position]));
	};
}

/** Pairs for each pattern beyond which it is worth while to gather equal ones, and to look at their other ends. */
const MOST_PAIRS = 20;

interface PlacedEnd extends PatternEnd {
	/** Of its policy. */
	position: number;
	/** When it was last asked for. */
	turn: number;
}

function merge(one: readonly PlacedEnd[], other: readonly PlacedEnd[]): readonly PlacedEnd[] {
	if (other.length === 0) return one;
	const merged: PlacedEnd[] = [];
	let at = 0;
	for (const end of one) {
		while (at < other.length && compareEnds(other[at]!, end) < 0) merged.push(other[at++]!);
		merged.push(end);
	}
	return [...merged, ...other.slice(at)];
}

function candidatesOf(pairs: readonly (readonly [number, number])[]): ReadonlyMap<number, ReadonlySet<number>> {
	const candidates = new Map<number, Set<number>>();
	for (const [one, other] of pairs) if (one !== other) add(candidates, Math.max(one, other), Math.min(one, other));
	return candidates;
}

function add(candidates: Map<number, Set<number>>, later: number, earlier: number): void {
	const known = candidates.get(later);
	if (known === undefined) candidates.set(later, new Set([earlier]));
	else known.add(earlier);
}

function candidatesOfSorts(policies: readonly ReclaimPolicy[]): ReadonlyMap<number, ReadonlySet<number>> {
	const sorts = sortsOf(policies);
	const ends = sorts.map(({ text }) => endsOf(text));
	const firstEnds = ends.map(({ first }) => first);
	const lastEnds = ends.map(({ last }) => last);
	const most = MOST_PAIRS * sorts.length;
	const pairs =
		pairsThatMayMeet(firstEnds, most) ?? pairsThatMayMeet(lastEnds, most) ?? pairsThatMayMeet(firstEnds, Number.POSITIVE_INFINITY)!;
	const candidates = new Map<number, Set<number>>();
	const meet = (one: PatternSort, other: PatternSort) => {
		for (const later of one.positions) {
			for (const earlier of other.firsts) {
				if (earlier >= later) break;
				add(candidates, later, earlier);
			}
		}
	};
	for (const sort of sorts) meet(sort, sort);
	for (const [one, other] of pairs) {
		meet(sorts[one]!, sorts[other]!);
		meet(sorts[other]!, sorts[one]!);
	}
	return candidates;
}

/** Equal patterns. */
interface PatternSort {
	readonly text: string;
	/** The policies that have it, in order. */
	readonly positions: number[];
	/** Of those with the same categories the first {@link NAMED_AT_MOST}, in order. */
	readonly firsts: number[];
	readonly byCategories: Map<string, number>;
}

function sortsOf(policies: readonly ReclaimPolicy[]): readonly PatternSort[] {
	const sorts = new Map<string, PatternSort>();
	for (const [position, { products, categories }] of policies.entries()) {
		for (const product of products) {
			const text = product.toUpperCase();
			const sort: PatternSort = sorts.get(text) ?? { text, positions: [], firsts: [], byCategories: new Map() };
			sorts.set(text, sort);
			if (sort.positions.at(-1) === position) continue;
			sort.positions.push(position);
			const known = sort.byCategories.get(categories.join()) ?? 0;
			sort.byCategories.set(categories.join(), known + 1);
			if (known < NAMED_AT_MOST) sort.firsts.push(position);
		}
	}
	return [...sorts.values()];
}
