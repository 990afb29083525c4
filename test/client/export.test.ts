import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, fileUri, openFile, runAndCancel, startExtension } from "./editor.ts";

describe("export", () => {
	before(startExtension);
	afterEach(closeAll);

	for (const { command, source, target, rows } of [
		{ command: "usageReport.exportPreview", source: "inventory.usage.yaml", target: "preview.xlsx", rows: 5 },
		{ command: "usageReport.exportReport", source: "project.usage.yaml", target: "report.xlsx", rows: 3 },
	]) {
		it(`${command} writes a workbook`, async () => {
			const result = await vscode.commands.executeCommand<{ readonly rows: number } | null>(command, fileUri(source), fileUri(target));
			assert.equal(result?.rows, rows);
			const bytes = await vscode.workspace.fs.readFile(fileUri(target));
			assert.equal(Buffer.from(bytes.subarray(0, 4)).toString("latin1"), "PK\u0003\u0004");
			assert.ok(bytes.length > 4_000, `${bytes.length} bytes`);
		});
	}

	it("writes nothing when no instance is picked", async () => {
		assert.equal(await runAndCancel("usageReport.exportPreview"), null);
	});

	it("writes nothing when the save dialog is cancelled", async () => {
		await openFile("inventory.usage.yaml");
		assert.equal(await runAndCancel("usageReport.exportPreview"), null);
	});

	it("says what is wrong when the folder does not exist, and writes nothing", async () => {
		const target = fileUri("no-such-folder/preview.xlsx");
		assert.equal(await vscode.commands.executeCommand("usageReport.exportPreview", fileUri("inventory.usage.yaml"), target), null);
		await assert.rejects(async () => vscode.workspace.fs.stat(target));
	});
});
