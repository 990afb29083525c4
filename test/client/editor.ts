import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Identity of the extension under test. */
export const EXTENSION = "usage-report.usage-report";

/** What a view has drawn, as the extension tells it. */
export interface Drawn {
	readonly viewType: string;
	readonly table: string;
	readonly rows: number;
	readonly total: number;
}

/** The extension's own interface, started. */
export async function startExtension(): Promise<{ readonly onDidRender: vscode.Event<Drawn> }> {
	const extension = vscode.extensions.getExtension(EXTENSION);
	assert.ok(extension, `${EXTENSION} is not installed`);
	return extension.activate();
}

/** A file of the opened folder. */
export function fileUri(path: string): vscode.Uri {
	const folder = vscode.workspace.workspaceFolders?.[0];
	assert.ok(folder, "no folder is open");
	return vscode.Uri.joinPath(folder.uri, path);
}

/** Opens a file in an editor. */
export async function openFile(path: string): Promise<vscode.TextDocument> {
	const editor = await vscode.window.showTextDocument(fileUri(path), { preview: false });
	return editor.document;
}

/** Replaces the only occurrence of a text in an open document, without saving it. */
export async function replaceText(document: vscode.TextDocument, before: string, after: string): Promise<void> {
	const start = document.getText().indexOf(before);
	assert.ok(start >= 0, `"${before}" does not occur`);
	const edit = new vscode.WorkspaceEdit();
	edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + before.length)), after);
	assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Takes back what was not saved, in whichever editor has the focus: the command itself works on the focused one, and tells nobody when that is another. */
export async function revert(document: vscode.TextDocument): Promise<void> {
	await vscode.window.showTextDocument(document, { preview: false });
	await vscode.commands.executeCommand("workbench.action.files.revert");
	await until(
		vscode.workspace.onDidChangeTextDocument,
		() => !document.isDirty,
		() => `${document.uri.path} was not reverted`,
	);
}

/** Waits until a file's diagnostics are exactly those with these codes, in any order. */
export async function untilCodes(path: string, codes: readonly string[]): Promise<void> {
	const uri = fileUri(path);
	const wanted = [...codes].sort().join(" ");
	const present = () => vscode.languages.getDiagnostics(uri).map(codeOf).sort().join(" ");
	await until(
		vscode.languages.onDidChangeDiagnostics,
		() => present() === wanted,
		() => `${path} has the diagnostics [${present()}], not [${wanted}]`,
	);
}

/** Waits for a condition, which is looked at now and after every event. */
export function until<Event>(event: vscode.Event<Event>, holds: (value?: Event) => boolean, complain: () => string): Promise<void> {
	return new Promise((done, fail) => {
		if (holds()) return done();
		const timer = setTimeout(() => {
			listener.dispose();
			fail(new Error(complain()));
		}, 30_000);
		const listener = event((value) => {
			if (!holds(value)) return;
			clearTimeout(timer);
			listener.dispose();
			done();
		});
	});
}

/** Runs a command that asks something, and closes whatever it asks until it has ended. */
export async function runAndCancel(command: string, ...args: readonly unknown[]): Promise<unknown> {
	const state = { ended: false };
	const running = Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(() => {
		state.ended = true;
	});
	// Nothing tells when a question is on the screen, so it is closed as often as it takes.
	while (!state.ended) {
		await Promise.race([running, new Promise((done) => setTimeout(done, 200))]);
		if (!state.ended) await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
	}
	return running;
}

/** Closes all editors and panels. */
export async function closeAll(): Promise<void> {
	await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

function codeOf(diagnostic: vscode.Diagnostic): string {
	return String(typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code);
}
