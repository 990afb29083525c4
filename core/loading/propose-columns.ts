import { distance } from "fastest-levenshtein";
import type { Provides } from "../config/model.ts";
import { SYNONYMS } from "./column-synonyms.ts";

/** A column of ours with the one of a table that it probably is. */
export interface ProposedColumn {
	readonly ours: string;
	readonly theirs: string;
}

/** A column of ours for which one of a table is sought. */
export interface WantedColumn {
	readonly name: string;
	/** A source without it cannot be used. */
	readonly required: boolean;
}

/**
 * For columns of ours, which of a table's columns they probably are: by equal names, by what other programs call them, then by similar names.
 * Required ones choose first. No column of the table is proposed twice, and ours that nothing fits are left out: a guess would help nobody.
 */
export function proposeColumns(provides: Provides, ours: readonly WantedColumn[], theirs: readonly string[]): readonly ProposedColumn[] {
	const pairs = ours
		.flatMap(({ name, required }) =>
			theirs.map((column) => ({ ours: name, required, theirs: column, fit: fitOfColumn(provides, name, column) })),
		)
		.filter(({ fit }) => fit >= LEAST_FIT)
		.sort((left, right) => Number(right.required) - Number(left.required) || right.fit - left.fit);
	const chosen = new Map<string, string>();
	for (const pair of pairs) {
		const isTaken = chosen.has(pair.ours) || [...chosen.values()].includes(pair.theirs);
		if (!isTaken) chosen.set(pair.ours, pair.theirs);
	}
	return ours.filter(({ name }) => chosen.has(name)).map(({ name }) => ({ ours: name, theirs: chosen.get(name)! }));
}

/** Below it a name is no more than faintly similar. */
const LEAST_FIT = 0.6;

/** How well a table's column fits one of ours by its name: 1 for equal names, 0 for names that have nothing in common. */
export function fitOfColumn(provides: Provides, ours: string, theirs: string): number {
	const name = foldWords(theirs);
	if (name === "") return 0;
	const own = foldWords(ours);
	if (name === own) return 1;
	const synonyms = [own, ...(SYNONYMS[provides][ours] ?? [])];
	// The order of the synonyms decides between two columns that both have one of them.
	return Math.max(...synonyms.map((synonym, place) => fitOfNames(name, synonym, place === 0 ? OWN_SLIP : OTHER_SLIP) - place / 1000));
}

/** Which share of the letters may differ: of the many names that others use, another word is soon near. */
const OWN_SLIP = 1 / 3;
const OTHER_SLIP = 1 / 10;

function fitOfNames(name: string, synonym: string, slip: number): number {
	if (name === synonym) return 0.97;
	const [longer, shorter] = name.length >= synonym.length ? [name, synonym] : [synonym, name];
	if (longer.startsWith(shorter) && WITHOUT_MEANING.test(longer.slice(shorter.length))) return 0.9;
	if (synonym.length < LEAST_LETTERS) return 0;
	// What a compound means, its last word says.
	if (name.endsWith(synonym)) return 0.65 + synonym.length / 200;
	const differences = distance(name, synonym);
	return differences <= synonym.length * slip ? 0.8 - differences / 50 : 0;
}

/** Shorter names are similar to others by chance. */
const LEAST_LETTERS = 5;

/** What often stands behind a name without making it another thing. */
const WITHOUT_MEANING =
	/^(?:name|key|code|date|time|datetime|timestamp|at|on|utc|gmt|local|value|text|column|field|count|users?|number|no|nr|\d)+$/;

/** A name without case, accents, spaces and signs. */
function foldWords(name: string): string {
	return name
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "");
}
