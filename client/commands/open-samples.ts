import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { CommandContext } from "./command-context.ts";
import { commitFolder } from "./commit-folder.ts";
import { openWalkthrough } from "./open-walkthrough.ts";
import { freeFolderName, SAMPLES_FOLDER } from "./sample-folders.ts";

/** How the folder is opened; `"not"` leaves the window as it is. */
type Opening = "here" | "newWindow" | "not";

/** Key of the folder whose samples are shown when it is opened for the first time. */
const OPENED_SAMPLES = "usageReport.openedSamples";

/**
 * Copies the sample clients into a folder that the person chooses and opens it. Nothing that is there is overwritten.
 * @param target the folder; asked for when absent.
 * @param opening asked for when absent.
 * @returns the folder, or null when nothing was copied or opened.
 */
export async function openSamples(context: CommandContext, target: unknown, opening: unknown): Promise<vscode.Uri | null> {
	const folder = target instanceof vscode.Uri ? await resolveTaken(target) : await askFolder();
	if (folder === null) return null;
	if (!folder.isThere && !(await copySamples(context, folder.uri))) return null;
	const how = isOpening(opening) ? opening : await askOpening(folder.uri, folder.isThere);
	if (how === null) return null;
	if (how !== "not") {
		await context.globalMemory.update(OPENED_SAMPLES, folder.uri.toString());
		await vscode.commands.executeCommand("vscode.openFolder", folder.uri, { forceNewWindow: how === "newWindow" });
	}
	return folder.uri;
}

/** In the window that was opened with the samples, once: shows the clients and the walkthrough. */
export async function welcomeToSamples(context: CommandContext): Promise<void> {
	const opened = context.globalMemory.get<string>(OPENED_SAMPLES);
	const folder = vscode.workspace.workspaceFolders?.[0];
	if (opened === undefined || folder?.uri.toString() !== opened) return;
	await context.globalMemory.update(OPENED_SAMPLES, undefined);
	await vscode.commands.executeCommand("usageReport.clients.focus");
	await openWalkthrough(context);
}

interface Target {
	readonly uri: vscode.Uri;
	/** True where what is there shall be opened as it is. */
	readonly isThere: boolean;
}

async function askFolder(): Promise<Target | null> {
	const { l10n } = vscode;
	const home = vscode.Uri.file(join(homedir(), SAMPLES_FOLDER));
	const proposed = { label: home.fsPath, iconPath: new vscode.ThemeIcon("home"), detail: l10n.t("A new folder in your home folder") };
	const other = {
		label: l10n.t("Choose Another Folder…"),
		iconPath: new vscode.ThemeIcon("folder-opened"),
		detail: l10n.t("The samples come into a new folder in it"),
	};
	const picked = await vscode.window.showQuickPick([proposed, other], {
		title: l10n.t("Open Samples"),
		placeHolder: l10n.t("Where shall the samples be copied to?"),
		ignoreFocusOut: true,
	});
	if (picked === undefined) return null;
	return picked === proposed ? resolveTaken(home) : askParent();
}

async function askParent(): Promise<Target | null> {
	const chosen = await vscode.window.showOpenDialog({
		title: vscode.l10n.t("Folder for the Samples"),
		openLabel: vscode.l10n.t("Copy Samples Here"),
		canSelectFolders: true,
		canSelectFiles: false,
		defaultUri: vscode.Uri.file(homedir()),
	});
	const [parent] = chosen ?? [];
	if (parent === undefined) return null;
	// Who has made an empty folder for them means that one.
	return resolveTaken((await listNames(parent))?.length === 0 ? parent : vscode.Uri.joinPath(parent, SAMPLES_FOLDER));
}

/** Asks what to do where something is there already. */
async function resolveTaken(uri: vscode.Uri): Promise<Target | null> {
	const { l10n } = vscode;
	if (uri.scheme !== "file") {
		void vscode.window.showErrorMessage(l10n.t("Samples can be copied to a folder of this machine only. Choose another place."));
		return null;
	}
	const names = await listNames(uri);
	if (names === null || names.length === 0) return { uri, isThere: false };
	const open = l10n.t("Open It as It Is");
	const beside = l10n.t("Copy to a New Folder beside It");
	const other = l10n.t("Choose Another Folder…");
	const text = l10n.t("{0} is there already and is not empty. Nothing in it is overwritten.", uri.fsPath);
	const choice = await vscode.window.showWarningMessage(text, open, beside, other);
	if (choice === open) return { uri, isThere: true };
	if (choice === other) return askParent();
	if (choice !== beside) return null;
	const parent = vscode.Uri.joinPath(uri, "..");
	const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
	return { uri: vscode.Uri.joinPath(parent, freeFolderName(name, (await listNames(parent)) ?? [])), isThere: false };
}

/** Names in a folder; null when there is none. */
async function listNames(folder: vscode.Uri): Promise<readonly string[] | null> {
	try {
		return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
	} catch {
		return null;
	}
}

/** @returns false, after a message to the person, when they could not be copied completely. */
async function copySamples(context: CommandContext, target: vscode.Uri): Promise<boolean> {
	const { l10n } = vscode;
	const source = vscode.Uri.joinPath(context.extensionUri, "samples");
	try {
		await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: l10n.t("Copying the samples") }, async () => {
			await vscode.workspace.fs.createDirectory(target);
			for (const [name] of await vscode.workspace.fs.readDirectory(source)) {
				// Where the project is run from its sources, the faulty files for its own tests lie beside the samples.
				if (name === "faulty") continue;
				await vscode.workspace.fs.copy(vscode.Uri.joinPath(source, name), vscode.Uri.joinPath(target, name), { overwrite: false });
			}
			// What a changed limit is compared with is the last commit.
			const committed = await commitFolder(target.fsPath, "Samples");
			if (!committed.made) context.client.log.info(`The samples have no history: ${committed.why}`);
		});
		return true;
	} catch (error) {
		context.client.log.error(error instanceof Error ? error : String(error));
		void vscode.window.showErrorMessage(
			l10n.t("The samples could not be copied to {0}. Check that you may write there and that the disk is not full.", target.fsPath),
		);
		return false;
	}
}

async function askOpening(folder: vscode.Uri, wasThere: boolean): Promise<Opening | null> {
	const { l10n } = vscode;
	const here = l10n.t("Open Here");
	const newWindow = l10n.t("Open in a New Window");
	const text = wasThere ? l10n.t("Open {0}?", folder.fsPath) : l10n.t("The samples were copied to {0}.", folder.fsPath);
	const choice = await vscode.window.showInformationMessage(text, here, newWindow);
	if (choice === here) return "here";
	return choice === newWindow ? "newWindow" : null;
}

function isOpening(value: unknown): value is Opening {
	return value === "here" || value === "newWindow" || value === "not";
}
