import * as vscode from "vscode";
import { chooseInstance } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/** Shows how the installations of an instance are categorized; null when no instance was chosen. */
export async function previewInstalls(context: CommandContext, argument: unknown): Promise<vscode.Uri | null> {
	const instance = await chooseInstance(context, argument);
	if (instance === null) return null;
	const title = vscode.l10n.t("Categorizing {0}", instance.name);
	await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) =>
		context.previews.open([instance.uri.toString()], token, (message) => progress.report({ message })),
	);
	return instance.uri;
}
