import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { CATEGORIES, type Category, OUTCOMES } from "../../core/usage/category.ts";
import type { ProductFigures } from "../../workspace/insights/estate-figures.ts";
import { type Block, clipName, paragraph, table } from "../markup.ts";

/** Products that a table names at most. */
const TOP_PRODUCTS = 10;

/** Products with their installations by category, those with the most first; of more than a person reads, the rest is summed up. */
export function describeProducts(products: readonly ProductFigures[]): readonly Block[] {
	const rest = products.slice(TOP_PRODUCTS);
	return [
		table(
			[t("Product"), t("Installations"), ...CATEGORIES],
			[
				...products
					.slice(0, TOP_PRODUCTS)
					.map(({ name, installations, counts }) => [clipName(name), formatCount(installations), ...categoryCells(counts)]),
				...(rest.length === 0
					? []
					: [[`${formatCounted(rest.length, "other")}`, formatCount(countInstallations(rest)), ...categoryCells(addUp(rest))]]),
			],
		),
	];
}

/** All installations by category, in one table of one row. */
export function describeTotals(totals: readonly number[]): Block {
	return table([t("All"), ...CATEGORIES], [[formatCount(sum(totals)), ...categoryCells(totals)]], 0);
}

/** Says that no product has a name; it may be misspelt, or not be installed yet. */
export function noProduct(what: string): Block {
	return paragraph(t`No installation in the data is of ${what}.`);
}

/** Installations of some products. */
export function countInstallations(products: readonly ProductFigures[]): number {
	return sum(products.map(({ installations }) => installations));
}

/** Installations of a category, by the counts of a product or of all. */
export function countCategory(counts: readonly number[], category: Category): number {
	return sum(counts.filter((_, place) => OUTCOMES[place]?.category === category));
}

function categoryCells(counts: readonly number[]): readonly string[] {
	return CATEGORIES.map((category) => formatCount(countCategory(counts, category)));
}

function addUp(products: readonly ProductFigures[]): readonly number[] {
	return OUTCOMES.map((_, place) => sum(products.map(({ counts }) => counts[place] ?? 0)));
}

function sum(counts: readonly number[]): number {
	return counts.reduce((total, count) => total + count, 0);
}
