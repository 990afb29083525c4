import * as vscode from "vscode";
import type { CommandContext } from "./commands/command-context.ts";
import { exportPreview, exportReport } from "./commands/export-workbook.ts";
import { importDeployedSettings } from "./commands/import-settings.ts";
import { newInstance } from "./commands/new-instance.ts";
import { previewInstalls } from "./commands/preview-installs.ts";
import { runUsageReport } from "./commands/run-report.ts";
import { restartServer, showLog } from "./commands/server-commands.ts";
import { showSettingsScript } from "./commands/show-settings-script.ts";
import { createConfigFiles, isConfig } from "./config-files.ts";
import { createUsageClient, type UsageClient } from "./language-client.ts";
import { createCommittedDocuments } from "./views/committed-documents.ts";
import { createPreviewPanels } from "./views/preview-panel.ts";
import { createReportPanels } from "./views/report-panel.ts";
import type { Rendered } from "./views/result-panels.ts";
import { createSettingsScripts } from "./views/settings-scripts.ts";

/** What other extensions, and the tests, may use. */
export interface UsageReportApi {
	/** Fires when a view has drawn a table. */
	readonly onDidRender: vscode.Event<Rendered>;
}

/** Starts the server, registers the commands and revives the views; called by the editor once. */
export async function activate(context: vscode.ExtensionContext): Promise<UsageReportApi> {
	const client = createUsageClient(context);
	const files = createConfigFiles(context);
	const previews = createPreviewPanels(context, client);
	const reports = createReportPanels(context, client);
	const scripts = createSettingsScripts(context, client);
	const committed = createCommittedDocuments(context, client);
	const commands: CommandContext = { client, files, previews, reports, scripts, memory: context.workspaceState };

	const register = (name: string, run: (...args: readonly unknown[]) => unknown) =>
		context.subscriptions.push(vscode.commands.registerCommand(`usageReport.${name}`, run));
	register("preview", (argument) => previewInstalls(commands, argument));
	register("runReport", (argument) => runUsageReport(commands, argument));
	register("exportPreview", (argument, target) => exportPreview(commands, argument, target));
	register("exportReport", (argument, target) => exportReport(commands, argument, target));
	register("newInstance", (argument, name, fileName) => newInstance(commands, argument, name, fileName));
	register("showSettingsScript", (argument) => showSettingsScript(commands, argument));
	register("importSettings", (argument, source) => importDeployedSettings(commands, argument, source));
	register("showLog", () => showLog(commands));
	register("restartServer", () => restartServer(commands));

	followChanges(context, client, (uris) => {
		previews.changed(uris);
		reports.changed(uris);
		scripts.changed(uris);
		committed.changed(uris);
	});
	await vscode.commands.executeCommand("setContext", "usageReport.active", true);
	await client.start();
	return {
		onDidRender: (listener, self, disposables) => {
			const all = vscode.Disposable.from(previews.onDidRender(listener, self), reports.onDidRender(listener, self));
			disposables?.push(all);
			return all;
		},
	};
}

/** Changes that the server reports, and edits of a shown file itself, which need no round trip to be known. */
function followChanges(context: vscode.ExtensionContext, client: UsageClient, changed: (uris: readonly string[]) => void): void {
	context.subscriptions.push(
		// The server may escape other characters of a URI than the editor does.
		client.onDataChanged(({ uris }) => changed(uris.map((uri) => vscode.Uri.parse(uri).toString()))),
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (contentChanges.length > 0 && isConfig(document)) changed([document.uri.toString()]);
		}),
	);
}
