// What the requests about the installations of an instance take and answer.

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

/** A fault in linked data. */
export interface PreviewProblem {
	readonly code: string;
	readonly source: string;
	readonly row: number | null;
	readonly column: string | null;
	readonly message: string;
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
	readonly limits: { readonly InstallDateCutOffLimit: number; readonly UsedCategoryLimit: number; readonly UnusedCategoryLimit: number };
	/** Set when the instance has no limits of its own and its project's were taken. */
	readonly limitsFromProject: boolean;
	readonly installations: number;
	readonly devices: number;
	readonly products: number;
	/** All twelve outcomes in their fixed order. */
	readonly totals: readonly OutcomeCount[];
	/** By product name; counts in the order of `totals`. */
	readonly byProduct: readonly { readonly product: string; readonly counts: readonly number[] }[];
	/** The first problems; `problemCount` has all. */
	readonly problems: readonly PreviewProblem[];
	readonly problemCount: number;
}

/** What `usageReport/previewPage` takes. */
export interface PreviewPageParams {
	readonly uri: string;
	/** First row, counted from 0 in the order of the query. */
	readonly offset: number;
	/** 1 to 1,000. */
	readonly limit: number;
	/** Absent: all installations by device, then product. */
	readonly query?: PreviewQuery;
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
	readonly device: string;
	readonly product: string;
	readonly installDate: string | null;
	readonly lastUsageDate: string | null;
	readonly category: string;
	readonly reason: string | null;
	/** Number of the deciding rule, 1 to 15. */
	readonly rule: number;
}

/** Some rows of a preview, in the order of the query. */
export interface PreviewPage {
	readonly failed: false;
	readonly offset: number;
	/** All rows that the query asks for. */
	readonly total: number;
	readonly rows: readonly PreviewRow[];
}

/** What `usageReport/explain` takes. */
export interface ExplainParams {
	readonly uri: string;
	/** Compared exactly. */
	readonly device: string;
	readonly product: string;
	readonly workDoneToken?: string | number;
}

/** Why one installation has its category. */
export interface ExplainResult {
	readonly failed: false;
	readonly device: string;
	readonly product: string;
	readonly category: string;
	readonly reason: string | null;
	/** Number of the deciding rule, 1 to 15. */
	readonly rule: number;
	readonly ruleText: string;
	readonly inventoryDate: ExplainedDate | null;
	readonly installDate: ExplainedDate | null;
	/** Of a bundle, the latest of its own and its components'. */
	readonly lastUsageDate: ExplainedDate | null;
	readonly ownLastUsageDate: ExplainedDate | null;
	readonly latestDeviceUsage: string | null;
	readonly productReportsUsage: boolean;
	/** In days; null where one of the two dates is missing. */
	readonly ages: {
		readonly inventoryAge: number | null;
		readonly usageLag: number | null;
		readonly usageAge: number | null;
		readonly installAge: number | null;
	};
	/** Every rule that was tried, in order; the last one matched. */
	readonly steps: readonly { readonly rule: number; readonly text: string; readonly matched: boolean }[];
	/** When and to what the category changes by time alone; null when it never does. */
	readonly nextChange: { readonly day: string; readonly category: string; readonly reason: string | null } | null;
	readonly place: SourcePlace;
}

/** A date that a rule looked at. */
export interface ExplainedDate {
	/** `YYYY-MM-DD`. */
	readonly date: string;
	readonly inFuture: boolean;
}

/** Where an installation first appears in the data. */
export interface SourcePlace {
	/** Name of the data source. */
	readonly source: string;
	/** URI of its file; null for a source without one. */
	readonly uri: string | null;
	/** Its file as the configuration writes it. */
	readonly path: string | null;
	/** Row as the problems of the data count them. */
	readonly row: number;
}

/** What `usageReport/impact` takes. */
export interface ImpactParams {
	readonly uri: string;
	/** Limits to compare with those of the preview: whole days from 0. */
	readonly limits: PreviewSummary["limits"];
	/** Whether the counts per product are wanted as well. */
	readonly products?: boolean;
	readonly workDoneToken?: string | number;
}

/** What other limits make of a preview. */
export interface ImpactResult {
	readonly failed: false;
	readonly from: PreviewSummary["limits"];
	readonly to: PreviewSummary["limits"];
	/** Installations that change category. */
	readonly moved: number;
	readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[];
	/** Installations per outcome with the new limits, in the order of a preview's `totals`. */
	readonly totals: readonly number[];
	/** The same by product, in the order of a preview's `byProduct`; null when not asked for. */
	readonly byProduct: readonly (readonly number[])[] | null;
}
