import { distance } from "fastest-levenshtein";

/**
 * The word that was probably meant: equal apart from case, spaces, `-` and `_`, or else with the fewest changed letters, at most a third of
 * the shorter word and three. Null when no word is that close, or two are equally close.
 */
export function closestWord<Word extends string>(written: string, words: readonly Word[]): Word | null {
	const plain = simplify(written);
	if (plain === "" || plain.length > 100) return null;
	const rated = words
		.map((word) => ({ word, changes: changesBetween(plain, simplify(word)) }))
		.sort((left, right) => left.changes - right.changes);
	const [best, second] = rated;
	if (best === undefined || best.changes === second?.changes) return null;
	const allowed = Math.min(3, Math.max(1, Math.floor(Math.min(plain.length, best.word.length) / 3)));
	return best.changes <= allowed ? best.word : null;
}

/** Number of letters that differ; two that have changed places count as one. */
function changesBetween(left: string, right: string): number {
	const changes = distance(left, right);
	return changes > 1 && [...left].sort().join("") === [...right].sort().join("") ? changes - 1 : changes;
}

function simplify(word: string): string {
	return word.toLowerCase().replaceAll(/[\s_-]/g, "");
}
