import { readCommitted } from "./features/committed-text.ts";
import { explainOne } from "./features/explain.ts";
import { findPreviewImpact } from "./features/impact.ts";
import { proposeImport } from "./features/import-settings.ts";
import { proposeInstance } from "./features/new-instance.ts";
import { exportReport, openReport } from "./features/report.ts";
import { writeScript } from "./features/settings-script.ts";
import type { ProgressReporter } from "./progress.ts";
import type { ExplainParams, ImpactParams, PreviewPageParams, PreviewParams } from "./protocol/preview-messages.ts";
import type { ReportParams } from "./protocol/report-messages.ts";
import {
	COMMITTED_TEXT_REQUEST,
	EXPLAIN_REQUEST,
	EXPORT_PREVIEW_REQUEST,
	EXPORT_REPORT_REQUEST,
	type ExportParams,
	IMPACT_REQUEST,
	IMPORT_SETTINGS_REQUEST,
	NEW_INSTANCE_REQUEST,
	PREVIEW_PAGE_REQUEST,
	PREVIEW_REQUEST,
	REPORT_REQUEST,
	SETTINGS_SCRIPT_REQUEST,
} from "./protocol/requests.ts";
import type { CommittedTextParams, ImportSettingsParams, NewInstanceParams, SettingsScriptParams } from "./protocol/settings-messages.ts";
import type { Session } from "./session.ts";

/** One request of our own protocol, see `server/protocol`. */
export interface OwnRequest {
	readonly method: string;
	readonly handle: (params: unknown, signal: AbortSignal, progress: ProgressReporter) => Promise<unknown>;
}

/** All requests of our own. */
export function listOwnRequests({ context, workspace, previews, kept, now }: Session): readonly OwnRequest[] {
	return [
		request(PREVIEW_REQUEST, (params: PreviewParams, signal, progress) => previews.open(params, signal, progress)),
		request(PREVIEW_PAGE_REQUEST, (params: PreviewPageParams, signal, progress) => previews.page(params, signal, progress)),
		request(EXPLAIN_REQUEST, (params: ExplainParams, signal, progress) => explainOne(workspace, kept, params, signal, progress)),
		request(IMPACT_REQUEST, (params: ImpactParams, signal, progress) => findPreviewImpact(workspace, kept, params, signal, progress)),
		request(EXPORT_PREVIEW_REQUEST, (params: ExportParams, signal, progress) => previews.exportWorkbook(params, signal, progress)),
		request(REPORT_REQUEST, (params: ReportParams, signal, progress) => openReport(workspace, params, signal, progress)),
		request(EXPORT_REPORT_REQUEST, (params: ExportParams, signal, progress) => exportReport(workspace, now, params, signal, progress)),
		request(SETTINGS_SCRIPT_REQUEST, (params: SettingsScriptParams, signal, progress) => writeScript(workspace, params, signal, progress)),
		request(IMPORT_SETTINGS_REQUEST, (params: ImportSettingsParams) => proposeImport(context, params)),
		request(COMMITTED_TEXT_REQUEST, (params: CommittedTextParams, signal) => readCommitted(workspace, params, signal)),
		request(NEW_INSTANCE_REQUEST, (params: NewInstanceParams) => proposeInstance(workspace, params)),
	];
}

function request<Params>(
	method: string,
	handle: (params: Params, signal: AbortSignal, progress: ProgressReporter) => Promise<unknown>,
): OwnRequest {
	// What our own client sends is what its types say; features check what they depend on.
	return { method, handle: (params, signal, progress) => handle(params as Params, signal, progress) };
}
