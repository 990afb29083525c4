import { proposeLimits } from "./features/apply-limits.ts";
import { listClients } from "./features/clients.ts";
import { readCommitted } from "./features/committed-text.ts";
import { copyRows } from "./features/copy-rows.ts";
import { explainOne } from "./features/explain.ts";
import { exportPreview } from "./features/export-preview.ts";
import { findPreviewImpact } from "./features/impact.ts";
import { proposeImport } from "./features/import-settings.ts";
import { proposeInstance } from "./features/new-instance.ts";
import { proposeProject } from "./features/new-project.ts";
import { findPreviewNames } from "./features/preview-names.ts";
import { pageProducts } from "./features/preview-products.ts";
import { exportReport, openReport } from "./features/report.ts";
import { openReportServer } from "./features/report-server.ts";
import { sumSelection } from "./features/selection.ts";
import { findPreviewSensitivity } from "./features/sensitivity.ts";
import { writeScript } from "./features/settings-script.ts";
import { findSourcePlace } from "./features/source-place.ts";
import { describeStatus } from "./features/status.ts";
import type { ProgressReporter } from "./progress.ts";
import { CLIENTS_REQUEST, NEW_PROJECT_REQUEST, type NewProjectParams, STATUS_REQUEST } from "./protocol/client-messages.ts";
import type {
	ApplyLimitsParams,
	CopyRowsParams,
	ExplainParams,
	ExportPreviewParams,
	ImpactParams,
	PreviewNamesParams,
	PreviewPageParams,
	PreviewParams,
	PreviewProductsParams,
	SelectionParams,
	SensitivityParams,
	SourcePlaceParams,
} from "./protocol/preview-messages.ts";
import type { ReportParams, ReportServerParams } from "./protocol/report-messages.ts";
import {
	APPLY_LIMITS_REQUEST,
	COMMITTED_TEXT_REQUEST,
	COPY_REQUEST,
	EXPLAIN_REQUEST,
	EXPORT_PREVIEW_REQUEST,
	EXPORT_REPORT_REQUEST,
	type ExportParams,
	IMPACT_REQUEST,
	IMPORT_SETTINGS_REQUEST,
	NEW_INSTANCE_REQUEST,
	PREVIEW_NAMES_REQUEST,
	PREVIEW_PAGE_REQUEST,
	PREVIEW_PRODUCTS_REQUEST,
	PREVIEW_REQUEST,
	REPORT_REQUEST,
	REPORT_SERVER_REQUEST,
	SELECTION_REQUEST,
	SENSITIVITY_REQUEST,
	SETTINGS_SCRIPT_REQUEST,
	SOURCE_PLACE_REQUEST,
} from "./protocol/requests.ts";
import type { CommittedTextParams, ImportSettingsParams, NewInstanceParams, SettingsScriptParams } from "./protocol/settings-messages.ts";
import type { Session } from "./session.ts";

/** One request of our own protocol, see `server/protocol`. */
export interface OwnRequest {
	readonly method: string;
	readonly handle: (params: unknown, signal: AbortSignal, progress: ProgressReporter) => Promise<unknown>;
}

/** All requests of our own. */
export function listOwnRequests({
	client,
	context,
	workspace,
	previews,
	kept,
	inspections,
	faults,
	now,
	history,
}: Session): readonly OwnRequest[] {
	const views = { workspace, kept };
	return [
		request(PREVIEW_REQUEST, (params: PreviewParams, signal, progress) => previews.open(params, signal, progress)),
		request(PREVIEW_PAGE_REQUEST, (params: PreviewPageParams, signal, progress) => previews.page(params, signal, progress)),
		request(EXPLAIN_REQUEST, (params: ExplainParams, signal, progress) => explainOne(views, params, signal, progress)),
		request(IMPACT_REQUEST, (params: ImpactParams, signal, progress) => findPreviewImpact(views, params, signal, progress)),
		request(PREVIEW_PRODUCTS_REQUEST, (params: PreviewProductsParams, signal, progress) => pageProducts(views, params, signal, progress)),
		request(SELECTION_REQUEST, (params: SelectionParams, signal, progress) => sumSelection(views, params, signal, progress)),
		request(COPY_REQUEST, (params: CopyRowsParams, signal, progress) => copyRows(views, params, signal, progress)),
		request(PREVIEW_NAMES_REQUEST, (params: PreviewNamesParams, signal, progress) => findPreviewNames(views, params, signal, progress)),
		request(SENSITIVITY_REQUEST, (params: SensitivityParams, signal, progress) => findPreviewSensitivity(views, params, signal, progress)),
		request(SOURCE_PLACE_REQUEST, (params: SourcePlaceParams, signal, progress) => findSourcePlace(views, params, signal, progress)),
		request(APPLY_LIMITS_REQUEST, (params: ApplyLimitsParams) => proposeLimits(context, client.edits.versioned, params)),
		request(EXPORT_PREVIEW_REQUEST, (params: ExportPreviewParams, signal, progress) =>
			exportPreview(workspace, now, params, signal, progress),
		),
		request(REPORT_REQUEST, (params: ReportParams, signal, progress) => openReport(workspace, history(), params, signal, progress)),
		request(REPORT_SERVER_REQUEST, (params: ReportServerParams, signal, progress) =>
			openReportServer(workspace, history(), params, signal, progress),
		),
		request(EXPORT_REPORT_REQUEST, (params: ExportParams, signal, progress) =>
			exportReport(workspace, history(), now, params, signal, progress),
		),
		request(SETTINGS_SCRIPT_REQUEST, (params: SettingsScriptParams, signal, progress) => writeScript(workspace, params, signal, progress)),
		request(IMPORT_SETTINGS_REQUEST, (params: ImportSettingsParams) => proposeImport(context, params)),
		request(COMMITTED_TEXT_REQUEST, (params: CommittedTextParams, signal) => readCommitted(workspace, params, signal)),
		request(NEW_INSTANCE_REQUEST, (params: NewInstanceParams) => proposeInstance(workspace, params, lookAtData)),
		request(NEW_PROJECT_REQUEST, (params: NewProjectParams) => proposeProject(workspace, now, params)),
		request(CLIENTS_REQUEST, async () => listClients(context, inspections)),
		request(STATUS_REQUEST, async () => describeStatus(workspace, inspections, faults)),
	];
}

/** Milliseconds for the beginnings of files that a person has chosen. */
const LOOK_MS = 10_000;

function lookAtData(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
}

function request<Params>(
	method: string,
	handle: (params: Params, signal: AbortSignal, progress: ProgressReporter) => Promise<unknown>,
): OwnRequest {
	// What our own client sends is what its types say; features check what they depend on.
	return { method, handle: (params, signal, progress) => handle(params as Params, signal, progress) };
}
