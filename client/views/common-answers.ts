import * as vscode from "vscode";
import type { Failure } from "../../server/protocol/requests.ts";
import type { AskAnswers } from "./ask-answerer.ts";
import { describeUnopened, showBeside } from "./show-file.ts";

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
		return { failed: true, message: describeUnopened(file) };
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
	try {
		await showBeside(file, (document) => document.lineAt(Math.min(Math.max(0, line - 1), document.lineCount - 1)).range);
		return true;
	} catch {
		return false;
	}
}
