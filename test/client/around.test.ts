import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { closeAll, EXTENSION, fileUri, runAndCancel, startExtension, untilCodes } from "./editor.ts";

const SUBSCRIPTION = {
	client: "Drafted In A Test",
	renewalDate: "2099-12-31",
	registeredUsers: "10",
	enterpriseUsers: "2",
	designerUsers: "0",
	servers: "made-live",
};

describe("around the results", () => {
	before(startExtension);
	afterEach(closeAll);

	it("creates a project without a fault, and none in its place", async () => {
		const draft = { title: "Drafted In A Test", fileName: "", subscription: SUBSCRIPTION };
		const create = () => vscode.commands.executeCommand<vscode.Uri | null>("usageReport.newProject", fileUri(""), draft);
		const uri = await create();
		assert.ok(uri);
		try {
			assert.equal(uri.toString(), fileUri("drafted-in-a-test.usage.yaml").toString());
			assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
			await untilCodes("drafted-in-a-test.usage.yaml", []);
			const before = readFileSync(uri.fsPath, "utf8");
			assert.equal(await create(), null);
			assert.equal(readFileSync(uri.fsPath, "utf8"), before);
		} finally {
			await closeAll();
			await vscode.workspace.fs.delete(uri);
		}
	});

	it("creates no project when nothing is answered", async () => {
		assert.equal(await runAndCancel("usageReport.newProject"), null);
	});

	it("copies the samples, with their history, and without the faulty ones", async () => {
		const parent = mkdtempSync(join(tmpdir(), "usage-report-samples-"));
		try {
			const target = vscode.Uri.file(join(parent, "mine"));
			const uri = await vscode.commands.executeCommand<vscode.Uri | null>("usageReport.openSamples", target, "not");
			assert.equal(uri?.toString(), target.toString());
			const names = readdirSync(target.fsPath).filter((name) => name !== ".git");
			assert.deepEqual(names.sort(), [".vscode", "README.md", "granmora-timber", "saint-alverne", "wexcombe-hale"]);
			assert.deepEqual(
				readFileSync(join(target.fsPath, "wexcombe-hale", "data", "dublin.db")),
				readFileSync(fileUri("samples/wexcombe-hale/data/dublin.db").fsPath),
			);
		} finally {
			rmSync(parent, { recursive: true, force: true });
		}
	});

	it("overwrites nothing where samples are copied to", async () => {
		const parent = mkdtempSync(join(tmpdir(), "usage-report-samples-"));
		try {
			writeFileSync(join(parent, "README.md"), "mine");
			const asked = vscode.commands.executeCommand("usageReport.openSamples", vscode.Uri.file(parent), "not");
			// The question is a message, which nobody answers; it is closed as often as it takes.
			let answered = false;
			const answer = Promise.resolve(asked).finally(() => {
				answered = true;
			});
			for (let tries = 0; tries < 50 && !answered; tries++) {
				await vscode.commands.executeCommand("notifications.clearAll");
				await new Promise((done) => setTimeout(done, 200));
			}
			assert.equal(await answer, null);
			assert.deepEqual([readdirSync(parent), readFileSync(join(parent, "README.md"), "utf8")], [["README.md"], "mine"]);
		} finally {
			rmSync(parent, { recursive: true, force: true });
		}
	});

	it("opens the limits where they stand", async () => {
		assert.equal(await vscode.commands.executeCommand("usageReport.showLimits", fileUri("inventory.usage.yaml")), true);
		const editor = vscode.window.activeTextEditor;
		assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? "", /Limit: \d/);
	});

	it("changes no secret when the question is closed", async () => {
		assert.equal(await runAndCancel("usageReport.setConnectionSecret", "MADE_IN_A_TEST"), null);
	});

	it("explains nothing when nothing is picked", async () => {
		assert.equal(await runAndCancel("usageReport.explainInstallation", fileUri("inventory.usage.yaml")), false);
	});

	it("has a view, commands and pictures for every step of the walkthrough", async () => {
		const extension = vscode.extensions.getExtension(EXTENSION);
		assert.ok(extension);
		const { walkthroughs, views } = extension.packageJSON.contributes as {
			readonly walkthroughs: readonly {
				readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[];
			}[];
			readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
		};
		const known = new Set([
			...(await vscode.commands.getCommands(true)),
			...Object.values(views)
				.flat()
				.map(({ id }) => `${id}.focus`),
		]);
		for (const { description, media } of walkthroughs.flatMap(({ steps }) => steps)) {
			const linked = [...description.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1]!);
			assert.ok(linked.length > 0, description);
			assert.deepEqual(
				linked.filter((command) => !known.has(command)),
				[],
			);
			await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension.extensionUri, media.svg));
		}
	});

	it("copies the name of an entry, and reveals no file that is gone", async () => {
		const uri = fileUri("project.usage.yaml");
		assert.equal(
			await vscode.commands.executeCommand("usageReport.copyEntryName", { kind: "project", id: "1", uri, client: { title: "A & B" } }),
			true,
		);
		assert.equal(await vscode.env.clipboard.readText(), "A & B");
		const gone = { kind: "source", id: "2", uri, source: { name: "gone", file: fileUri("data/gone.csv").toString() } };
		assert.equal(await vscode.commands.executeCommand("usageReport.revealEntry", gone), false);
	});
});
