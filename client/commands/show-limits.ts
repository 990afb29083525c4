import * as vscode from "vscode";
import { chooseConfig } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/** Opens a project or an instance where its limits stand; false when none was chosen. */
export async function showLimits(context: CommandContext, argument: unknown): Promise<boolean> {
	const config = await chooseConfig(context, argument);
	if (config === null) return false;
	const document = await vscode.workspace.openTextDocument(config.uri);
	const lines = document.getText().split("\n");
	const heading = lines.findIndex((line) => /^usageCategory[ \t]*:/.test(line));
	const values = lines.findIndex((line, index) => index > heading && /^[ \t]+\w+Limit[ \t]*:[ \t]*\d/.test(line));
	// Without limits the file is shown from its beginning; its diagnostics say what is missing.
	const line = heading < 0 ? 0 : values < 0 ? heading : values;
	const end = document.lineAt(line).range.end;
	const editor = await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(end, end) });
	editor.revealRange(new vscode.Range(Math.max(0, heading), 0, line, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
	return true;
}
