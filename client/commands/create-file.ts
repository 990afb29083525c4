import * as vscode from "vscode";

/**
 * Writes a new file and opens it. As an edit, so that it can be undone like every other; a file that has come meanwhile stays.
 * @returns false, after a message to the person, when it was not written.
 */
export async function createFile(uri: vscode.Uri, text: string, fileName: string): Promise<boolean> {
	const edit = new vscode.WorkspaceEdit();
	edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
	if (!(await vscode.workspace.applyEdit(edit))) {
		void vscode.window.showErrorMessage(
			vscode.l10n.t("{0} could not be created. Check that there is no such file yet, and that you may write to the folder.", fileName),
		);
		return false;
	}
	await vscode.window.showTextDocument(uri, { preview: false });
	return true;
}
