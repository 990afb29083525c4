import * as vscode from "vscode";

/**
 * Shows a text beside the view, at a place in it.
 * @param rangeIn the place that is selected and scrolled into sight.
 * @throws when the file cannot be shown as a text.
 */
export async function showBeside(
	file: vscode.Uri,
	rangeIn: (document: vscode.TextDocument) => vscode.Range | Promise<vscode.Range>,
): Promise<void> {
	const document = await vscode.workspace.openTextDocument(file);
	const range = await rangeIn(document);
	const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, selection: range });
	editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Says that a file is not where it was. */
export function describeUnopened(file: vscode.Uri): string {
	return vscode.l10n.t("{0} could not be opened. It may have been moved or deleted.", file.fsPath);
}
