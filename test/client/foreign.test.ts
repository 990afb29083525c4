import assert from "node:assert/strict";
import * as vscode from "vscode";
import { EXTENSION } from "./editor.ts";

describe("a folder without anything of ours", () => {
	const extension = () => vscode.extensions.getExtension(EXTENSION);

	it("does not start the extension, also when a YAML file is opened", async () => {
		assert.ok(extension(), `${EXTENSION} is not installed`);
		const folder = vscode.workspace.workspaceFolders?.[0];
		assert.ok(folder);
		await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, "docker-compose.yaml"));
		await vscode.commands.executeCommand("workbench.view.explorer");
		// What would start it comes within the first seconds.
		await new Promise((done) => setTimeout(done, 4_000));
		assert.equal(extension()?.isActive, false);
	});

	it("starts it when the view of clients is opened, and says how to begin", async () => {
		await vscode.commands.executeCommand("usageReport.clients.focus");
		for (let tries = 0; tries < 100 && extension()?.isActive !== true; tries++) await new Promise((done) => setTimeout(done, 100));
		assert.equal(extension()?.isActive, true);
	});
});
