// What the requests about some rows of a preview take and answer.

import type { Money, PreviewLimits } from "./limit-messages.ts";
import type { PreviewQuery } from "./preview-messages.ts";
import type { ProductQuery } from "./product-messages.ts";

/** First and last place of some rows in the order of their query, from 0, both included. */
export type RowRange = readonly [number, number];

/** What `usageReport/selection` takes. */
export interface SelectionParams {
	readonly uri: string;
	readonly query?: PreviewQuery;
	readonly limits?: PreviewLimits;
	/** In any order; what several of them have counts once. */
	readonly ranges: readonly RowRange[];
	readonly workDoneToken?: string | number;
}

/** Totals of some rows of a preview. */
export interface SelectionResult {
	readonly failed: false;
	readonly rows: number;
	/** Different ones. */
	readonly devices: number;
	readonly products: number;
	/** Installations per outcome, in the order of a preview's `totals`. */
	readonly totals: readonly number[];
	/** Prices of those that are Rarely Used or Unused. */
	readonly worth: Money;
}

/** What `usageReport/copyRows` takes. */
export type CopyRowsParams = CopyInstallationsParams | CopyProductsParams;

/** Rows to copy and how. */
interface CopyParams {
	readonly uri: string;
	readonly limits?: PreviewLimits;
	/** As in {@link SelectionParams}; rows come in the order of the query. */
	readonly ranges: readonly RowRange[];
	/** Texts of the first line, one for each column; none: no such line. */
	readonly headers: readonly string[];
	readonly workDoneToken?: string | number;
}

/** Columns that installations can be copied with. */
export const COPY_COLUMNS = [
	"device",
	"deviceName",
	"product",
	"publisher",
	"version",
	"category",
	"reason",
	"rule",
	"installDate",
	"lastUsageDate",
] as const;

export interface CopyInstallationsParams extends CopyParams {
	readonly of: "installations";
	readonly query?: PreviewQuery;
	/** In this order, from {@link COPY_COLUMNS}. */
	readonly columns: readonly string[];
}

export interface CopyProductsParams extends CopyParams {
	readonly of: "products";
	readonly query?: ProductQuery;
	readonly against?: PreviewLimits;
	/** In this order: what products can be sorted by, and `price`; with `other.` before it the count with `against`. `worth` gives one text such as `120.00 GBP`. */
	readonly columns: readonly string[];
}

/** Rows for the clipboard. */
export interface CopyRowsResult {
	readonly failed: false;
	/** Cells parted by tabs, lines by CR LF. */
	readonly text: string;
	/** Without the first line. */
	readonly rows: number;
}

/** What `usageReport/previewNames` takes. */
export interface PreviewNamesParams {
	readonly uri: string;
	readonly of: "devices" | "products";
	/** A part of the name, in either case. */
	readonly text: string;
	/** 1 to 100. */
	readonly limit: number;
	readonly workDoneToken?: string | number;
}

/** Names that have a text. */
export interface PreviewNamesResult {
	readonly failed: false;
	/** All that have it. */
	readonly total: number;
	/** First the very name, then those that begin with the text, each in code-unit order. */
	readonly names: readonly string[];
}
