import * as vscode from "vscode";
import { chooseProjects } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/** Shows the usage report of one project or of all; false when none was chosen. */
export async function runUsageReport(context: CommandContext, argument: unknown): Promise<boolean> {
	const projects = await chooseProjects(context, argument);
	if (projects === null) return false;
	const title =
		projects.name === null ? vscode.l10n.t("Running the usage report") : vscode.l10n.t("Running the usage report of {0}", projects.name);
	await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) =>
		context.reports.open(
			projects.uris.map((uri) => uri.toString()),
			token,
			(message) => progress.report({ message }),
		),
	);
	return true;
}
