import * as vscode from "vscode";
import {
	NEW_PROJECT_REQUEST,
	type NewProjectFailure,
	type NewProjectParams,
	type NewProjectResult,
	type NewSubscription,
} from "../../server/protocol/client-messages.ts";
import type { CommandContext } from "./command-context.ts";
import { createFile } from "./create-file.ts";
import { askChoice, askText } from "./questions.ts";
import { runWizard, type WizardStep } from "./wizard.ts";

/** What a person has said of the project. */
interface Draft {
	readonly folder: vscode.Uri | null;
	readonly title: string;
	/** Empty for the proposed one. */
	readonly fileName: string;
	readonly subscription: Required<NewSubscription>;
}

const NOTHING: Draft = {
	folder: null,
	title: "",
	fileName: "",
	subscription: { client: "", renewalDate: "", registeredUsers: "", enterpriseUsers: "", designerUsers: "", servers: "" },
};

/**
 * Creates a project: asks for its title, its file and its first subscription, and writes a file that passes its own check.
 * @param folder asked for, where there are several, unless it is given.
 * @param given answers to all questions; then none is asked.
 * @returns the file, or null when none was made.
 */
export async function newProject(context: CommandContext, folder: unknown, given: unknown): Promise<vscode.Uri | null> {
	const start = { ...NOTHING, folder: folder instanceof vscode.Uri ? folder : onlyFolder() };
	const draft = isDraft(given) ? { ...start, ...given } : await runWizard(start, listSteps(context, start.folder === null));
	if (draft === null) return null;
	const proposed = await propose(context, draft, PARTS.length);
	if (proposed.failed) return refuse(proposed.message);
	const uri = vscode.Uri.parse(proposed.uri);
	if (!(await createFile(uri, proposed.text, proposed.fileName))) return null;
	await vscode.commands.executeCommand("setContext", "usageReport.projectCreated", true);
	void offerNext(uri, proposed.fileName);
	return uri;
}

function listSteps(context: CommandContext, asksFolder: boolean): readonly WizardStep<Draft>[] {
	const { l10n } = vscode;
	return [
		{ isAsked: () => asksFolder, ask: askFolder },
		{
			async ask(draft, place) {
				const answer = await askText(
					{
						title: title(),
						prompt: l10n.t("Title of the project, usually the client's name"),
						value: draft.title,
						validate: async (text) => messageAbout(await propose(context, { ...draft, title: text, fileName: "" }, 0)),
					},
					place,
				);
				if (typeof answer === "string") return answer;
				// A name that was made from another title would mislead.
				const isOther = answer.text.trim() !== draft.title;
				return { state: { ...draft, title: answer.text.trim(), fileName: isOther ? "" : draft.fileName } };
			},
		},
		{
			async ask(draft, place) {
				const proposed = await propose(context, { ...draft, fileName: "" }, 0);
				const value = draft.fileName || (proposed.failed ? "" : proposed.fileName);
				const answer = await askText(
					{
						title: title(),
						prompt: l10n.t("Name of the file in {0}", draft.folder?.fsPath ?? ""),
						value,
						selection: [0, Math.max(0, value.length - ".usage.yaml".length)],
						validate: async (text) => messageAbout(await propose(context, { ...draft, fileName: text.trim() || " " }, 0)),
					},
					place,
				);
				return typeof answer === "string" ? answer : { state: { ...draft, fileName: answer.text.trim() } };
			},
		},
		...PARTS.map((part, index) => askPart(context, part, index)),
	];
}

/** Parts of the first subscription, in the order in which they are asked for. */
const PARTS = ["client", "renewalDate", "registeredUsers", "enterpriseUsers", "designerUsers", "servers"] as const;

type Part = (typeof PARTS)[number];

function askPart(context: CommandContext, part: Part, index: number): WizardStep<Draft> {
	const withPart = (draft: Draft, text: string): Draft => ({ ...draft, subscription: { ...draft.subscription, [part]: text } });
	return {
		async ask(draft, place) {
			const { prompt, placeholder } = describePart(part);
			const answer = await askText(
				{
					title: title(),
					prompt,
					placeholder,
					value: draft.subscription[part] || (part === "client" ? draft.title : ""),
					validate: async (text) => messageAbout(await propose(context, withPart(draft, text), index + 1)),
				},
				place,
			);
			return typeof answer === "string" ? answer : { state: withPart(draft, answer.text.trim()) };
		},
	};
}

function describePart(part: Part): { readonly prompt: string; readonly placeholder: string } {
	const { l10n } = vscode;
	switch (part) {
		case "client":
			return { prompt: l10n.t("Client of the subscription, as in the contract"), placeholder: "" };
		case "renewalDate":
			return { prompt: l10n.t("Day on which the subscription is renewed"), placeholder: l10n.t("Year, month and day, such as 2027-03-31") };
		case "registeredUsers":
			return { prompt: l10n.t("Registered users that are paid for"), placeholder: l10n.t("A whole number from 0") };
		case "enterpriseUsers":
			return { prompt: l10n.t("Enterprise users that are paid for"), placeholder: l10n.t("A whole number from 0") };
		case "designerUsers":
			return { prompt: l10n.t("Designer users that are paid for"), placeholder: l10n.t("A whole number from 0") };
		case "servers":
			return {
				prompt: l10n.t("Servers of the subscription, by their names in the usage log"),
				placeholder: l10n.t("Separated by commas, such as live, test"),
			};
	}
}

/** @param asked how many parts of the subscription are known; later ones are not looked at. */
async function propose(context: CommandContext, draft: Draft, asked: number): Promise<NewProjectResult | NewProjectFailure> {
	const parts = Object.fromEntries(PARTS.slice(0, asked).map((part) => [part, draft.subscription[part]]));
	const params: NewProjectParams = {
		folder: (draft.folder ?? vscode.Uri.file("/")).toString(),
		title: draft.title,
		...(draft.fileName === "" ? {} : { fileName: draft.fileName }),
		...(asked === 0 ? {} : { subscription: parts as unknown as NewSubscription }),
	};
	const never = new vscode.CancellationTokenSource();
	try {
		const answer = await context.client.ask<NewProjectResult | NewProjectFailure>(NEW_PROJECT_REQUEST, params, never.token);
		if (answer === null) return { failed: true, message: vscode.l10n.t("The Usage Report server was stopped."), about: "title" };
		return answer.failed ? { about: "title", ...answer } : answer;
	} finally {
		never.dispose();
	}
}

function messageAbout(proposed: NewProjectResult | NewProjectFailure): string | null {
	return proposed.failed ? proposed.message : null;
}

const askFolder: WizardStep<Draft>["ask"] = async (draft, place) => {
	const { l10n } = vscode;
	const folders = vscode.workspace.workspaceFolders ?? [];
	const other = { label: l10n.t("Choose Another Folder…"), value: null };
	const choices = [...folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri })), other];
	const placeholder = l10n.t("In which folder?");
	const answer = await askChoice<vscode.Uri | null>({ title: title(), placeholder, choices }, place);
	if (typeof answer === "string") return answer;
	if (answer.value !== null) return { state: { ...draft, folder: answer.value } };
	const chosen = await vscode.window.showOpenDialog({
		title: l10n.t("Folder of the New Project"),
		openLabel: l10n.t("Choose"),
		canSelectFolders: true,
		canSelectFiles: false,
	});
	const folder = chosen?.[0];
	return folder === undefined ? "cancel" : { state: { ...draft, folder } };
};

function onlyFolder(): vscode.Uri | null {
	const folders = vscode.workspace.workspaceFolders ?? [];
	return folders.length === 1 ? (folders[0]?.uri ?? null) : null;
}

async function offerNext(uri: vscode.Uri, fileName: string): Promise<void> {
	const { l10n } = vscode;
	const newInstance = l10n.t("New Instance…");
	const openFolder = l10n.t("Open Its Folder");
	const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
	const text = isInside
		? l10n.t("{0} was created. An instance says where the installations are.", fileName)
		: l10n.t("{0} was created. Open its folder to work with it.", fileName);
	const choice = await vscode.window.showInformationMessage(text, isInside ? newInstance : openFolder);
	if (choice === newInstance) await vscode.commands.executeCommand("usageReport.newInstance", uri);
	if (choice === openFolder) await vscode.commands.executeCommand("vscode.openFolder", vscode.Uri.joinPath(uri, ".."));
}

function title(): string {
	return vscode.l10n.t("New Project");
}

function isDraft(given: unknown): given is Omit<Draft, "folder"> {
	return typeof given === "object" && given !== null && "title" in given && "subscription" in given;
}

function refuse(message: string): null {
	void vscode.window.showErrorMessage(message);
	return null;
}
