import * as vscode from "vscode";
import { describeUnopened } from "./show-file.ts";

/** Opens a configuration beside the result that was made from it; nothing happens without one. */
export async function openConfig(uri: string | undefined): Promise<void> {
	if (uri === undefined) return;
	const file = vscode.Uri.parse(uri);
	try {
		await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.Beside });
	} catch {
		void vscode.window.showErrorMessage(describeUnopened(file));
	}
}
