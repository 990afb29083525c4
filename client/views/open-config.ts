import * as vscode from "vscode";

/** Opens a configuration beside the result that was made from it; nothing happens without one. */
export async function openConfig(uri: string | undefined): Promise<void> {
	if (uri === undefined) return;
	try {
		await vscode.window.showTextDocument(vscode.Uri.parse(uri), { viewColumn: vscode.ViewColumn.Beside });
	} catch {
		void vscode.window.showErrorMessage(
			vscode.l10n.t("{0} could not be opened. It may have been moved or deleted.", vscode.Uri.parse(uri).fsPath),
		);
	}
}
