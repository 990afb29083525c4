import * as vscode from "vscode";
import type { ReportResult } from "../../server/protocol/report-messages.ts";
import { REPORT_REQUEST } from "../../server/protocol/requests.ts";
import type { UsageClient } from "../language-client.ts";
import { openConfig } from "./open-config.ts";
import { createReportAnswers } from "./report-answers.ts";
import { createResultPanels, type ResultPanels } from "./result-panels.ts";

/** Type of the panel that compares subscriptions with usage. */
export const REPORT_VIEW = "usageReport.report";

/** The open usage reports, one per set of projects; an empty set stands for all projects of the workspace. */
export function createReportPanels(context: vscode.ExtensionContext, client: UsageClient): ResultPanels {
	return createResultPanels<ReportResult>(context, {
		viewType: REPORT_VIEW,
		view: "report",
		titleOf: (_, report) => {
			const only = report !== null && report.clients.length === 1 ? report.clients[0] : undefined;
			return only === undefined ? vscode.l10n.t("Usage Report") : vscode.l10n.t("Usage Report: {0}", only.client);
		},
		load: (uris, token, onProgress) => client.ask<ReportResult>(REPORT_REQUEST, { uris }, token, onProgress),
		messageOf: (report, revision, uris) => ({ type: "report", revision, uris, report }),
		answers: createReportAnswers(context, client),
		log: client.log,
		command(command, uris) {
			if (command === "log") client.log.show();
			else if (command === "open") void openConfig(uris[0]);
			else
				void vscode.commands.executeCommand(
					"usageReport.exportReport",
					uris.length === 0 ? "all" : uris.map((uri) => vscode.Uri.parse(uri)),
				);
		},
		concerns: (uris, changed) => uris.length === 0 || uris.some((uri) => changed.includes(uri)),
	});
}
