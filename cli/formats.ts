/** Formats of `check`; of each list the first is the default. */
export const CHECK_FORMATS = ["text", "json", "sarif", "github"] as const;
/** One of them. */
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Formats of `categorize`. */
export const CATEGORIZE_FORMATS = ["text", "json", "ndjson", "csv", "xlsx"] as const;
/** One of them. */
export type CategorizeFormat = (typeof CATEGORIZE_FORMATS)[number];

/** Formats of `impact`. */
export const IMPACT_FORMATS = ["text", "json"] as const;
/** One of them. */
export type ImpactFormat = (typeof IMPACT_FORMATS)[number];

/** Formats of `explain`. */
export const EXPLAIN_FORMATS = ["text", "json"] as const;
/** One of them. */
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];

/** Formats of `report`. */
export const REPORT_FORMATS = ["text", "json", "csv", "xlsx"] as const;
/** One of them. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Formats of `log`. */
export const LOG_FORMATS = ["text", "json"] as const;
/** One of them. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Parts of the script of `settings`. */
export const SETTINGS_PARTS = ["all", "view", "compare", "change"] as const;
