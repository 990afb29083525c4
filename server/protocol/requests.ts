// Names and types of the custom requests between the extension and the server; no import, so that both sides can share it.

/** `usageReport/preview`: loads and categorizes an instance, and answers its summary. */
export const PREVIEW_REQUEST = "usageReport/preview";
/** `usageReport/previewPage`: some installations of a loaded preview. */
export const PREVIEW_PAGE_REQUEST = "usageReport/previewPage";
/** `usageReport/explain`: why one installation of a preview has its category, and where it stands in the data. */
export const EXPLAIN_REQUEST = "usageReport/explain";
/** `usageReport/impact`: what other limits would make of a preview. */
export const IMPACT_REQUEST = "usageReport/impact";
/** `usageReport/exportPreview`: writes a preview to an Excel file. */
export const EXPORT_PREVIEW_REQUEST = "usageReport/exportPreview";
/** `usageReport/report`: the client usage report over projects. */
export const REPORT_REQUEST = "usageReport/report";
/** `usageReport/exportReport`: writes the usage report to an Excel file. */
export const EXPORT_REPORT_REQUEST = "usageReport/exportReport";
/** `usageReport/settingsScript`: the T-SQL that shows, compares and changes the deployed limits of a project or an instance. */
export const SETTINGS_SCRIPT_REQUEST = "usageReport/settingsScript";
/** `usageReport/importSettings`: what the result of that script would change in a project's configurations. */
export const IMPORT_SETTINGS_REQUEST = "usageReport/importSettings";
/** `usageReport/newInstance`: the file of a new instance of a project. */
export const NEW_INSTANCE_REQUEST = "usageReport/newInstance";
/** `usageReport/dataChanged` (notification, server to client): linked data or a configuration of these files changed. */
export const DATA_CHANGED_NOTIFICATION = "usageReport/dataChanged";

export interface PreviewParams {
	/** URI of an instance file. */
	readonly uri: string;
	readonly workDoneToken?: string | number;
}

/** A request that could not be carried out, in words for the person who asked. */
export interface Failure {
	readonly failed: true;
	/** What is wrong and what to do; several sentences may stand on lines of their own. */
	readonly message: string;
}

export interface OutcomeCount {
	readonly category: string;
	readonly reason: string | null;
	readonly count: number;
}

export interface PreviewProblem {
	readonly code: string;
	readonly source: string;
	readonly row: number | null;
	readonly column: string | null;
	readonly message: string;
}

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

export interface PreviewPage {
	readonly failed: false;
	readonly offset: number;
	/** All rows that the query asks for. */
	readonly total: number;
	readonly rows: readonly PreviewRow[];
}

export interface ExplainParams {
	readonly uri: string;
	/** Compared exactly. */
	readonly device: string;
	readonly product: string;
	readonly workDoneToken?: string | number;
}

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

export interface ImpactParams {
	readonly uri: string;
	/** Limits to compare with those of the preview: whole days from 0. */
	readonly limits: PreviewSummary["limits"];
	/** Whether the counts per product are wanted as well. */
	readonly products?: boolean;
	readonly workDoneToken?: string | number;
}

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

export interface ReportParams {
	/** URIs of project files; empty for all projects of the workspace. */
	readonly uris: readonly string[];
	readonly workDoneToken?: string | number;
}

export interface ReportRow {
	readonly client: string | null;
	readonly server: string;
	readonly renewalDate: string | null;
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly activeRegistered: number | null;
	readonly activeEnterprise: number | null;
	readonly activeDesigners: number | null;
	readonly weeklyDifference: number | null;
	/** ISO 8601 UTC. */
	readonly lastUpdate: string | null;
	readonly flags: readonly string[];
	/** One sentence per flag, such as "Designer: 7 active, 6 paid (1 over)". */
	readonly flagDetails: readonly string[];
}

export interface ReportResult {
	readonly failed: false;
	readonly asOf: string;
	/** File names of projects that could not be read, where the report is over all projects; the problems say why. */
	readonly leftOut: readonly string[];
	readonly rows: readonly ReportRow[];
	readonly clients: readonly ReportClient[];
	readonly problems: readonly PreviewProblem[];
	readonly problemCount: number;
}

/** Active users of one client: the maximum over its servers and the sum, since one person may use two servers. */
export interface ActiveRange {
	readonly atLeast: number;
	readonly atMost: number;
}

export interface ReportClient {
	readonly client: string;
	readonly renewalDate: string | null;
	readonly servers: number;
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly activeRegistered: ActiveRange | null;
	readonly activeEnterprise: ActiveRange | null;
	readonly activeDesigners: ActiveRange | null;
}

export interface ExportParams {
	/** Instance file for a preview; project files for a report (empty for all). */
	readonly uris: readonly string[];
	/** Absolute file name of the workbook to write. */
	readonly file: string;
	readonly workDoneToken?: string | number;
}

export interface ExportResult {
	readonly failed: false;
	readonly file: string;
	/** Data rows of the first sheet. */
	readonly rows: number;
}

export interface SettingsScriptParams {
	/** URI of a project or instance file. */
	readonly uri: string;
	readonly workDoneToken?: string | number;
}

export interface SettingsScriptResult {
	readonly failed: false;
	/** T-SQL; lines end with LF. */
	readonly text: string;
	/** Limits that the script does not change because they must not be deployed, with the reasons in sentences. */
	readonly leftOut: readonly { readonly limit: string; readonly reasons: readonly string[] }[];
}

export interface ImportSettingsParams {
	/** URI of the project's file, beside which new files come. */
	readonly project: string;
	/** The result of the script: cells separated by tabs, or CSV; with or without a header. */
	readonly text: string;
	readonly workDoneToken?: string | number;
}

export interface ImportSettingsResult {
	readonly failed: false;
	/** A `WorkspaceEdit` of the protocol with change annotations that ask for confirmation; null when nothing is to be changed. */
	readonly edit: object | null;
	/** URIs of the files that it creates. */
	readonly created: readonly string[];
	/** URIs of the files that it changes. */
	readonly changed: readonly string[];
	/** How many files have the deployed limits already. */
	readonly equal: number;
	/** Rows and instances that it does nothing for, each with the reason, in sentences. */
	readonly leftOut: readonly string[];
	/** All of that in numbers, in a sentence. */
	readonly summary: string;
}

export interface NewInstanceParams {
	/** URI of the project's file. */
	readonly project: string;
	readonly name: string;
	/** Name of the file, without a folder; absent for one made from the name. */
	readonly fileName?: string;
	readonly workDoneToken?: string | number;
}

export interface NewInstanceResult {
	readonly failed: false;
	/** URI of the file, which does not exist yet. */
	readonly uri: string;
	readonly fileName: string;
	readonly text: string;
}

export interface NewInstanceFailure extends Failure {
	/** What one would have to change; null when it is neither. */
	readonly about: "name" | "fileName" | null;
}

/** `usageReport/committedText`: what the last commit has of a configuration. */
export const COMMITTED_TEXT_REQUEST = "usageReport/committedText";

/** Scheme of the documents that show committed texts; the query is the URI of the configuration. */
export const COMMITTED_SCHEME = "usage-report-committed";

export interface CommittedTextParams {
	/** URI of a configuration. */
	readonly uri: string;
	readonly workDoneToken?: string | number;
}

export interface CommittedTextResult {
	readonly failed: false;
	readonly text: string;
}

export interface DataChangedParams {
	/** URIs of the configuration files whose results may differ now. */
	readonly uris: readonly string[];
}

/** `initializationOptions` of this server; every part may be left out. */
export interface ServerInitialization {
	/** False for a workspace that the person does not trust: then no file outside of the workspace's folders is read. Default: true. */
	readonly trusted?: boolean;
	/** URI of docs/diagnostics.md, which every diagnostic's code links to. Default: the one of this installation. */
	readonly documentationUri?: string;
	/** Whether the client shows documents of the scheme {@link COMMITTED_SCHEME}. Default: false. */
	readonly committedDocuments?: boolean;
	/** Commands that the client carries out when they are called with the URI of a configuration; code lenses offer no others. Default: none. */
	readonly commands?: readonly string[];
}

/** Commands of the client that code lenses offer. */
export const COMMANDS = {
	preview: "usageReport.preview",
	exportPreview: "usageReport.exportPreview",
	runReport: "usageReport.runReport",
	exportReport: "usageReport.exportReport",
	showSettingsScript: "usageReport.showSettingsScript",
} as const;
export type CommandName = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Section of the client's settings that the server asks for. */
export const SETTINGS_SECTION = "usageReport";
