import * as vscode from "vscode";
import { IMPORT_SETTINGS_REQUEST } from "../../server/protocol/requests.ts";
import type { ImportSettingsResult } from "../../server/protocol/settings-messages.ts";
import type { ConfigSummary } from "../config-files.ts";
import { chooseProject } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/** What came of an import. */
export interface ImportOutcome {
	readonly proposal: ImportSettingsResult;
	/** How many files the person took of those that were proposed. */
	readonly taken: number;
}

/**
 * Brings the limits that are deployed, as the result of the settings script tells them, into the configurations of a project. What would change is
 * shown as a refactoring first, in which the person ticks what they want.
 * @param source a file, or `"clipboard"`; asked for when it is neither.
 * @returns null when it came to no proposal.
 */
export async function importDeployedSettings(context: CommandContext, argument: unknown, source: unknown): Promise<ImportOutcome | null> {
	const project = await chooseProject(context, argument);
	if (project === null) return null;
	const from = source instanceof vscode.Uri || source === "clipboard" ? source : await askSource(project);
	if (from === null) return null;
	const text = await readSource(from);
	if (text === null) return null;
	const proposal = await propose(context, project, text);
	if (proposal === null) return null;
	const taken = proposal.edit === null ? 0 : await apply(context, proposal, proposal.edit);
	void tell(describeOutcome(proposal, taken), proposal.leftOut);
	return { proposal, taken };
}

function describeOutcome({ edit, summary, created, changed }: ImportSettingsResult, taken: number): string {
	const all = created.length + changed.length;
	if (edit === null) return vscode.l10n.t("Nothing to change: {0}", summary);
	if (taken === 0) return vscode.l10n.t("Nothing was taken over: no change was ticked in the preview.");
	if (taken < all) return vscode.l10n.t("{0} of {1} changes were taken over: {2}", taken, all, summary);
	return vscode.l10n.t("Deployed settings were taken over: {0}", summary);
}

/** Answers of how many files something was taken; the editor itself only tells that the preview was not discarded. */
async function apply(context: CommandContext, { created, changed }: ImportSettingsResult, edit: object): Promise<number> {
	const documents = await Promise.all(changed.map((uri) => vscode.workspace.openTextDocument(vscode.Uri.parse(uri))));
	const before = documents.map((document) => document.getText());
	const proposed = await context.client.toWorkspaceEdit(edit);
	if (!(await vscode.workspace.applyEdit(proposed, { isRefactoring: true }))) return 0;
	const made = await Promise.all(created.map((uri) => exists(vscode.Uri.parse(uri))));
	return made.filter((is) => is).length + documents.filter((document, index) => document.getText() !== before[index]).length;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
	try {
		await vscode.workspace.fs.stat(uri);
		return true;
	} catch {
		return false;
	}
}

async function askSource(project: ConfigSummary): Promise<vscode.Uri | "clipboard" | null> {
	const clipboard = { label: vscode.l10n.t("From the Clipboard"), detail: vscode.l10n.t("Rows copied from the result grid") };
	const file = { label: vscode.l10n.t("Choose a File…"), detail: vscode.l10n.t("A result saved as CSV or text") };
	const picked = await vscode.window.showQuickPick([clipboard, file], {
		title: vscode.l10n.t("Import Deployed Settings of {0}", project.name),
		placeHolder: vscode.l10n.t("Where is the result of the settings script?"),
	});
	if (picked === clipboard) return "clipboard";
	if (picked !== file) return null;
	const chosen = await vscode.window.showOpenDialog({
		title: vscode.l10n.t("Result of the Settings Script"),
		openLabel: vscode.l10n.t("Import"),
		defaultUri: vscode.Uri.joinPath(project.uri, ".."),
		filters: { [vscode.l10n.t("Results")]: ["csv", "tsv", "txt"], [vscode.l10n.t("All files")]: ["*"] },
	});
	return chosen?.[0] ?? null;
}

/** Larger than any table of settings. */
const MAX_BYTES = 16 * 1024 * 1024;

async function readSource(source: vscode.Uri | "clipboard"): Promise<string | null> {
	if (source === "clipboard") return vscode.env.clipboard.readText();
	const name = source.path.slice(source.path.lastIndexOf("/") + 1);
	try {
		const { size } = await vscode.workspace.fs.stat(source);
		if (size <= MAX_BYTES) return decode(await vscode.workspace.fs.readFile(source));
		void vscode.window.showErrorMessage(vscode.l10n.t("{0} is too large for a table of settings.", name));
	} catch {
		void vscode.window.showErrorMessage(vscode.l10n.t("{0} can't be read. Check that it is a file and that you may read it.", name));
	}
	return null;
}

/** Tools of SQL Server write UTF-16 as well, with a mark at the beginning. */
function decode(bytes: Uint8Array): string {
	const [first, second] = bytes;
	const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
	return new TextDecoder(encoding).decode(bytes);
}

async function propose(context: CommandContext, project: ConfigSummary, text: string): Promise<ImportSettingsResult | null> {
	const title = vscode.l10n.t("Comparing deployed settings");
	const answer = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		(_progress, token) =>
			context.client.ask<ImportSettingsResult>(IMPORT_SETTINGS_REQUEST, { project: project.uri.toString(), text }, token),
	);
	if (answer?.failed === true) void vscode.window.showErrorMessage(answer.message);
	return answer === null || answer.failed ? null : answer;
}

/** Says what came of it, and offers the list of what was left out: nothing is dropped in silence. */
async function tell(message: string, leftOut: readonly string[]): Promise<void> {
	if (leftOut.length === 0) {
		void vscode.window.showInformationMessage(message);
		return;
	}
	const show = vscode.l10n.t("Show What Was Left Out");
	if ((await vscode.window.showWarningMessage(message, show)) !== show) return;
	const document = await vscode.workspace.openTextDocument({ language: "plaintext", content: leftOut.map((line) => `${line}\n`).join("") });
	await vscode.window.showTextDocument(document, { preview: true });
}
