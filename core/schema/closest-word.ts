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

/**
 * The only word that is longer than what is written: at its end (`UsedCategory` for `UsedCategoryLimit`), else at its beginning too
 * (`CutOffLimit`), else by words in between (`UsedLimit`). Null for fewer than four letters, and where several words can be meant.
 */
export function shortenedWord<Word extends string>(written: string, words: readonly Word[]): Word | null {
	const plain = simplify(written);
	if (plain.length < 4 || plain.length > 100) return null;
	const parts = partsOf(written);
	const shortens: readonly ((word: Word) => boolean)[] = [
		(word) => simplify(word).startsWith(plain),
		(word) => simplify(word).includes(plain),
		(word) => parts.length > 1 && isSubsequence(parts, partsOf(word)),
	];
	for (const holds of shortens) {
		const [only, ...others] = words.filter(holds);
		if (only !== undefined) return others.length === 0 ? only : null;
	}
	return null;
}

/** The words that a name consists of, in lower case: `dateFormat` is `date` and `format`. */
function partsOf(name: string): readonly string[] {
	return name
		.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
		.toLowerCase()
		.split(/[\s_-]+/)
		.filter((part) => part !== "");
}

function isSubsequence(parts: readonly string[], whole: readonly string[]): boolean {
	let place = 0;
	for (const part of whole) if (part === parts[place]) place++;
	return place === parts.length;
}

/** Number of letters that differ; two that have changed places count as one. */
function changesBetween(left: string, right: string): number {
	const changes = distance(left, right);
	return changes > 1 && [...left].sort().join("") === [...right].sort().join("") ? changes - 1 : changes;
}

function simplify(word: string): string {
	return word.toLowerCase().replaceAll(/[\s_-]/g, "");
}
