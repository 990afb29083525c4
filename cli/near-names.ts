import { distance } from "fastest-levenshtein";

const MAX_SUGGESTIONS = 5;

/** Up to five names that may have been meant, best first: those that contain the wanted one, then those spelled alike. Case is ignored. */
export function findNearNames(wanted: string, names: readonly string[]): readonly string[] {
	const folded = wanted.toLowerCase();
	const scored = names.flatMap((name) => {
		const candidate = name.toLowerCase();
		// A piece of a name says more than a misspelling, as long as it is not a single letter.
		if (folded.length > 1 && candidate.includes(folded)) return [{ name, score: candidate === folded ? -2 : -1 }];
		const differences = distance(folded, candidate);
		return differences <= Math.max(2, Math.floor(folded.length / 3)) ? [{ name, score: differences }] : [];
	});
	return scored
		.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
		.slice(0, MAX_SUGGESTIONS)
		.map(({ name }) => name);
}
