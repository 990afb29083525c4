import { nameAt, nameCount } from "../../core/columns/name-table.ts";
import { compareCodeUnits } from "../../core/compare-code-units.ts";
import { matchesPattern, parsePattern } from "../../core/config/pattern.ts";
import { listAt, readText, textsAt, valueAt } from "../../core/config/value-at.ts";
import { formatCounted } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import type { Estate } from "../../core/usage/estate.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { Known, KnownPlace, KnownValue } from "./known.ts";

/** More would only be looked through by typing. */
const MAX_PRODUCTS = 500;

/**
 * Products of the linked data by their number of installations: for policies and prices also patterns that stand for several, and the file's
 * bundles; for bundles their names and components. What the list names already is not offered again.
 */
export function knownProducts({ context, file, place }: KnownPlace): Known {
	const insight = context.workspace.insights.peek(file.uri);
	if (insight?.kind !== "instance") return { values: new Map(), complete: true };
	const key = place.path[0] === "bundles" ? (place.path[2] === "components" ? "components" : "name") : "products";
	const estate = insight.loaded?.value ?? null;
	const isWaiting = insight.loaded === null && !insight.complete;
	if (estate === null) return { values: new Map(isWaiting ? [[key, []]] : []), complete: !isWaiting };
	const products = countProducts(estate);
	const bundles = bundleNames(file, place.path);
	const taken = new Set(key === "name" ? bundles : namedBeside(file, place.path));
	const all =
		key === "products"
			? [...patternsOf(products), ...writtenPatterns(file, products), ...bundles.map(asBundle(products)), ...products]
			: products;
	const isOther = ({ name }: CountedProduct) => !taken.has(name) && (key !== "components" || !bundles.includes(name));
	const typed = place.typed.trim().toLowerCase();
	const free = [...new Map(all.toReversed().map((product) => [product.name, product])).values()].filter(isOther).sort(byInstallations);
	const fitting = free.length <= MAX_PRODUCTS ? free : free.filter(({ name }) => name.toLowerCase().includes(typed));
	return {
		values: new Map([[key, fitting.slice(0, MAX_PRODUCTS).map(toValue)]]),
		complete: free.length <= MAX_PRODUCTS,
	};
}

interface CountedProduct {
	readonly name: string;
	readonly installations: number;
	/** How many products a pattern stands for; 1 for anything else. */
	readonly products: number;
	readonly isBundle?: true;
}

function toValue({ name, installations, products, isBundle }: CountedProduct): KnownValue {
	const count = formatCounted(installations, "installation");
	const isPattern = name.includes("*");
	return {
		value: name,
		detail: isBundle ? t`bundle of this file; ${count}` : isPattern ? `${formatCounted(products, "product")}, ${count}` : count,
	};
}

function byInstallations(left: CountedProduct, right: CountedProduct): number {
	return right.installations - left.installations || right.products - left.products || compareCodeUnits(left.name, right.name);
}

/** Of the same estate every keystroke asks anew, and counting millions takes a while. */
const counted = new WeakMap<Estate, readonly CountedProduct[]>();

function countProducts(estate: Estate): readonly CountedProduct[] {
	const known = counted.get(estate);
	if (known !== undefined) return known;
	const { products, productOf } = estate;
	const counts = new Uint32Array(nameCount(products));
	for (const product of productOf) counts[product]!++;
	const found = Array.from(counts, (installations, product) => ({ name: nameAt(products, product), installations, products: 1 }));
	counted.set(estate, found);
	return found;
}

function asBundle(products: readonly CountedProduct[]): (name: string) => CountedProduct {
	const known = new Map(products.map(({ name, installations }) => [name, installations]));
	return (name) => ({ name, installations: known.get(name) ?? 0, products: 1, isBundle: true });
}

/** A word that more products begin with is probably their maker, and they have nothing else in common. */
const MOST_OF_ONE_WORD = 4;

/**
 * A pattern for every two words that several products begin with, such as `Microsoft Visio*`, and for a single word that only a few begin with,
 * such as `AutoCAD*`, unless a pattern of two words shows that it is their maker.
 */
function patternsOf(products: readonly CountedProduct[]): readonly CountedProduct[] {
	const known = patterned.get(products);
	if (known !== undefined) return known;
	const found = findPatterns(products);
	patterned.set(products, found);
	return found;
}

const patterned = new WeakMap<readonly CountedProduct[], readonly CountedProduct[]>();

function findPatterns(products: readonly CountedProduct[]): readonly CountedProduct[] {
	const groups = new Map<string, CountedProduct>();
	for (const { name, installations } of products) {
		const words = name.split(" ");
		for (const prefix of [words.slice(0, 2), words.slice(0, 1)].filter((part) => part.length < words.length || part.length === 2)) {
			const pattern = `${prefix.join(" ")}*`;
			const before = groups.get(pattern);
			groups.set(pattern, {
				name: pattern,
				installations: (before?.installations ?? 0) + installations,
				products: (before?.products ?? 0) + 1,
			});
		}
	}
	const several = [...groups.values()].filter((group) => group.products > 1);
	return several.filter(({ name, products: size }) => {
		if (name.includes(" ")) return true;
		const start = `${name.slice(0, -1)} `;
		return size <= MOST_OF_ONE_WORD && !several.some((other) => other.name.startsWith(start));
	});
}

/** Patterns of other policies and prices, which often go together, with what they stand for. */
function writtenPatterns({ config }: WorkspaceFile, products: readonly CountedProduct[]): readonly CountedProduct[] {
	const lists = ["reclaimPolicies", "unitPrices"].flatMap((block) =>
		listAt(config.tree, [block]).flatMap((_, index) => textsAt(config.tree, [block, index, "products"])),
	);
	const names = new Set(lists.map(({ text }) => text).filter((text) => text.includes("*")));
	return [...names].slice(0, MAX_WRITTEN).map((name) => {
		const pattern = parsePattern(name);
		const meant = products.filter((product) => matchesPattern(pattern, product.name));
		return { name, installations: meant.reduce((sum, { installations }) => sum + installations, 0), products: meant.length };
	});
}

const MAX_WRITTEN = 50;

/** Names of the file's bundles, except the one that is being typed. */
function bundleNames(file: WorkspaceFile, path: readonly (string | number)[]): readonly string[] {
	return listAt(file.config.tree, ["bundles"]).flatMap((bundle, index) => {
		const isTyped = path[0] === "bundles" && path[1] === index && path[2] === "name";
		const name = readText(valueAt(bundle, ["name"]));
		return name === null || isTyped ? [] : [name];
	});
}

/** What the list of the place names, except what is being typed. */
function namedBeside(file: WorkspaceFile, path: readonly (string | number)[]): readonly string[] {
	const texts = textsAt(file.config.tree, path.slice(0, 3));
	return texts.filter((text) => text.path.at(-1) !== path[3]).map(({ text }) => text);
}
