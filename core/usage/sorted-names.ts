import { compareNames, type NameTable, nameCount } from "../columns/name-table.ts";
import { countUp } from "./merge-names.ts";

/** Indices of all names in code-unit order, whatever the machine's language. */
export function sortedNames(names: NameTable): Uint32Array {
	const indices = countUp(nameCount(names));
	for (let index = 1; index < indices.length; index++) {
		if (compareNames(names, index - 1, index) > 0) return indices.sort((left, right) => compareNames(names, left, right));
	}
	// Many sources are sorted already.
	return indices;
}

/** By index of a name its place in code-unit order. */
export function rankNames(names: NameTable): Uint32Array {
	return ranksOf(sortedNames(names));
}

/** By index its place in what {@link sortedNames} gives. */
export function ranksOf(sorted: Uint32Array): Uint32Array {
	const ranks = new Uint32Array(sorted.length);
	for (let rank = 0; rank < sorted.length; rank++) ranks[sorted[rank]!] = rank;
	return ranks;
}
