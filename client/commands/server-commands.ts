import * as vscode from "vscode";
import type { CommandContext } from "./command-context.ts";

/** Opens the log of the extension and of its server. */
export function showLog(context: CommandContext): void {
	context.client.log.show();
}

/** Stops the server and starts it anew; the client says so itself when that fails. */
export async function restartServer(context: CommandContext): Promise<boolean> {
	const restarted = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Restarting the Usage Report server") },
		() => context.client.restart(),
	);
	if (restarted) vscode.window.setStatusBarMessage(vscode.l10n.t("The Usage Report server was restarted."), 5_000);
	return restarted;
}
