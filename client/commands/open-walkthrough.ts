import * as vscode from "vscode";
import type { CommandContext } from "./command-context.ts";

/** Identity of the walkthrough in the manifest. */
const WALKTHROUGH = "usageReport.firstSteps";

/** Opens the walkthrough from the samples to an own client. */
export async function openWalkthrough({ extensionId }: Pick<CommandContext, "extensionId">): Promise<void> {
	await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extensionId}#${WALKTHROUGH}`, false);
}
