import * as vscode from "vscode";
import type { ConfigKind, ConfigSummary } from "../config-files.ts";
import { isConfig, isConfigUri } from "../config-files.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * The instance that a command works on: the one that it was called for, that of the focused preview or editor, the only
 * one, or the one that the person picks; null when there is none or nothing was picked.
 */
export async function chooseInstance(context: CommandContext, argument: unknown): Promise<ConfigSummary | null> {
	const given = await findGiven(context, argument, "instance", context.previews.active());
	if (given !== null) return given;
	return chooseOne(await context.files.list("instance"), {
		title: vscode.l10n.t("Instance"),
		placeHolder: vscode.l10n.t("Whose installations?"),
		none: vscode.l10n.t("There is no instance to preview here. An instance is a *.usage.yaml file that says “kind: instance”."),
	});
}

/** The projects that a report covers, and the name of the only one. */
export interface ChosenProjects {
	/** Empty for all projects of the workspace. */
	readonly uris: readonly vscode.Uri[];
	readonly name: string | null;
}

/** The projects of a report, found as {@link chooseInstance} finds an instance; `"all"` as the argument means all of them. */
export async function chooseProjects(context: CommandContext, argument: unknown): Promise<ChosenProjects | null> {
	if (argument === "all") return { uris: [], name: null };
	if (Array.isArray(argument) && argument.every((uri) => uri instanceof vscode.Uri))
		return { uris: argument, name: await nameOf(context, argument) };
	const active = context.reports.active();
	if (active !== null) {
		const uris = active.map((uri) => vscode.Uri.parse(uri));
		return { uris, name: await nameOf(context, uris) };
	}
	const given = await findGiven(context, argument, "project", null);
	if (given !== null) return { uris: [given.uri], name: given.name };
	const projects = await context.files.list("project");
	const [only] = projects;
	if (only === undefined)
		return explainNone(vscode.l10n.t("There is no project to report on here. A project is a *.usage.yaml file that says “kind: project”."));
	if (projects.length === 1) return { uris: [only.uri], name: only.name };
	const all = { label: vscode.l10n.t("All projects"), description: String(projects.length), file: null };
	const picked = await vscode.window.showQuickPick([all, ...projects.map(toItem)], {
		title: vscode.l10n.t("Project"),
		placeHolder: vscode.l10n.t("Whose subscriptions and servers?"),
		matchOnDescription: true,
	});
	if (picked === undefined) return null;
	return picked.file === null ? { uris: [], name: null } : { uris: [picked.file.uri], name: picked.file.name };
}

/** The one project that a command works on, found as {@link chooseInstance} finds an instance. */
export async function chooseProject(context: CommandContext, argument: unknown): Promise<ConfigSummary | null> {
	const given = await findGiven(context, argument, "project", context.reports.active());
	if (given !== null) return given;
	return chooseOne(await context.files.list("project"), {
		title: vscode.l10n.t("Project"),
		placeHolder: vscode.l10n.t("Which project?"),
		none: vscode.l10n.t("There is no project here. A project is a *.usage.yaml file that says “kind: project”."),
	});
}

/** The project or instance that a command works on, found as {@link chooseInstance} finds an instance. */
export async function chooseConfig(context: CommandContext, argument: unknown): Promise<ConfigSummary | null> {
	const panel = context.previews.active() ?? context.reports.active();
	const given = (await findGiven(context, argument, "instance", panel)) ?? (await findGiven(context, argument, "project", panel));
	if (given !== null) return given;
	const files = [...(await context.files.list("project")), ...(await context.files.list("instance"))];
	return chooseOne(files, {
		title: vscode.l10n.t("Project or Instance"),
		placeHolder: vscode.l10n.t("Whose settings?"),
		none: vscode.l10n.t("There is no project and no instance here."),
	});
}

/** The only file, or the one that the person picks; says so when there is none. */
async function chooseOne(
	files: readonly ConfigSummary[],
	{ title, placeHolder, none }: { readonly title: string; readonly placeHolder: string; readonly none: string },
): Promise<ConfigSummary | null> {
	if (files.length <= 1) return files[0] ?? explainNone(none);
	const picked = await vscode.window.showQuickPick(files.map(toItem), { title, placeHolder, matchOnDescription: true });
	return picked?.file ?? null;
}

async function findGiven(
	context: CommandContext,
	argument: unknown,
	kind: ConfigKind,
	panel: readonly string[] | null,
): Promise<ConfigSummary | null> {
	const document = vscode.window.activeTextEditor?.document;
	const candidates = [
		argument instanceof vscode.Uri ? argument : undefined,
		// An entry of the view of clients has the URI of its configuration.
		isEntry(argument) ? argument.uri : undefined,
		// A code lens has its arguments from the server.
		typeof argument === "string" ? vscode.Uri.parse(argument) : undefined,
		panel?.[0] === undefined ? undefined : vscode.Uri.parse(panel[0]),
		configOfActiveTab(),
		document !== undefined && isConfig(document) ? document.uri : undefined,
	];
	for (const uri of candidates) {
		const file = uri === undefined ? null : await context.files.find(uri);
		if (file?.kind === kind) return file;
	}
	return null;
}

function isEntry(argument: unknown): argument is { readonly uri: vscode.Uri } {
	return typeof argument === "object" && argument !== null && "uri" in argument && argument.uri instanceof vscode.Uri;
}

/** The configuration in the tab that the person sees: on a busy machine the active text editor becomes known some seconds later. */
function configOfActiveTab(): vscode.Uri | undefined {
	const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
	return input instanceof vscode.TabInputText && isConfigUri(input.uri) ? input.uri : undefined;
}

async function nameOf(context: CommandContext, uris: readonly vscode.Uri[]): Promise<string | null> {
	const [uri] = uris;
	return uris.length === 1 && uri !== undefined ? ((await context.files.find(uri))?.name ?? null) : null;
}

function toItem(file: ConfigSummary): vscode.QuickPickItem & { readonly file: ConfigSummary } {
	return { label: file.name, description: vscode.workspace.asRelativePath(file.uri), file };
}

function explainNone(text: string): null {
	void vscode.window.showInformationMessage(text);
	return null;
}
