import * as vscode from "vscode";
import type { PreviewSummary } from "../../server/protocol/preview-messages.ts";
import { PREVIEW_REQUEST } from "../../server/protocol/requests.ts";
import type { UsageClient } from "../language-client.ts";
import { openConfig } from "./open-config.ts";
import { createPreviewAnswers } from "./preview-answers.ts";
import { createResultPanels, type ResultPanels } from "./result-panels.ts";

/** Type of the panel that shows how the installations of one instance are categorized. */
export const PREVIEW_VIEW = "usageReport.preview";

/** The open previews, one per instance. */
export function createPreviewPanels(context: vscode.ExtensionContext, client: UsageClient): ResultPanels {
	return createResultPanels<PreviewSummary>(context, {
		viewType: PREVIEW_VIEW,
		view: "preview",
		titleOf: (_, summary) => (summary === null ? vscode.l10n.t("Preview") : vscode.l10n.t("Preview: {0}", summary.instance)),
		load: (uris, token, onProgress) => client.ask<PreviewSummary>(PREVIEW_REQUEST, { uri: uris[0] ?? "" }, token, onProgress),
		messageOf: (summary, revision, uris) => ({ type: "preview", revision, uris, summary }),
		answers: createPreviewAnswers(client),
		log: client.log,
		command(command, uris) {
			if (command === "log") client.log.show();
			else if (command === "open") void openConfig(uris[0]);
			else void vscode.commands.executeCommand("usageReport.exportPreview", vscode.Uri.parse(uris[0] ?? ""));
		},
		concerns: (uris, changed) => uris.some((uri) => changed.includes(uri)),
	});
}
