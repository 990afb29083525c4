import * as vscode from "vscode";
import { NEW_INSTANCE_REQUEST } from "../../server/protocol/requests.ts";
import type { NewInstanceData, NewInstanceFailure, NewInstanceParams, NewInstanceResult } from "../../server/protocol/settings-messages.ts";
import type { ConfigSummary } from "../config-files.ts";
import { chooseProject } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";
import { createFile } from "./create-file.ts";
import { askChoice, askText, type Choice } from "./questions.ts";
import { runWizard, type WizardPlace, type WizardStep } from "./wizard.ts";

/** What a person has said of the instance. */
interface Draft {
	readonly name: string;
	/** Empty for the proposed one. */
	readonly fileName: string;
	/** Null where the data is added later. */
	readonly installations: vscode.Uri | null;
	readonly devices: vscode.Uri | null;
}

const NOTHING: Draft = { name: "", fileName: "", installations: null, devices: null };

/**
 * Creates an instance of a project: a file beside the project's with a copy of its limits, the advice for them, and the files that its data comes from.
 * Asks for all that unless the name is given. Answers the file, or null when none was made.
 */
export async function newInstance(
	context: CommandContext,
	argument: unknown,
	givenName: unknown,
	givenFile: unknown,
): Promise<vscode.Uri | null> {
	const project = await chooseProject(context, argument);
	if (project === null) return null;
	const draft =
		typeof givenName === "string"
			? { ...NOTHING, name: givenName, fileName: typeof givenFile === "string" ? givenFile : "" }
			: await runWizard(NOTHING, listSteps(context, project));
	if (draft === null) return null;
	// What is on the disk may have changed while the person was asked.
	const result = await propose(context, project, draft);
	if (result.failed) return refuse(result.message);
	return (await createFile(vscode.Uri.parse(result.uri), result.text, result.fileName)) ? announce(project, result) : null;
}

function listSteps(context: CommandContext, project: ConfigSummary): readonly WizardStep<Draft>[] {
	const { l10n } = vscode;
	const title = l10n.t("New Instance of {0}", project.name);
	return [
		{
			async ask(draft, place) {
				const answer = await askText(
					{
						title,
						prompt: l10n.t("Name of the instance, as in the product"),
						value: draft.name,
						validate: async (text) => messageOf(await propose(context, project, { ...NOTHING, name: text })),
					},
					place,
				);
				if (typeof answer === "string") return answer;
				const name = answer.text.trim();
				return { state: { ...draft, name, fileName: name === draft.name ? draft.fileName : "" } };
			},
		},
		{
			async ask(draft, place) {
				const proposed = await propose(context, project, { ...NOTHING, name: draft.name });
				const value = draft.fileName || (proposed.failed ? "" : proposed.fileName);
				const answer = await askText(
					{
						title,
						prompt: l10n.t("Name of the file, beside the project's"),
						value,
						selection: [0, Math.max(0, value.length - ".usage.yaml".length)],
						validate: async (text) =>
							messageOf(await propose(context, project, { ...NOTHING, name: draft.name, fileName: text.trim() || " " })),
					},
					place,
				);
				return typeof answer === "string" ? answer : { state: { ...draft, fileName: answer.text.trim() } };
			},
		},
		{ ask: (draft, place) => askData(project, draft, "installations", title, place) },
		{ ask: (draft, place) => askData(project, draft, "devices", title, place) },
	];
}

/** Names of files that can be a data source. */
const DATA_FILES = ["csv", "tsv", "txt", "xlsx", "xlsm", "db", "sqlite", "sqlite3", "parquet"];
/** More would not be looked through. */
const MAX_LISTED = 50;

async function askData(
	project: ConfigSummary,
	draft: Draft,
	provides: NewInstanceData["provides"],
	title: string,
	place: WizardPlace,
): Promise<{ readonly state: Draft } | "back" | "cancel"> {
	const { l10n } = vscode;
	const placeholder =
		provides === "installations" ? l10n.t("Which file lists the installations?") : l10n.t("Which file lists the devices?");
	const later: Choice<"later" | "other"> = {
		label: l10n.t("Add It Later"),
		iconPath: new vscode.ThemeIcon("debug-step-over"),
		value: "later",
	};
	const other: Choice<"later" | "other"> = {
		label: l10n.t("Choose a File…"),
		iconPath: new vscode.ThemeIcon("folder-opened"),
		value: "other",
	};
	const choices: Choice<vscode.Uri | "later" | "other">[] = [...(await listDataFiles(project, draft[provides])), other, later];
	const answer = await askChoice({ title, placeholder, choices }, place);
	if (typeof answer === "string") return answer;
	if (answer.value === "later") return { state: { ...draft, [provides]: null } };
	if (answer.value !== "other") return { state: { ...draft, [provides]: answer.value } };
	const chosen = await vscode.window.showOpenDialog({
		title: placeholder,
		openLabel: l10n.t("Choose"),
		defaultUri: vscode.Uri.joinPath(project.uri, ".."),
		filters: { [l10n.t("Data files")]: DATA_FILES, [l10n.t("All files")]: ["*"] },
	});
	// Who closes the dialog has not given up the instance.
	return chosen?.[0] === undefined ? askData(project, draft, provides, title, place) : { state: { ...draft, [provides]: chosen[0] } };
}

/** Files in and below the project's folder, that which was chosen before at the top. */
async function listDataFiles(project: ConfigSummary, chosen: vscode.Uri | null): Promise<readonly Choice<vscode.Uri>[]> {
	const folder = vscode.Uri.joinPath(project.uri, "..");
	const pattern = new vscode.RelativePattern(folder, `**/*.{${DATA_FILES.join(",")}}`);
	const found = await vscode.workspace.findFiles(pattern, "**/{node_modules,.git}/**", MAX_LISTED);
	const others = found.filter((uri) => uri.toString() !== chosen?.toString()).sort((left, right) => (left.path < right.path ? -1 : 1));
	return [...(chosen === null ? [] : [chosen]), ...others].map((uri) => ({
		label: uri.path.slice(uri.path.lastIndexOf("/") + 1),
		description: vscode.workspace.asRelativePath(uri),
		iconPath: new vscode.ThemeIcon("file"),
		value: uri,
	}));
}

async function propose(
	context: CommandContext,
	project: ConfigSummary,
	{ name, fileName, installations, devices }: Draft,
): Promise<NewInstanceResult | NewInstanceFailure> {
	const data = [
		...(devices === null ? [] : [{ provides: "devices", file: devices.toString() } as const]),
		...(installations === null ? [] : [{ provides: "installations", file: installations.toString() } as const]),
	];
	const params: NewInstanceParams = {
		project: project.uri.toString(),
		name,
		...(fileName === "" ? {} : { fileName }),
		...(data.length === 0 ? {} : { data }),
	};
	const never = new vscode.CancellationTokenSource();
	try {
		const answer = await context.client.ask<NewInstanceResult | NewInstanceFailure>(NEW_INSTANCE_REQUEST, params, never.token);
		if (answer === null) return { failed: true, message: vscode.l10n.t("The Usage Report server was stopped."), about: null };
		return answer.failed ? { about: null, ...answer } : answer;
	} finally {
		never.dispose();
	}
}

function messageOf(proposed: NewInstanceResult | NewInstanceFailure): string | null {
	return proposed.failed ? proposed.message : null;
}

function announce(project: ConfigSummary, { uri, fileName, open }: NewInstanceResult): vscode.Uri {
	const text = vscode.l10n.t(
		"{0} was created with the limits that {1} has now. When the project's limits change later, the instance's will not follow.",
		fileName,
		project.name,
	);
	if (open.length === 0) void vscode.window.showInformationMessage(text);
	else void vscode.window.showWarningMessage([text, ...open].join(" "));
	return vscode.Uri.parse(uri);
}

function refuse(message: string): null {
	void vscode.window.showErrorMessage(message);
	return null;
}
