import * as vscode from "vscode";
import type { ConfigSummary } from "../config-files.ts";
import { chooseInstance } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/** Shows how the installations of an instance are categorized; null when no instance was chosen. */
export async function previewInstalls(context: CommandContext, argument: unknown): Promise<vscode.Uri | null> {
	const instance = await chooseInstance(context, argument);
	if (instance === null) return null;
	await openPreview(context, instance);
	return instance.uri;
}

/** Opens the preview of an instance, or loads an open one anew; resolves when it is there. */
export async function openPreview({ previews }: CommandContext, { uri, name }: ConfigSummary): Promise<void> {
	const title = vscode.l10n.t("Categorizing {0}", name);
	await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) =>
		previews.open([uri.toString()], token, (message) => progress.report({ message })),
	);
}
