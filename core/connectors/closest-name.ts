import { distance } from "fastest-levenshtein";
import { formatCount } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";

/**
 * The name that was probably meant, or null when none is near enough: at most a third of the letters may differ, and two
 * always may. Case, spaces and `_` do not count as differences. Of equally near names the first wins: these are names that other people gave, in files, where
 * any hint helps. Words of ours, which a fix writes into the configuration, are chosen more strictly by `closestWord` of core/schema.
 */
export function closestName(wanted: string, names: readonly string[]): string | null {
	const folded = foldColumnName(wanted);
	let best: string | null = null;
	let bestDistance = Math.max(2, Math.floor(folded.length / 3)) + 1;
	for (const name of names) {
		const candidate = foldColumnName(name);
		// A name of two letters would otherwise be near to every other.
		const limit = Math.min(bestDistance, Math.max(folded.length, candidate.length));
		const found = distance(folded, candidate);
		if (found >= limit) continue;
		best = name;
		bestDistance = found;
	}
	return best;
}

/** A column, table or file name without what is ignored when names are compared: case, spaces and `_`. */
export function foldColumnName(name: string): string {
	return name.replace(/[\s_]+/g, "").toLowerCase();
}

/** Names as a message lists them, in quotes and cut after the first twelve; "none" for an empty list. */
export function listNames(names: readonly string[]): string {
	if (names.length === 0) return "none";
	const shown = names.slice(0, 12).map((name) => `"${name}"`);
	const rest = names.length - shown.length;
	return rest === 0 ? shown.join(", ") : t`${shown.join(", ")} and ${formatCount(rest)} more`;
}
