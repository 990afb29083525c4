import * as vscode from "vscode";
import { isConfigUri } from "../config-files.ts";
import { type ClientsEntry, listChildren, listRoots } from "./clients-entries.ts";
import { describeCounts, toTreeItem } from "./clients-items.ts";
import type { ClientsModel } from "./clients-model.ts";

/** Identity of the view that shows the clients of the workspace. */
export const CLIENTS_VIEW = "usageReport.clients";

/** Shows the clients in the side bar, with a badge that counts what is wrong with their files. */
export function createClientsTree(context: vscode.ExtensionContext, model: ClientsModel): vscode.TreeView<ClientsEntry> {
	const changed = new vscode.EventEmitter<void>();
	const view = vscode.window.createTreeView<ClientsEntry>(CLIENTS_VIEW, {
		showCollapseAll: true,
		treeDataProvider: {
			onDidChangeTreeData: changed.event,
			getTreeItem: toTreeItem,
			async getChildren(entry) {
				if (entry !== undefined) return [...listChildren(entry)];
				const clients = await model.read();
				// Without a message an empty view would look like an empty workspace.
				view.message = clients.failed ? clients.message : "";
				return clients.failed ? [] : [...listRoots(clients)];
			},
		},
	});
	const showBadge = () => {
		const counts = countDiagnostics();
		const value = counts.errors + counts.warnings;
		view.badge = value === 0 ? undefined : { value, tooltip: vscode.l10n.t("Usage Report: {0}", describeCounts(counts)) };
	};
	context.subscriptions.push(
		changed,
		view,
		model.onDidChange(() => changed.fire()),
		view.onDidChangeVisibility(({ visible }) => visible && noteSeen()),
		vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.some(isConfigUri) && showBadge()),
	);
	showBadge();
	if (view.visible) noteSeen();
	return view;
}

/** Lets the walkthrough know, which notices only views that come into sight after it has been opened. */
function noteSeen(): void {
	void vscode.commands.executeCommand("setContext", "usageReport.clientsSeen", true);
}

/** Errors and warnings of all configurations, as the editor shows them. */
function countDiagnostics(): { readonly errors: number; readonly warnings: number } {
	const all = vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => (isConfigUri(uri) ? diagnostics : []));
	const count = (severity: vscode.DiagnosticSeverity) => all.filter((diagnostic) => diagnostic.severity === severity).length;
	return { errors: count(vscode.DiagnosticSeverity.Error), warnings: count(vscode.DiagnosticSeverity.Warning) };
}
