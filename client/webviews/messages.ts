import type { OutcomeCount, PreviewProblem, PreviewRow, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import type { ActiveRange, ReportClient, ReportResult, ReportRow } from "../../server/protocol/report-messages.ts";
import { anyOf, type Check, count, finite, flag, listOf, nullable, object, oneOf, text } from "./shared/check.ts";

/** What the extension tells a webview. A revision numbers the results of one panel; rows of an older one are not shown. */
export type HostMessage =
	| { readonly type: "loading" }
	| { readonly type: "progress"; readonly text: string }
	| { readonly type: "preview"; readonly revision: number; readonly uris: readonly string[]; readonly summary: PreviewSummary }
	| { readonly type: "report"; readonly revision: number; readonly uris: readonly string[]; readonly report: ReportResult }
	| { readonly type: "failed"; readonly uris: readonly string[]; readonly message: string }
	| { readonly type: "page"; readonly revision: number; readonly offset: number; readonly rows: readonly PreviewRow[] }
	| { readonly type: "pageFailed"; readonly revision: number; readonly offset: number; readonly message: string };

/** What a webview tells the extension. */
export type ViewMessage =
	| { readonly type: "ready" }
	| { readonly type: "page"; readonly revision: number; readonly offset: number; readonly limit: number }
	| { readonly type: "command"; readonly command: ViewCommand }
	| { readonly type: "rendered"; readonly table: ViewTable; readonly rows: number; readonly total: number };

/** What a person can ask for by the buttons of a view. */
export type ViewCommand = "export" | "open" | "reload" | "cancel" | "log";

/** The tables whose drawing a view reports, with the rows that stand in the document and the rows that there are. */
export type ViewTable = "products" | "installations" | "servers";

/** Rows of one page of installations; a request asks for one page. */
export const PAGE_ROWS = 200;

/** The message when it is one that a webview may get, else null. */
export function readHostMessage(data: unknown): HostMessage | null {
	return isHostMessage(data) ? data : null;
}

/** The message when it is one that a webview may send, else null. */
export function readViewMessage(data: unknown): ViewMessage | null {
	return isViewMessage(data) ? data : null;
}

const outcomeCount = object<OutcomeCount>({ category: text, reason: nullable(text), count });
const problem = object<PreviewProblem>({ code: text, source: text, row: nullable(count), column: nullable(text), message: text });

const previewSummary = object<PreviewSummary>({
	failed: oneOf(false),
	uri: text,
	instance: text,
	asOf: text,
	endOfSync: nullable(text),
	limits: object<PreviewSummary["limits"]>({ InstallDateCutOffLimit: count, UsedCategoryLimit: count, UnusedCategoryLimit: count }),
	limitsFromProject: flag,
	installations: count,
	devices: count,
	products: count,
	totals: listOf(outcomeCount),
	byProduct: listOf(object<PreviewSummary["byProduct"][number]>({ product: text, counts: listOf(count) })),
	problems: listOf(problem),
	problemCount: count,
});

const previewRow = object<PreviewRow>({
	device: text,
	product: text,
	installDate: nullable(text),
	lastUsageDate: nullable(text),
	category: text,
	reason: nullable(text),
	rule: count,
});

const reportRow = object<ReportRow>({
	client: nullable(text),
	server: text,
	renewalDate: nullable(text),
	registeredUsers: nullable(finite),
	enterpriseUsers: nullable(finite),
	designerUsers: nullable(finite),
	activeRegistered: nullable(finite),
	activeEnterprise: nullable(finite),
	activeDesigners: nullable(finite),
	weeklyDifference: nullable(finite),
	lastUpdate: nullable(text),
	flags: listOf(text),
	flagDetails: listOf(text),
});

const activeRange = nullable(object<ActiveRange>({ atLeast: finite, atMost: finite }));

const reportClient = object<ReportClient>({
	client: text,
	renewalDate: nullable(text),
	servers: count,
	registeredUsers: nullable(finite),
	enterpriseUsers: nullable(finite),
	designerUsers: nullable(finite),
	activeRegistered: activeRange,
	activeEnterprise: activeRange,
	activeDesigners: activeRange,
});

const reportResult = object<ReportResult>({
	failed: oneOf(false),
	asOf: text,
	leftOut: listOf(text),
	rows: listOf(reportRow),
	clients: listOf(reportClient),
	problems: listOf(problem),
	problemCount: count,
});

type Host<Type extends HostMessage["type"]> = Extract<HostMessage, { readonly type: Type }>;
type View<Type extends ViewMessage["type"]> = Extract<ViewMessage, { readonly type: Type }>;

const isHostMessage: Check<HostMessage> = anyOf<HostMessage>(
	object<Host<"loading">>({ type: oneOf("loading") }),
	object<Host<"progress">>({ type: oneOf("progress"), text }),
	object<Host<"preview">>({ type: oneOf("preview"), revision: count, uris: listOf(text), summary: previewSummary }),
	object<Host<"report">>({ type: oneOf("report"), revision: count, uris: listOf(text), report: reportResult }),
	object<Host<"failed">>({ type: oneOf("failed"), uris: listOf(text), message: text }),
	object<Host<"page">>({ type: oneOf("page"), revision: count, offset: count, rows: listOf(previewRow) }),
	object<Host<"pageFailed">>({ type: oneOf("pageFailed"), revision: count, offset: count, message: text }),
);

const isViewMessage: Check<ViewMessage> = anyOf<ViewMessage>(
	object<View<"ready">>({ type: oneOf("ready") }),
	object<View<"page">>({ type: oneOf("page"), revision: count, offset: count, limit: count }),
	object<View<"command">>({ type: oneOf("command"), command: oneOf("export", "open", "reload", "cancel", "log") }),
	object<View<"rendered">>({ type: oneOf("rendered"), table: oneOf("products", "installations", "servers"), rows: count, total: count }),
);
