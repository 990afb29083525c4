import { compareNames, type NameTable, nameAt, nameCount } from "../columns/name-table.ts";

/** Which names are looked for. */
export interface FindNamesInput {
	readonly names: NameTable;
	/** A part of the name, in any case; empty for all. */
	readonly text: string;
	/** How many names are wanted, at least 1. */
	readonly limit: number;
}

/** Names that have a text. */
export interface FoundNames {
	/** All that have it. */
	readonly total: number;
	/** Indices of the first ones: the very name, those that begin with the text, then others; each in code-unit order. */
	readonly indices: readonly number[];
}

/** Looks through all names; only those that are answered are ever kept. */
export function findNames({ names, text, limit }: FindNamesInput): FoundNames {
	const wanted = text.toLowerCase();
	const best: { readonly index: number; readonly rank: number }[] = [];
	let total = 0;
	const isBefore = (rank: number, index: number, other: (typeof best)[number]) =>
		rank === other.rank ? compareNames(names, index, other.index) < 0 : rank < other.rank;
	for (let index = 0; index < nameCount(names); index++) {
		const rank = wanted === "" ? OTHER : rankOf(nameAt(names, index).toLowerCase(), wanted);
		if (rank === null) continue;
		total++;
		if (best.length === limit && !isBefore(rank, index, best[limit - 1]!)) continue;
		let place = best.length;
		while (place > 0 && isBefore(rank, index, best[place - 1]!)) place--;
		best.splice(place, 0, { index, rank });
		if (best.length > limit) best.pop();
	}
	return { total, indices: best.map(({ index }) => index) };
}

const SAME = 0;
const BEGINNING = 1;
const OTHER = 2;

function rankOf(name: string, wanted: string): number | null {
	const place = name.indexOf(wanted);
	if (place < 0) return null;
	return name === wanted ? SAME : place === 0 ? BEGINNING : OTHER;
}
