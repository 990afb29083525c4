// Names of the custom requests between the extension and the server, and what they have in common; the files beside hold what each takes and answers.

/** `usageReport/preview`: loads and categorizes an instance, and answers its summary. */
export const PREVIEW_REQUEST = "usageReport/preview";
/** `usageReport/previewPage`: some installations of a loaded preview. */
export const PREVIEW_PAGE_REQUEST = "usageReport/previewPage";
/** `usageReport/previewProducts`: some products of a loaded preview. */
export const PREVIEW_PRODUCTS_REQUEST = "usageReport/previewProducts";
/** `usageReport/selection`: totals of some installations of a preview. */
export const SELECTION_REQUEST = "usageReport/selection";
/** `usageReport/copyRows`: some rows of a preview as text for the clipboard. */
export const COPY_REQUEST = "usageReport/copyRows";
/** `usageReport/previewNames`: devices or products of a preview whose names have a text. */
export const PREVIEW_NAMES_REQUEST = "usageReport/previewNames";
/** `usageReport/explain`: why one installation of a preview has its category, and where it stands in the data. */
export const EXPLAIN_REQUEST = "usageReport/explain";
/** `usageReport/sourcePlace`: where a row of a preview's data can be opened. */
export const SOURCE_PLACE_REQUEST = "usageReport/sourcePlace";
/** `usageReport/impact`: what other limits would make of a preview. */
export const IMPACT_REQUEST = "usageReport/impact";
/** `usageReport/sensitivity`: how the categories of a preview change with each limit. */
export const SENSITIVITY_REQUEST = "usageReport/sensitivity";
/** `usageReport/applyLimits`: the edit that writes limits into a configuration. */
export const APPLY_LIMITS_REQUEST = "usageReport/applyLimits";
/** `usageReport/exportPreview`: writes a preview to a file. */
export const EXPORT_PREVIEW_REQUEST = "usageReport/exportPreview";
/** `usageReport/report`: the client usage report over projects. */
export const REPORT_REQUEST = "usageReport/report";
/** `usageReport/reportServer`: the weeks and logs of one server of the usage report. */
export const REPORT_SERVER_REQUEST = "usageReport/reportServer";
/** `usageReport/exportReport`: writes the usage report to a file. */
export const EXPORT_REPORT_REQUEST = "usageReport/exportReport";
/** `usageReport/settingsScript`: the T-SQL that shows, compares and changes the deployed limits of a project or an instance. */
export const SETTINGS_SCRIPT_REQUEST = "usageReport/settingsScript";
/** `usageReport/importSettings`: what the result of that script would change in a project's configurations. */
export const IMPORT_SETTINGS_REQUEST = "usageReport/importSettings";
/** `usageReport/newInstance`: the file of a new instance of a project. */
export const NEW_INSTANCE_REQUEST = "usageReport/newInstance";
/** `usageReport/committedText`: what the last commit has of a configuration. */
export const COMMITTED_TEXT_REQUEST = "usageReport/committedText";
/** `usageReport/dataChanged` (notification, server to client): linked data or a configuration of these files changed. */
export const DATA_CHANGED_NOTIFICATION = "usageReport/dataChanged";

/** A request that could not be carried out, in words for the person who asked. */
export interface Failure {
	readonly failed: true;
	/** What is wrong and what to do; several sentences may stand on lines of their own. */
	readonly message: string;
}

/** What `usageReport/exportPreview` and `usageReport/exportReport` take. */
export interface ExportParams {
	/** Instance file for a preview; project files for a report (empty for all). */
	readonly uris: readonly string[];
	/** Absolute name of the file to write. Its ending says as what: `.xlsx`, `.csv`, and for a preview `.ndjson`. */
	readonly file: string;
	/** Which servers of a report; absent for all. */
	readonly filter?: ServerFilter;
	readonly workDoneToken?: string | number;
}

/** A choice of a report's servers; every part that is there must hold. */
export interface ServerFilter {
	/** Servers with at least one of these flags; empty for any or none. */
	readonly flags?: readonly string[];
	/** Servers of these clients, by their exact names; empty for all. */
	readonly clients?: readonly string[];
	/** Renewal on the day of the report or within this many days after it, the last included; null for any or none. */
	readonly renewalWithinDays?: number | null;
	/** Every word of it stands in the name of the client or of the server; upper and lower case are the same. */
	readonly text?: string;
}

/** A file that was written. */
export interface ExportResult {
	readonly failed: false;
	readonly file: string;
	/** Installations of a preview, servers of a report. */
	readonly rows: number;
}

/** Scheme of the documents that show committed texts; the query is the URI of the configuration. */
export const COMMITTED_SCHEME = "usage-report-committed";

/** What `usageReport/dataChanged` tells. */
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
	compareLimits: "usageReport.compareLimits",
	exportPreview: "usageReport.exportPreview",
	runReport: "usageReport.runReport",
	exportReport: "usageReport.exportReport",
	showSettingsScript: "usageReport.showSettingsScript",
} as const;
export type CommandName = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Section of the client's settings that the server asks for. */
export const SETTINGS_SECTION = "usageReport";
