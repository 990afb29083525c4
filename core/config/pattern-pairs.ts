import { compareCodeUnits } from "../compare-code-units.ts";

/** The fixed text that a pattern begins with, or, backwards, ends with. */
export interface PatternEnd {
	/** Case-folded. */
	readonly text: string;
	/** Whether a star follows; otherwise the text is the whole pattern. */
	readonly isOpen: boolean;
}

/** The fixed texts at both ends of a pattern as written; its beginning, and its end backwards. */
export function endsOf(pattern: string): { readonly first: PatternEnd; readonly last: PatternEnd } {
	const folded = pattern.trim().toUpperCase();
	const star = folded.indexOf("*");
	const isOpen = star >= 0;
	return {
		first: { text: isOpen ? folded.slice(0, star) : folded, isOpen },
		// Only few ask for it.
		get last() {
			const end = isOpen ? folded.slice(folded.lastIndexOf("*") + 1) : folded;
			return { text: end.split("").reverse().join(""), isOpen };
		},
	};
}

/**
 * All pairs of patterns that can match the same product as far as one end of them tells: the text of the one goes on with that of the other. By
 * index. Takes little longer than ordering them, unless there are many pairs.
 * @param most pairs, beyond which the answer is null.
 */
export function pairsThatMayMeet(ends: readonly PatternEnd[], most: number): readonly (readonly [number, number])[] | null {
	const ordered = ends.map(({ text, isOpen }, index) => ({ text, isOpen, index })).sort(compareEnds);
	return pairsInOrder(ordered, most)?.map(([one, other]) => [one.index, other.index]) ?? null;
}

/** The order in which a text stands before all that go on with it. */
export function compareEnds(left: PatternEnd, right: PatternEnd): number {
	return left.text === right.text ? Number(right.isOpen) - Number(left.isOpen) : compareCodeUnits(left.text, right.text);
}

/** As {@link pairsThatMayMeet}, of ends that are in order. */
export function pairsInOrder<End extends PatternEnd>(ordered: readonly End[], most: number): readonly (readonly [End, End])[] | null {
	const pairs: (readonly [End, End])[] = [];
	// Open texts that the current one goes on with, and those without a star that are equal to it.
	const open: End[] = [];
	let equal: End[] = [];
	for (const end of ordered) {
		while (open.length > 0 && !end.text.startsWith(open.at(-1)!.text)) open.pop();
		if (equal.length > 0 && equal[0]!.text !== end.text) equal = [];
		if (pairs.length + open.length + equal.length > most) return null;
		for (const other of open) pairs.push([end, other]);
		for (const other of equal) pairs.push([end, other]);
		(end.isOpen ? open : equal).push(end);
	}
	return pairs;
}
