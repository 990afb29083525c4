import * as vscode from "vscode";
import { type ClientsEntry, nameOfEntry } from "../views/clients-entries.ts";
import type { CommandContext } from "./command-context.ts";

/** Asks the server anew for what the view of clients shows. */
export function refreshClients({ clients }: CommandContext): void {
	clients.refresh();
}

/** Shows the file of an entry in the explorer: of a data source the file that it is read from, of everything else the configuration. */
export async function revealEntry(entry: unknown): Promise<boolean> {
	if (!isEntry(entry) || entry.kind === "loose") return false;
	const uri = entry.kind === "source" && entry.source.file !== null ? vscode.Uri.parse(entry.source.file) : entry.uri;
	try {
		await vscode.workspace.fs.stat(uri);
	} catch {
		void vscode.window.showErrorMessage(vscode.l10n.t("{0} is not there. It may have been moved or deleted.", uri.fsPath));
		return false;
	}
	await vscode.commands.executeCommand("revealInExplorer", uri);
	return true;
}

/** Puts the name of an entry on the clipboard. */
export async function copyEntryName(entry: unknown): Promise<boolean> {
	if (!isEntry(entry)) return false;
	await vscode.env.clipboard.writeText(nameOfEntry(entry));
	return true;
}

function isEntry(value: unknown): value is ClientsEntry {
	return typeof value === "object" && value !== null && "kind" in value && "id" in value;
}
