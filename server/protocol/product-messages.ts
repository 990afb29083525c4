// What the requests about the products of an instance take and answer.

import type { Money, PreviewLimits } from "./limit-messages.ts";

/** What `usageReport/previewProducts` takes. */
export interface PreviewProductsParams {
	readonly uri: string;
	/** First row, counted from 0 in the order of the query. */
	readonly offset: number;
	/** 1 to 1,000. */
	readonly limit: number;
	/** Absent: all products by name. */
	readonly query?: ProductQuery;
	/** What-if: the counts as these limits have them. Absent: the limits of the preview. */
	readonly limits?: PreviewLimits;
	/** Other limits whose counts stand beside. */
	readonly against?: PreviewLimits;
	readonly workDoneToken?: string | number;
}

/** Which products, in which order. */
export interface ProductQuery {
	/** A part of the product's name, in either case. */
	readonly text?: string;
	/** Places in `totals` of a preview: products with at least one such installation. */
	readonly outcomes?: readonly number[];
	/** Exact names. */
	readonly products?: readonly string[];
	/** The first one decides, the next one between equals, and at last the name. What is missing comes last. */
	readonly sort?: readonly { readonly by: ProductSortKey; readonly descending?: boolean }[];
	/** Only products of which installations change category with `against`. */
	readonly onlyDifferent?: boolean;
}

/** What products can be sorted by, beside `outcome0` to `outcome11`, the places in `totals` of a preview. */
export const PRODUCT_SORT_KEYS = ["product", "installations", "used", "rarelyUsed", "unused", "unreported", "worth", "moved"] as const;
/** `worth` sorts by the largest sum of one currency, see `topProducts` of a preview; `moved` by how many installations change category with `against`. */
export type ProductSortKey = (typeof PRODUCT_SORT_KEYS)[number] | `outcome${number}`;

/** One product. */
export interface ProductRow {
	readonly product: string;
	/** Installations per outcome, in the order of a preview's `totals`. */
	readonly counts: readonly number[];
	/** The same with the limits `against`; null when there are none. */
	readonly other: readonly number[] | null;
	/** Installations that change category between the two; null without `against`. */
	readonly moved: number | null;
	/** Of one installation; null for a product without one. */
	readonly price: { readonly amount: number; readonly currency: string } | null;
	/** Price times the installations that are Rarely Used or Unused. */
	readonly worth: Money;
}

/** Some products of a preview, in the order of the query. */
export interface PreviewProductsPage {
	readonly failed: false;
	readonly offset: number;
	/** All products that the query asks for. */
	readonly total: number;
	readonly rows: readonly ProductRow[];
}
