// What the requests about the installations of an instance take and answer.

import type { Money, PreviewLimits, UnusedWorth } from "./limit-messages.ts";
import type { ProductRow } from "./product-messages.ts";
import type { ExportParams } from "./requests.ts";

export type { ExplainedDate, ExplainParams, ExplainResult, SourcePlace, SourcePlaceParams, SourcePlaceResult } from "./explain-messages.ts";
export type { Money, PreviewLimitName, PreviewLimits, UnusedWorth } from "./limit-messages.ts";
export {
	PRODUCT_SORT_KEYS,
	type PreviewProductsPage,
	type PreviewProductsParams,
	type ProductQuery,
	type ProductRow,
	type ProductSortKey,
} from "./product-messages.ts";
export {
	COPY_COLUMNS,
	type CopyInstallationsParams,
	type CopyProductsParams,
	type CopyRowsParams,
	type CopyRowsResult,
	type PreviewNamesParams,
	type PreviewNamesResult,
	type RowRange,
	type SelectionParams,
	type SelectionResult,
} from "./selection-messages.ts";
export type {
	ApplyLimitsParams,
	ApplyLimitsResult,
	ImpactParams,
	ImpactResult,
	LimitAdviceEntry,
	PolicyImpact,
	SensitivityCurve,
	SensitivityParams,
	SensitivityResult,
} from "./what-if-messages.ts";

/** What `usageReport/preview` takes. */
export interface PreviewParams {
	/** URI of an instance file. */
	readonly uri: string;
	readonly workDoneToken?: string | number;
}

/** How many installations have a category and, when it is Unreported, a reason. */
export interface OutcomeCount {
	readonly category: string;
	readonly reason: string | null;
	readonly count: number;
}

/** A fault in linked data and where it can be opened. */
export interface PreviewProblem extends LinkedProblem {
	/** URI of the source's file; null for a source without one. */
	readonly uri: string | null;
	/** Line of a text file where the row begins, from 1; null where there are no lines, or they are not known before the place is asked for. */
	readonly line: number | null;
}

/** A fault in linked data. */
export interface LinkedProblem {
	readonly code: string;
	/** Name of the data source. */
	readonly source: string;
	/** As `row` of a place, see {@link SourcePlace}. */
	readonly row: number | null;
	readonly column: string | null;
	readonly message: string;
}

/** What a reclaim policy of an instance takes by its limits. */
export interface PreviewPolicy {
	readonly name: string;
	readonly action: string;
	/** `usageState` of the policy. */
	readonly state: string;
	readonly enabled: boolean;
	/** An enabled policy is in force with an installation limit that says so. */
	readonly inForce: boolean;
	/** Installations that it reclaims, or would if it were in force. */
	readonly reclaims: number;
	readonly worth: Money;
}

/** Where limits can come from that others are compared with. */
export const LIMIT_REFERENCE_KINDS = ["default", "committed", "deployed", "project", "instance"] as const;
export type LimitReferenceKind = (typeof LIMIT_REFERENCE_KINDS)[number];

/** Limits to compare with. */
export interface LimitReference {
	readonly kind: LimitReferenceKind;
	/** Of another instance of the same project its name; null for the other kinds. */
	readonly name: string | null;
	readonly limits: PreviewLimits;
}

/** An instance, categorized. */
export interface PreviewSummary {
	readonly failed: false;
	readonly uri: string;
	readonly instance: string;
	/** ISO 8601 UTC. */
	readonly asOf: string;
	/** `YYYY-MM-DD`; null when no date is usable. */
	readonly endOfSync: string | null;
	readonly limits: PreviewLimits;
	/** Set when the instance has no limits of its own and its project's were taken. */
	readonly limitsFromProject: boolean;
	readonly installations: number;
	readonly devices: number;
	readonly products: number;
	/** All twelve outcomes in their fixed order. */
	readonly totals: readonly OutcomeCount[];
	/** Currencies of the prices that are used, in code-unit order. */
	readonly currencies: readonly string[];
	/** Price of a product times its installations, over all products that have a price. */
	readonly worth: UnusedWorth;
	/** The ten products with the largest worth, in the currency with the largest sum; without prices those with the most Unused installations. */
	readonly topProducts: readonly ProductRow[];
	/** In the order of the file. */
	readonly policies: readonly PreviewPolicy[];
	readonly references: readonly LimitReference[];
	/** Columns of rows that the data has. */
	readonly columns: readonly PreviewOptionalColumn[];
	/** The first problems; `problemCount` has all. */
	readonly problems: readonly PreviewProblem[];
	readonly problemCount: number;
}

/** Columns that rows have only where a data source maps them. */
export const PREVIEW_OPTIONAL_COLUMNS = ["publisher", "version", "deviceName"] as const;
export type PreviewOptionalColumn = (typeof PREVIEW_OPTIONAL_COLUMNS)[number];

/** What `usageReport/previewPage` takes. */
export interface PreviewPageParams {
	readonly uri: string;
	/** First row, counted from 0 in the order of the query. */
	readonly offset: number;
	/** 1 to 1,000. */
	readonly limit: number;
	/** Absent: all installations by device, then product. */
	readonly query?: PreviewQuery;
	/** What-if: the installations as these limits have them. Absent: the limits of the preview. */
	readonly limits?: PreviewLimits;
	readonly workDoneToken?: string | number;
}

/** Which installations, in which order. */
export interface PreviewQuery {
	/** All of these hold; absent ones ask for nothing. */
	readonly filter?: {
		/** Places in `totals` of a preview. */
		readonly outcomes?: readonly number[];
		/** Exact names. */
		readonly devices?: readonly string[];
		readonly products?: readonly string[];
		/** A part of the device's or the product's name, in either case. */
		readonly text?: string;
	};
	/** The first one decides, the next one between equals, and at last device and product. What is missing comes last. */
	readonly sort?: readonly { readonly by: PreviewSortKey; readonly descending?: boolean }[];
}

/** What the rows of a preview can be sorted by. */
export const PREVIEW_SORT_KEYS = [
	"device",
	"product",
	"category",
	"reason",
	"rule",
	"installDate",
	"lastUsageDate",
	"publisher",
	"version",
	"deviceName",
] as const;
export type PreviewSortKey = (typeof PREVIEW_SORT_KEYS)[number];

/** One installation. Days are `YYYY-MM-DD`; null for what is missing. */
export interface PreviewRow {
	/** The same for an installation as long as the preview is, whatever the query and the limits. */
	readonly index: number;
	readonly device: string;
	readonly product: string;
	readonly installDate: string | null;
	readonly lastUsageDate: string | null;
	readonly category: string;
	readonly reason: string | null;
	/** Number of the deciding rule, 1 to 15. */
	readonly rule: number;
	readonly publisher: string | null;
	readonly version: string | null;
	readonly deviceName: string | null;
}

/** Some rows of a preview, in the order of the query. */
export interface PreviewPage {
	readonly failed: false;
	readonly offset: number;
	/** All rows that the query asks for. */
	readonly total: number;
	readonly rows: readonly PreviewRow[];
}

/** What `usageReport/exportPreview` takes. */
export interface ExportPreviewParams extends ExportParams {
	/** What of the installations is written, in which order. Absent: all by device, then product. */
	readonly query?: PreviewQuery;
	/** What-if limits, which a workbook says. Absent: those of the instance. */
	readonly limits?: PreviewLimits;
}
