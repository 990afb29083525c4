// The one protocol between the extension and its webviews. Both ends check every message; shapes of server payloads stand in checks/.

import type { PreviewLimits, PreviewQuery, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import type { ReportResult } from "../../server/protocol/report-messages.ts";
import {
	isApplyLimitsParams,
	isCopyParams,
	isExplainParams,
	isExplanation,
	isImpact,
	isImpactParams,
	isLimits,
	isNames,
	isNamesParams,
	isPage,
	isPageParams,
	isPreviewQuery,
	isPreviewSummary,
	isProductsPage,
	isProductsParams,
	isSelection,
	isSelectionParams,
	isSensitivity,
	isSensitivityParams,
} from "./checks/preview-checks.ts";
import { isReport, isReportServer } from "./checks/report-checks.ts";
import { isReportFilter, type ReportFilter } from "./report/report-filter.ts";
import { anyOf, type Check, count, flag, listOf, nullable, object, oneOf, optional, text } from "./shared/check.ts";

/** What the extension tells a webview. A revision numbers the results of one panel. */
export type HostMessage =
	| { readonly type: "loading" }
	| { readonly type: "progress"; readonly text: string }
	| { readonly type: "preview"; readonly revision: number; readonly uris: readonly string[]; readonly summary: PreviewSummary }
	| { readonly type: "report"; readonly revision: number; readonly uris: readonly string[]; readonly report: ReportResult }
	| { readonly type: "failed"; readonly uris: readonly string[]; readonly message: string }
	/** A command asks for a tab of the preview, and perhaps for why one installation has its category. */
	| { readonly type: "show"; readonly tab: PreviewTab; readonly installation: { readonly device: string; readonly product: string } | null }
	| Answer;

/** The answer to one ask: its result, or in words why there is none. */
export type Answer =
	| { readonly type: "answer"; readonly id: number; readonly result: unknown }
	| { readonly type: "answer"; readonly id: number; readonly failed: string };

/** What a webview tells the extension. */
export type ViewMessage =
	| { readonly type: "ready" }
	| { readonly type: "command"; readonly command: ViewCommand }
	| { readonly type: "rendered"; readonly table: ViewTable; readonly rows: number; readonly total: number }
	/** Asks for something; `params` and the result are those of {@link ASKS}. The ids of one view never repeat. */
	| { readonly type: "ask"; readonly id: number; readonly method: AskMethod; readonly params: unknown }
	/** Nobody waits for an answer any more. */
	| { readonly type: "cancelAsk"; readonly id: number }
	/** A fault for the log. */
	| { readonly type: "fault"; readonly text: string };

/** Tabs of the preview, from left to right. */
export const PREVIEW_TABS = ["overview", "products", "installations", "what-if", "compare", "problems"] as const;
export type PreviewTab = (typeof PREVIEW_TABS)[number];

/** What a person can ask for by the buttons of a view. */
export type ViewCommand = "export" | "open" | "reload" | "cancel" | "log";

/** The tables whose drawing a view reports, with the rows that stand in the document and the rows that there are. */
export type ViewTable = "products" | "installations" | "servers";

/** One thing that a view can ask for: what it takes, and what it answers. */
interface Exchange<Params, Result> {
	readonly params: Check<Params>;
	readonly result: Check<Result>;
}

/** An answer that says nothing but that it was done. */
export interface Done {
	readonly failed: false;
}

/** How a person has arranged the columns of a table, from left to right. */
export interface TableLayout {
	readonly columns: readonly {
		readonly id: string;
		/** In pixels; null for the width that the table gives it. */
		readonly width: number | null;
		readonly hidden: boolean;
	}[];
}

/** What is exported: exactly the installations of this query under these limits. */
export interface ShownRows {
	readonly query?: PreviewQuery;
	readonly limits?: PreviewLimits;
}

const failed = oneOf(false);
const done = object<Done>({ failed });

/** Arrangement of a table's columns, as the extension and the state of a view keep it. */
export const isTableLayout = object<TableLayout>({
	columns: listOf(object<TableLayout["columns"][number]>({ id: text, width: nullable(count), hidden: flag })),
});

export const isShownRows = object<ShownRows>({ query: optional(isPreviewQuery), limits: optional(isLimits) });

/** Everything that a view can ask for. The extension adds the panel's files to what it hands to the server. */
export const ASKS = {
	/** Some installations. */
	page: exchange(isPageParams, isPage),
	/** Some products with their counts. */
	products: exchange(isProductsParams, isProductsPage),
	/** Totals of the installations in some ranges. */
	selection: exchange(isSelectionParams, isSelection),
	/** Puts the rows in some ranges on the clipboard; answers how many. */
	copy: exchange(isCopyParams, object<Done & { readonly rows: number }>({ failed, rows: count })),
	/** Puts a text on the clipboard. */
	copyText: exchange(object<{ readonly text: string }>({ text }), done),
	/** Names of devices or products that have a text. */
	names: exchange(isNamesParams, isNames),
	/** Why one installation has its category. */
	explain: exchange(isExplainParams, isExplanation),
	/** What other limits would change. */
	impact: exchange(isImpactParams, isImpact),
	/** The counts by each limit's value. */
	sensitivity: exchange(isSensitivityParams, isSensitivity),
	/** Writes limits into the configuration; asks the person for advice where it is needed. `applied` is false when the person gave up. */
	applyLimits: exchange(isApplyLimitsParams, object<Done & { readonly applied: boolean }>({ failed, applied: flag })),
	/** Opens a file at a line, counted from 1. */
	openPlace: exchange(object<{ readonly uri: string; readonly line: number | null }>({ uri: text, line: nullable(count) }), done),
	/** Opens a row of a data source, counted as the problems of the data count them; null for the whole source. */
	openSource: exchange(object<{ readonly source: string; readonly row: number | null }>({ source: text, row: nullable(count) }), done),
	/** Writes the installations that are shown to a workbook; `written` is false when the person gave up. */
	exportShown: exchange(isShownRows, object<Done & { readonly written: boolean }>({ failed, written: flag })),
	/** The weeks and logs of one server of the usage report. */
	reportServer: exchange(
		object<{ readonly client: string | null; readonly server: string }>({ client: nullable(text), server: text }),
		isReportServer,
	),
	/** Writes the servers of the usage report that a filter shows to a workbook; `written` is false when the person gave up. */
	exportServers: exchange(
		object<{ readonly filter: ReportFilter }>({ filter: isReportFilter }),
		object<Done & { readonly written: boolean }>({ failed, written: flag }),
	),
	/** Opens a subscription in its project file. */
	openSubscription: exchange(
		object<{ readonly uri: string; readonly client: string; readonly server: string }>({ uri: text, client: text, server: text }),
		done,
	),
	/** Writes a page, whose body is markup of the view, and opens it in a browser; `opened` is false when the person gave up. */
	openForPrinting: exchange(
		object<{ readonly title: string; readonly body: string }>({ title: text, body: text }),
		object<Done & { readonly opened: boolean }>({ failed, opened: flag }),
	),
	/** Remembers the columns of a table for panels to come. */
	layout: exchange(object<{ readonly table: string; readonly layout: TableLayout }>({ table: text, layout: isTableLayout }), done),
} as const;

export type AskMethod = keyof typeof ASKS;
export type AskParams<Method extends AskMethod> = (typeof ASKS)[Method] extends Exchange<infer Params, unknown> ? Params : never;
export type AskResult<Method extends AskMethod> = (typeof ASKS)[Method] extends Exchange<unknown, infer Result> ? Result : never;

/** The message when it is one that a webview may get, else null. What an answer holds is checked by the exchange that it belongs to. */
export function readHostMessage(data: unknown): HostMessage | null {
	return isHostMessage(data) ? data : null;
}

/** The message when it is one that a webview may send, else null. What an ask holds is checked by its exchange. */
export function readViewMessage(data: unknown): ViewMessage | null {
	return isViewMessage(data) ? data : null;
}

function exchange<Params, Result>(params: Check<Params>, result: Check<Result>): Exchange<Params, Result> {
	return { params, result };
}

const anything: Check<unknown> = (value): value is unknown => value !== undefined;

type Host<Type extends HostMessage["type"]> = Extract<HostMessage, { readonly type: Type }>;
type View<Type extends ViewMessage["type"]> = Extract<ViewMessage, { readonly type: Type }>;

const isHostMessage: Check<HostMessage> = anyOf<HostMessage>(
	object<Host<"loading">>({ type: oneOf("loading") }),
	object<Host<"progress">>({ type: oneOf("progress"), text }),
	object<Host<"preview">>({ type: oneOf("preview"), revision: count, uris: listOf(text), summary: isPreviewSummary }),
	object<Host<"report">>({ type: oneOf("report"), revision: count, uris: listOf(text), report: isReport }),
	object<Host<"failed">>({ type: oneOf("failed"), uris: listOf(text), message: text }),
	object<Host<"show">>({
		type: oneOf("show"),
		tab: oneOf(...PREVIEW_TABS),
		installation: nullable(object<NonNullable<Host<"show">["installation"]>>({ device: text, product: text })),
	}),
	object<Extract<Answer, { readonly failed: string }>>({ type: oneOf("answer"), id: count, failed: text }),
	object<Extract<Answer, { readonly result: unknown }>>({ type: oneOf("answer"), id: count, result: anything }),
);

const methods = Object.keys(ASKS) as AskMethod[];

const isViewMessage: Check<ViewMessage> = anyOf<ViewMessage>(
	object<View<"ready">>({ type: oneOf("ready") }),
	object<View<"command">>({ type: oneOf("command"), command: oneOf("export", "open", "reload", "cancel", "log") }),
	object<View<"rendered">>({ type: oneOf("rendered"), table: oneOf("products", "installations", "servers"), rows: count, total: count }),
	object<View<"ask">>({ type: oneOf("ask"), id: count, method: oneOf(...methods), params: anything }),
	object<View<"cancelAsk">>({ type: oneOf("cancelAsk"), id: count }),
	object<View<"fault">>({ type: oneOf("fault"), text }),
);
