import * as vscode from "vscode";
import type { Failure } from "../../server/protocol/requests.ts";
import { printPage } from "./print-page.ts";

/** Pages older than this are removed when the next one is written, in milliseconds. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Writes a page and opens it in the person's browser, which prints it: a view of the editor may not open a print dialogue.
 * Where the editor runs on another machine, the person is asked for a place instead.
 * @param body markup with all texts escaped.
 */
export async function openForPrinting(
	context: vscode.ExtensionContext,
	title: string,
	body: string,
): Promise<{ readonly failed: false; readonly opened: boolean } | Failure> {
	const isLocal = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
	const name = `${title} ${new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-")}.html`;
	const file = isLocal ? await ownFile(context, name) : await askFile(name);
	if (file === null) return { failed: false, opened: false };
	try {
		const sheet = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "dist", "webviews", "report-print.css"));
		const page = printPage({ title, language: vscode.env.language, style: new TextDecoder().decode(sheet), body });
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(page));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return { failed: true, message: vscode.l10n.t("{0} could not be written: {1}. Choose another place.", file.fsPath, reason) };
	}
	if (isLocal && (await vscode.env.openExternal(file))) return { failed: false, opened: true };
	void tellWhere(file, isLocal);
	return { failed: false, opened: true };
}

/** A file among the extension's own; those of former days go. */
async function ownFile(context: vscode.ExtensionContext, name: string): Promise<vscode.Uri> {
	const folder = vscode.Uri.joinPath(context.globalStorageUri, "print");
	await vscode.workspace.fs.createDirectory(folder);
	for (const [old] of await vscode.workspace.fs.readDirectory(folder)) {
		const file = vscode.Uri.joinPath(folder, old);
		const { mtime } = await vscode.workspace.fs.stat(file);
		if (Date.now() - mtime > KEPT_MS) await vscode.workspace.fs.delete(file);
	}
	return vscode.Uri.joinPath(folder, name);
}

async function askFile(name: string): Promise<vscode.Uri | null> {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	const chosen = await vscode.window.showSaveDialog({
		title: vscode.l10n.t("Save the Page for Printing"),
		saveLabel: vscode.l10n.t("Save"),
		filters: { [vscode.l10n.t("Web page")]: ["html"] },
		...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
	});
	return chosen ?? null;
}

/** Says where the page is, and how to get it where no browser could be opened here. */
async function tellWhere(file: vscode.Uri, isLocal: boolean): Promise<void> {
	const reveal = vscode.l10n.t("Reveal in Folder");
	const name = file.path.slice(file.path.lastIndexOf("/") + 1);
	const text = isLocal
		? vscode.l10n.t("{0} was written, but no browser could be opened. Open the file in a browser and print it there.", name)
		: vscode.l10n.t(
				"{0} was written on the machine that the editor runs on. Download it from the Explorer, open it in a browser and print it there.",
				name,
			);
	const canReveal = isLocal || vscode.workspace.getWorkspaceFolder(file) !== undefined;
	const choice = await vscode.window.showInformationMessage(text, ...(canReveal ? [reveal] : []));
	if (choice === reveal) await vscode.commands.executeCommand(isLocal ? "revealFileInOS" : "revealInExplorer", file);
}
