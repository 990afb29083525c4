import { createRandom, type Random } from "./random.ts";

/** The names of a synthetic estate, all invented. */
export interface Vocabulary {
	/** Different names, the most widespread first. */
	readonly products: readonly string[];
	/** Publisher by product. */
	readonly publishers: readonly string[];
	/** Versions in use by product, the most frequent first; at least one, at most {@link MAX_VERSIONS}. */
	readonly versions: readonly (readonly string[])[];
}

/** Versions of one product at most. */
export const MAX_VERSIONS = 6;

const HOUSES = [
	"Calder",
	"Brask",
	"Ostrava",
	"Meridian",
	"Quillon",
	"Tarn",
	"Vesper",
	"Halden",
	"Orrery",
	"Pinnacle",
	"Zephyr",
	"Løvenskiold",
	"Émeraude",
];
const TRADES = ["Systems", "Software", "Labs", "Technologies", "Data", "Works", "Interactive", "Micro", "Logic", "& Partners"];
const FORMS = ["GmbH", "Ltd", ", Inc.", "Corporation", "AB", "S.A.", "plc"];
const THINGS = [
	"Schedule",
	"Diagram",
	"Ledger",
	"Archive",
	"Report",
	"Mail",
	"Drawing",
	"Query",
	"Backup",
	"Terminal",
	"Viewer",
	"Planner",
	"Capture",
];
const ROLES = ["Studio", "Editor", "Client", "Agent", "Manager", "Runtime", "Toolkit", "Reader", "Console"];
const EDITIONS = ["", " Standard", " Professional", " Enterprise", " (64-bit)", " 2019", " 2022", " für Büro"];

/** Makes the names of so many products; the same number gives the same names, and a smaller number the first of them. */
export function makeVocabulary(productCount: number): Vocabulary {
	const random = createRandom(0x5eed);
	const products = new Set<string>();
	const publishers: string[] = [];
	const versions: (readonly string[])[] = [];
	while (products.size < productCount) {
		const house = pick(HOUSES, random);
		const name = `${house} ${pick(THINGS, random)} ${pick(ROLES, random)}${pick(EDITIONS, random)}`;
		const free = products.has(name) ? `${name} ${1 + random.below(40)}.${random.below(10)}` : name;
		if (products.has(free)) continue;
		products.add(free);
		// A name with a comma has to be quoted in CSV, as it is in the files of real inventories.
		publishers.push(`${house} ${pick(TRADES, random)} ${pick(FORMS, random)}`.replace(" ,", ","));
		versions.push(Array.from({ length: 1 + random.below(MAX_VERSIONS) }, () => makeVersion(random)));
	}
	return { products: [...products], publishers, versions };
}

function makeVersion(random: Random): string {
	return `${1 + random.below(24)}.${random.below(10)}.${random.below(20_000)}.${random.below(100)}`;
}

function pick(words: readonly string[], random: Random): string {
	return words[random.below(words.length)]!;
}
