import { type NameTable, nameAt, nameCount } from "../../core/columns/name-table.ts";
import type { ReclaimPolicy, UnitPrice } from "../../core/config/model.ts";
import { matchesPattern, parsePattern } from "../../core/config/pattern.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { LIMIT_NAMES, type Limits } from "../../core/usage/limits.ts";
import { findReclaimed, type Reclaimed } from "../../core/usage/reclaimed-now.ts";
import { countWithLimits, type UsageProfile } from "../../core/usage/usage-profile.ts";
import type { InstanceInsight } from "./insights.ts";

/** Figures about the products of an instance as its limits have them, counted when somebody asks and kept with the data that they come from. */
export interface EstateFigures {
	/** Null as long as the data is not known, or when there are no limits. */
	of(insight: InstanceInsight): InstanceFigures | null;
}

/** The products of one instance. */
export interface InstanceFigures {
	/** Installations per outcome, in the order of `OUTCOMES`. */
	readonly totals: readonly number[];
	/** Null where the estate is not kept. */
	readonly devices: number | null;
	readonly products: number;
	/** Products that at least one of some patterns stands for, by number of installations, the most first. */
	match(patterns: readonly string[]): readonly ProductFigures[];
	/** A product by its exact name; null when there is no installation of it. */
	product(name: string): ProductFigures | null;
	/** What a policy of the instance takes, or would take if it were in force. */
	reclaimed(policy: ReclaimPolicy): Reclaimed;
}

/** One product. */
export interface ProductFigures {
	readonly name: string;
	readonly installations: number;
	/** Installations per outcome, in the order of `OUTCOMES`. */
	readonly counts: readonly number[];
}

/** The figures of one workspace. */
export function createEstateFigures(): EstateFigures {
	const names = new WeakMap<NameTable, ProductNames>();
	const latest = new WeakMap<UsageProfile, Counted>();

	function namesOf(table: NameTable): ProductNames {
		let known = names.get(table);
		if (known === undefined) {
			known = listNames(table);
			names.set(table, known);
		}
		return known;
	}

	function countedOf(profile: UsageProfile, limits: Limits, products: ProductNames): Counted {
		const key = LIMIT_NAMES.map((name) => limits[name]).join();
		let counted = latest.get(profile);
		if (counted?.key !== key) {
			counted = { key, ...countWithLimits(profile, limits), matched: createMatches(products), reclaimed: new WeakMap() };
			latest.set(profile, counted);
		}
		return counted;
	}

	return {
		of({ loaded, products: table, profile, limits, instance }) {
			if (table === null || profile === null || limits === null) return null;
			const products = namesOf(table);
			const counted = countedOf(profile, limits, products);
			const { totals, byProduct, matched, reclaimed } = counted;
			const { unitPrices } = instance;
			const estate = loaded?.value ?? null;
			return {
				totals,
				devices: estate === null ? null : nameCount(estate.devices),
				products: profile.products,
				match: (patterns) => matched(patterns, byProduct),
				product: (name) => {
					const product = products.indexOf(name);
					return product === null ? null : figuresOf(products, byProduct, product);
				},
				reclaimed(policy) {
					let known = reclaimed.get(policy);
					if (known?.unitPrices !== unitPrices) {
						const result = findReclaimed(policy, unitPrices, products.matching(policy.products), byProduct, products.nameOf);
						known = { unitPrices, result };
						reclaimed.set(policy, known);
					}
					return known.result;
				},
			};
		},
	};
}

/** What was counted with the limits that a profile was last asked for. */
interface Counted extends ReturnType<typeof countWithLimits> {
	readonly key: string;
	readonly matched: (patterns: readonly string[], byProduct: Uint32Array) => readonly ProductFigures[];
	readonly reclaimed: WeakMap<ReclaimPolicy, { readonly unitPrices: readonly UnitPrice[]; readonly result: Reclaimed }>;
}

/** Figures of the products that patterns stand for; an editor asks for the same ones after every keystroke. */
function createMatches(products: ProductNames): Counted["matched"] {
	const known = new Map<string, readonly ProductFigures[]>();
	let size = 0;
	return (patterns, byProduct) => {
		const key = JSON.stringify(patterns);
		let matched = known.get(key);
		if (matched === undefined) {
			matched = products
				.matching(patterns)
				.map((product) => figuresOf(products, byProduct, product))
				.sort(byInstallations);
			if (size > MAX_MATCHED) {
				known.clear();
				size = 0;
			}
			known.set(key, matched);
			size += matched.length + 1;
		}
		return matched;
	};
}

/** Products whose figures are kept, each as often as something matches it. */
const MAX_MATCHED = 50_000;

/** Names of products, decoded once, with what patterns match of them. */
interface ProductNames {
	nameOf(product: number): string;
	indexOf(name: string): number | null;
	/** Those that at least one of some patterns stands for, each once. */
	matching(patterns: readonly string[]): readonly number[];
}

function listNames(table: NameTable): ProductNames {
	const names = Array.from({ length: nameCount(table) }, (_, index) => nameAt(table, index));
	const indices = new Map(names.map((name, index) => [name, index]));
	const matches = new Map<string, readonly number[]>();
	let size = 0;

	function matchingOne(text: string): readonly number[] {
		let matched = matches.get(text);
		if (matched === undefined) {
			const pattern = parsePattern(text);
			matched = names.flatMap((name, index) => (matchesPattern(pattern, name) ? [index] : []));
			// Of a pattern that is being typed there are many versions.
			if (size > MAX_MATCHED) {
				matches.clear();
				size = 0;
			}
			matches.set(text, matched);
			size += matched.length + 1;
		}
		return matched;
	}

	return {
		nameOf: (product) => names[product] ?? "",
		indexOf: (name) => indices.get(name) ?? null,
		matching: (patterns) => (patterns.length === 1 ? matchingOne(patterns[0]!) : [...new Set(patterns.flatMap(matchingOne))]),
	};
}

function figuresOf(products: ProductNames, byProduct: Uint32Array, product: number): ProductFigures {
	const counts = [...byProduct.subarray(product * OUTCOMES.length, (product + 1) * OUTCOMES.length)];
	return { name: products.nameOf(product), counts, installations: counts.reduce((sum, count) => sum + count, 0) };
}

function byInstallations(left: ProductFigures, right: ProductFigures): number {
	return right.installations - left.installations || (left.name < right.name ? -1 : 1);
}
