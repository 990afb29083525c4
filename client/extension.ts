import * as vscode from "vscode";
import type { CommandContext } from "./commands/command-context.ts";
import { compareLimits } from "./commands/compare-limits.ts";
import { copyEntryName, refreshClients, revealEntry } from "./commands/entry-commands.ts";
import { explainInstallation } from "./commands/explain-installation.ts";
import { exportPreview, exportReport } from "./commands/export-file.ts";
import { importDeployedSettings } from "./commands/import-settings.ts";
import { newInstance } from "./commands/new-instance.ts";
import { newProject } from "./commands/new-project.ts";
import { openSamples, welcomeToSamples } from "./commands/open-samples.ts";
import { openWalkthrough } from "./commands/open-walkthrough.ts";
import { previewInstalls } from "./commands/preview-installs.ts";
import { runUsageReport } from "./commands/run-report.ts";
import { restartServer, showLog } from "./commands/server-commands.ts";
import { setConnectionSecret } from "./commands/set-secret.ts";
import { showLimits } from "./commands/show-limits.ts";
import { showSettingsScript } from "./commands/show-settings-script.ts";
import { createConfigFiles, isConfig } from "./config-files.ts";
import { createUsageClient, type UsageClient } from "./language-client.ts";
import { createClientsModel } from "./views/clients-model.ts";
import { createClientsTree } from "./views/clients-tree.ts";
import { createCommittedDocuments } from "./views/committed-documents.ts";
import { createPreviewPanels } from "./views/preview-panel.ts";
import { createReportPanels } from "./views/report-panel.ts";
import type { Rendered } from "./views/result-panels.ts";
import { createSettingsScripts } from "./views/settings-scripts.ts";
import { createStatusItems } from "./views/status-items.ts";

/** What other extensions, and the tests, may use. */
export interface UsageReportApi {
	/** Fires when a view has drawn a table. */
	readonly onDidRender: vscode.Event<Rendered>;
}

/**
 * Registers the commands, the views and what revives them; called by the editor once. The server is started beside it, once there is a configuration:
 * whoever asks it something before waits for it.
 */
export async function activate(context: vscode.ExtensionContext): Promise<UsageReportApi> {
	const client = createUsageClient(context);
	const files = createConfigFiles(context);
	const previews = createPreviewPanels(context, client);
	const reports = createReportPanels(context, client);
	const scripts = createSettingsScripts(context, client);
	const committed = createCommittedDocuments(context, client);
	const clients = createClientsModel(context, client, files);
	const commands: CommandContext = {
		client,
		clients,
		files,
		previews,
		reports,
		scripts,
		memory: context.workspaceState,
		globalMemory: context.globalState,
		secrets: context.secrets,
		extensionUri: context.extensionUri,
		extensionId: context.extension.id,
	};

	const register = (name: string, run: (...args: readonly unknown[]) => unknown) =>
		context.subscriptions.push(vscode.commands.registerCommand(`usageReport.${name}`, run));
	register("preview", async (argument) => (await previewInstalls(commands, argument)) !== null);
	register("compareLimits", (argument, tab) => compareLimits(commands, argument, tab));
	register("explainInstallation", (argument, device, product) => explainInstallation(commands, argument, device, product));
	register("runReport", (argument) => runUsageReport(commands, argument));
	register("exportPreview", (argument, target, shown) => exportPreview(commands, argument, target, shown));
	register("exportReport", (argument, target, filter) => exportReport(commands, argument, target, filter));
	register("newProject", (folder, draft) => newProject(commands, folder, draft));
	register("newInstance", (argument, name, fileName) => newInstance(commands, argument, name, fileName));
	register("showSettingsScript", (argument) => showSettingsScript(commands, argument));
	register("importSettings", (argument, source) => importDeployedSettings(commands, argument, source));
	register("showLimits", (argument) => showLimits(commands, argument));
	register("setConnectionSecret", (name) => setConnectionSecret(commands, name));
	register("openSamples", (target, opening) => openSamples(commands, target, opening));
	register("openWalkthrough", () => openWalkthrough(commands));
	register("refreshClients", () => refreshClients(commands));
	register("revealEntry", (entry) => revealEntry(entry));
	register("copyEntryName", (entry) => copyEntryName(entry));
	register("showLog", () => showLog(commands));
	register("restartServer", () => restartServer(commands));

	createClientsTree(context, clients);
	createStatusItems(context, client, clients);
	followLimitChanges(context);
	followChanges(context, client, (uris) => {
		previews.changed(uris);
		reports.changed(uris);
		scripts.changed(uris);
		committed.changed(uris);
	});
	await vscode.commands.executeCommand("setContext", "usageReport.active", true);
	void files.firstFound.then(() => client.start());
	void welcomeToSamples(commands);
	return {
		onDidRender: (listener, self, disposables) => {
			const all = vscode.Disposable.from(previews.onDidRender(listener, self), reports.onDidRender(listener, self));
			disposables?.push(all);
			return all;
		},
	};
}

/** The walkthrough's step of changing a limit is done once a change was noticed. */
function followLimitChanges(context: vscode.ExtensionContext): void {
	const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
		const codes = uris.flatMap((uri) =>
			vscode.languages.getDiagnostics(uri).map(({ code }) => (typeof code === "object" ? code.value : code)),
		);
		if (!codes.includes("limits/changed")) return;
		listener.dispose();
		void vscode.commands.executeCommand("setContext", "usageReport.limitChanged", true);
	});
	context.subscriptions.push(listener);
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
