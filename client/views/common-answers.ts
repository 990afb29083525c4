import * as vscode from "vscode";
import type { Failure } from "../../server/protocol/requests.ts";
import type { AskAnswers } from "./ask-answerer.ts";

/** What every view can ask for: the clipboard, and places in files. */
export const COMMON_ANSWERS: AskAnswers = {
	async copyText({ text }) {
		await vscode.env.clipboard.writeText(text);
		return { failed: false };
	},
	openPlace,
};

/** Opens a file at a line, counted from 1; answers in words why it could not be opened. */
export async function openPlace({
	uri,
	line,
}: {
	readonly uri: string;
	readonly line: number | null;
}): Promise<{ readonly failed: false } | Failure> {
	const file = vscode.Uri.parse(uri);
	try {
		await showPlace(file, line);
		return { failed: false };
	} catch {
		return { failed: true, message: vscode.l10n.t("{0} could not be opened. It may have been moved or deleted.", file.fsPath) };
	}
}

/** Shows a file beside the view, text at its line; what is no text, or too large for the editor, opens with whatever the editor has for it. */
async function showPlace(file: vscode.Uri, line: number | null): Promise<void> {
	if (line !== null && (await showLine(file, line))) return;
	await vscode.workspace.fs.stat(file);
	await vscode.commands.executeCommand("vscode.open", file, vscode.ViewColumn.Beside);
}

/** Selects a line of a text; false when the file cannot be shown as one. */
async function showLine(file: vscode.Uri, line: number): Promise<boolean> {
	const start = new vscode.Position(Math.max(0, line - 1), 0);
	try {
		const options = { viewColumn: vscode.ViewColumn.Beside, selection: new vscode.Range(start, start) };
		const editor = await vscode.window.showTextDocument(file, options);
		const { range } = editor.document.lineAt(Math.min(start.line, editor.document.lineCount - 1));
		editor.selection = new vscode.Selection(range.start, range.end);
		editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
		return true;
	} catch {
		return false;
	}
}
