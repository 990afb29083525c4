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

	for (const { command, source, target, first, lines } of [
		{
			command: "usageReport.exportPreview",
			source: "inventory.usage.yaml",
			target: "preview.csv",
			first: "device,product,installDate,lastUsageDate,category,reason,rule",
			lines: 6,
		},
		{ command: "usageReport.exportPreview", source: "inventory.usage.yaml", target: "preview.ndjson", first: '{"device":', lines: 5 },
		{
			command: "usageReport.exportReport",
			source: "project.usage.yaml",
			target: "report.csv",
			first: "client,server,renewalDate,",
			lines: 4,
		},
	]) {
		it(`${command} writes ${target}, as its ending says`, async () => {
			assert.ok(await vscode.commands.executeCommand(command, fileUri(source), fileUri(target)));
			const text = Buffer.from(await vscode.workspace.fs.readFile(fileUri(target))).toString();
			assert.ok(text.startsWith(first), text.slice(0, 100));
			assert.equal(text.split("\n").length - 1, lines);
		});
	}

	it("writes nothing over the data that it reads", async () => {
		const data = fileUri("data/installs.csv");
		const before = await vscode.workspace.fs.readFile(data);
		assert.equal(await vscode.commands.executeCommand("usageReport.exportPreview", fileUri("inventory.usage.yaml"), data), null);
		assert.deepEqual(await vscode.workspace.fs.readFile(data), before);
	});

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
