import type { Bundle, UnitPrice } from "../../core/config/model.ts";
import { matchesPattern, parsePattern } from "../../core/config/pattern.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { formatMoney } from "../../core/texts/format-money.ts";
import { t } from "../../core/texts/translate.ts";
import { roundMoney } from "../../core/usage/reclaim.ts";
import type { InstanceFigures, ProductFigures } from "../../workspace/insights/estate-figures.ts";
import { type Block, clipName, paragraph } from "../markup.ts";
import { countCategory, countInstallations, describeProducts, noProduct } from "./product-table.ts";

/** Products that a pattern stands for. */
export function describePattern(figures: InstanceFigures, pattern: string): readonly Block[] {
	const products = figures.match([pattern]);
	if (products.length === 0) return [noProduct(`"${clipName(pattern)}"`)];
	const installations = countInstallations(products);
	return [
		paragraph({ bold: formatCounted(installations, "installation") }, t` of ${formatCounted(products.length, "product")}:`),
		...describeProducts(products),
	];
}

/** A bundle with its components: the bundle counts as used when one of them is. */
export function describeBundle(figures: InstanceFigures, bundle: Bundle): readonly Block[] {
	const own = figures.product(bundle.name);
	const components = bundle.components.map((name) => ({ name, found: figures.product(name) }));
	const found = components.flatMap((component) => component.found ?? []);
	const missing = components.filter((component) => component.found === null);
	return [
		own === null ? noProduct(t`"${clipName(bundle.name)}" itself`) : describeSpread(figures, own),
		...(own === null && found.length === 0 ? [] : describeProducts([...(own === null ? [] : [own]), ...found])),
		...(missing.length === 0 ? [] : [noProduct(missing.map(({ name }) => `"${clipName(name)}"`).join(", "))]),
	];
}

/** A product is on a device once at most. */
function describeSpread({ devices }: InstanceFigures, { installations }: ProductFigures): Block {
	const all = devices === null ? "" : t` of ${formatCount(devices)}`;
	return paragraph(t("Installed on "), { bold: formatCounted(installations, "device") }, `${all}.`);
}

/** A component of a bundle. */
export function describeComponent(figures: InstanceFigures, name: string): readonly Block[] {
	const product = figures.product(name);
	if (product === null) return [noProduct(`"${clipName(name)}"`)];
	return [describeSpread(figures, product), ...describeProducts([product])];
}

/** The products that a price is the price of, since none above it is, and what those are worth that nobody uses. */
export function describePrice(figures: InstanceFigures, prices: readonly UnitPrice[], price: UnitPrice): readonly Block[] {
	const products = pricedBy(figures, prices, price);
	if (products.length === 0) {
		return [
			figures.match(price.products).length === 0
				? noProduct(t("these products"))
				: paragraph(t("A price above it counts for all of its products.")),
		];
	}
	const unused = products.reduce((sum, { counts }) => sum + countCategory(counts, "Unused"), 0);
	return [
		paragraph(
			t("The price of "),
			{ bold: formatCounted(countInstallations(products), "installation") },
			unused === 1
				? t` of ${formatCounted(products.length, "product")}. Of them ${formatCount(unused)} is Unused, worth `
				: t` of ${formatCounted(products.length, "product")}. Of them ${formatCount(unused)} are Unused, worth `,
			{ bold: formatMoney(roundMoney(unused * price.price), price.currency) },
			".",
		),
		...describeProducts(products),
	];
}

/** The first price whose patterns stand for a product counts. */
function pricedBy(figures: InstanceFigures, prices: readonly UnitPrice[], price: UnitPrice): readonly ProductFigures[] {
	const above = prices.filter(({ index }) => index < price.index).flatMap(({ products }) => products.map(parsePattern));
	return figures.match(price.products).filter(({ name }) => !above.some((pattern) => matchesPattern(pattern, name)));
}
