import * as vscode from "vscode";
import { NEW_INSTANCE_REQUEST } from "../../server/protocol/requests.ts";
import type { NewInstanceFailure, NewInstanceParams, NewInstanceResult } from "../../server/protocol/settings-messages.ts";
import type { ConfigSummary } from "../config-files.ts";
import { chooseProject } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * Creates an instance of a project: a file beside the project's with a copy of its limits and the advice for them. Asks for the name and the file unless
 * they are given. Answers the file, or null when none was made.
 */
export async function newInstance(
	context: CommandContext,
	argument: unknown,
	givenName: unknown,
	givenFile: unknown,
): Promise<vscode.Uri | null> {
	const project = await chooseProject(context, argument);
	if (project === null) return null;
	const name = typeof givenName === "string" ? givenName : await askName(context, project);
	if (name === undefined) return null;
	const proposed = await propose(context, project, name, typeof givenFile === "string" ? givenFile : undefined);
	if (proposed.failed) return refuse(proposed.message);
	const fileName = typeof givenName === "string" ? proposed.fileName : await askFile(context, project, name, proposed.fileName);
	if (fileName === undefined) return null;
	// What is on the disk may have changed while the person was asked.
	const result = fileName === proposed.fileName ? proposed : await propose(context, project, name, fileName);
	if (result.failed) return refuse(result.message);
	return (await create(result)) ? announce(project, result) : null;
}

async function propose(
	context: CommandContext,
	project: ConfigSummary,
	name: string,
	fileName?: string,
): Promise<NewInstanceResult | NewInstanceFailure> {
	const params: NewInstanceParams = { project: project.uri.toString(), name, ...(fileName === undefined ? {} : { fileName }) };
	const never = new vscode.CancellationTokenSource();
	try {
		const answer = await context.client.ask<NewInstanceResult | NewInstanceFailure>(NEW_INSTANCE_REQUEST, params, never.token);
		if (answer === null) return { failed: true, message: vscode.l10n.t("The Usage Report server was stopped."), about: null };
		return answer.failed ? { about: null, ...answer } : answer;
	} finally {
		never.dispose();
	}
}

function askName(context: CommandContext, project: ConfigSummary): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title: vscode.l10n.t("New Instance of {0}", project.name),
		prompt: vscode.l10n.t("Name of the instance, as in the product"),
		ignoreFocusOut: true,
		async validateInput(name) {
			const proposed = await propose(context, project, name);
			return proposed.failed ? proposed.message : null;
		},
	});
}

function askFile(context: CommandContext, project: ConfigSummary, name: string, proposed: string): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title: vscode.l10n.t("New Instance of {0}", project.name),
		prompt: vscode.l10n.t("Name of the file, beside the project's"),
		value: proposed,
		valueSelection: [0, proposed.length - ".usage.yaml".length],
		ignoreFocusOut: true,
		async validateInput(fileName) {
			const answer = await propose(context, project, name, fileName);
			return answer.failed ? answer.message : null;
		},
	});
}

/** As an edit, so that it can be undone like every other. */
async function create({ uri, text, fileName }: NewInstanceResult): Promise<boolean> {
	const target = vscode.Uri.parse(uri);
	const edit = new vscode.WorkspaceEdit();
	edit.createFile(target, { contents: new TextEncoder().encode(text), overwrite: false });
	if (!(await vscode.workspace.applyEdit(edit))) {
		refuse(vscode.l10n.t("{0} could not be created. Check that you may write to the folder.", fileName));
		return false;
	}
	await vscode.window.showTextDocument(target, { preview: false });
	return true;
}

function announce(project: ConfigSummary, { uri, fileName }: NewInstanceResult): vscode.Uri {
	void vscode.window.showInformationMessage(
		vscode.l10n.t(
			"{0} was created with the limits that {1} has now. When the project's limits change later, the instance's will not follow.",
			fileName,
			project.name,
		),
	);
	return vscode.Uri.parse(uri);
}

function refuse(message: string): null {
	void vscode.window.showErrorMessage(message);
	return null;
}
