import * as vscode from "vscode";
import { chooseConfig } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/** Shows the T-SQL of a project's or instance's limits; answers its document, or null when nothing was chosen. */
export async function showSettingsScript(context: CommandContext, argument: unknown): Promise<vscode.Uri | null> {
	const config = await chooseConfig(context, argument);
	if (config === null) return null;
	const title = vscode.l10n.t("Writing the settings script of {0}", config.name);
	const document = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
		context.scripts.show(config.uri),
	);
	return document.uri;
}
