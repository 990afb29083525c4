import * as vscode from "vscode";
import type { ReportServerResult } from "../../server/protocol/report-messages.ts";
import { type ExportResult, REPORT_SERVER_REQUEST } from "../../server/protocol/requests.ts";
import type { UsageClient } from "../language-client.ts";
import type { AskAnswers } from "./ask-answerer.ts";
import { findSubscription } from "./find-subscription.ts";
import { openForPrinting } from "./open-for-printing.ts";
import { describeUnopened, showBeside } from "./show-file.ts";

/** What the view of a usage report can ask for, beside what every view can. */
export function createReportAnswers(context: vscode.ExtensionContext, client: UsageClient): AskAnswers {
	return {
		reportServer: (params, uris, token) => client.ask<ReportServerResult>(REPORT_SERVER_REQUEST, { ...params, uris }, token),
		async exportServers({ filter }, uris) {
			const written = await vscode.commands.executeCommand<ExportResult | null>(
				"usageReport.exportReport",
				uris.length === 0 ? "all" : uris.map((uri) => vscode.Uri.parse(uri)),
				undefined,
				filter,
			);
			return { failed: false, written: written !== null && written !== undefined };
		},
		async openSubscription({ uri, client: name, server }) {
			const file = vscode.Uri.parse(uri);
			try {
				await showBeside(file, async () => {
					const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
						"vscode.executeDocumentSymbolProvider",
						file,
					);
					return findSubscription(symbols ?? [], name, server)?.selectionRange ?? new vscode.Range(0, 0, 0, 0);
				});
				return { failed: false };
			} catch {
				return { failed: true, message: describeUnopened(file) };
			}
		},
		openForPrinting: ({ title, body }) => openForPrinting(context, title, body),
	};
}
