import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, fileUri, openFile, replaceText, runAndCancel, startExtension, until, untilCodes } from "./editor.ts";

const ROWS = "InstanceName\tSettingName\tValue\tInstanceID\n";

describe("settings of the product's database", () => {
	before(startExtension);
	afterEach(closeAll);

	it("shows the script as SQL, and follows the configuration", async () => {
		const uri = await vscode.commands.executeCommand<vscode.Uri>("usageReport.showSettingsScript", fileUri("inventory.usage.yaml"));
		const script = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
		assert.ok(script, "no document is open");
		assert.equal(script.languageId, "sql");
		assert.match(script.getText(), /o\.\[Name\] = N'Fixture Inventory'/);
		const document = await openFile("inventory.usage.yaml");
		const says = (what: RegExp) =>
			until(
				vscode.workspace.onDidChangeTextDocument,
				() => what.test(script.getText()),
				() => script.getText(),
			);
		const followed = says(/N'Fixture Inventory ''2'''/);
		await replaceText(document, "name: Fixture Inventory", "name: Fixture Inventory '2'");
		await followed;
		const restored = says(/N'Fixture Inventory'/);
		await replaceText(document, "name: Fixture Inventory '2'", "name: Fixture Inventory");
		await document.save();
		await restored;
	});

	it("shows no script when nothing is picked", async () => {
		assert.equal(await runAndCancel("usageReport.showSettingsScript"), null);
	});

	it("creates an instance from a project", async () => {
		const uri = await vscode.commands.executeCommand<vscode.Uri>(
			"usageReport.newInstance",
			fileUri("project.usage.yaml"),
			"Made In A Test",
		);
		try {
			assert.equal(uri.toString(), fileUri("made-in-a-test.usage.yaml").toString());
			assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
			assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), /^# A new instance of the project Fixture Client/);
			await untilCodes("made-in-a-test.usage.yaml", []);
		} finally {
			await closeAll();
			await vscode.workspace.fs.delete(uri);
		}
	});

	it("creates no instance when the name is not given", async () => {
		assert.equal(await runAndCancel("usageReport.newInstance", fileUri("project.usage.yaml")), null);
	});

	it("takes over the deployed settings that the person ticks, and nothing else", async () => {
		const created = fileUri("imported.usage.yaml");
		const document = await openFile("second.usage.yaml");
		const before = document.getText();
		await vscode.env.clipboard.writeText(`${ROWS}Second Inventory\tUnusedCategoryLimit\t91\t7\nImported\tUnusedCategoryLimit\t90\t8\n`);
		const args = ["usageReport.importSettings", fileUri("project.usage.yaml"), "clipboard"] as const;
		try {
			const refused = await answerPreview(["refactorPreview.discard"], ...args);
			assert.deepEqual([refused?.taken, document.getText()], [0, before]);
			// The preview may come up while it is being ticked; then the rest is proposed once more.
			for (let tries = 0; tries < 5; tries++) {
				const { proposal } = (await answerPreview(TICK_ALL, ...args)) ?? {};
				if (proposal?.edit === null) break;
			}
			assert.equal(document.getText(), before.replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 91"));
			const imported = await vscode.workspace.openTextDocument(created);
			assert.match(imported.getText(), /^kind: instance\nname: Imported\ninstanceId: 8\nproject: project\.usage\.yaml\n/);
		} finally {
			if (document.getText() !== before) await replaceText(document, "UnusedCategoryLimit: 91", "UnusedCategoryLimit: 90");
			await vscode.workspace.saveAll();
			await closeAll();
			await vscode.workspace.fs.delete(created).then(undefined, () => {});
		}
		await untilCodes("second.usage.yaml", []);
	});

	it("takes over nothing of what is deployed already, from a file", async () => {
		const file = fileUri("deployed.csv");
		await vscode.workspace.fs.writeFile(
			file,
			new TextEncoder().encode(`${ROWS.replaceAll("\t", ",")}Second Inventory,UnusedCategoryLimit,90,7\n`),
		);
		try {
			const answer = await vscode.commands.executeCommand<{ taken: number; proposal: { edit: unknown; equal: number } }>(
				"usageReport.importSettings",
				fileUri("project.usage.yaml"),
				file,
			);
			assert.deepEqual([answer.taken, answer.proposal.edit, answer.proposal.equal], [0, null, 1]);
		} finally {
			await vscode.workspace.fs.delete(file);
		}
	});

	it("imports nothing when no source is picked", async () => {
		assert.equal(await runAndCancel("usageReport.importSettings", fileUri("project.usage.yaml")), null);
	});
});

interface Outcome {
	readonly taken: number;
	readonly proposal: { readonly edit: unknown };
}

/** Ticks the first and the last change, and takes what is ticked. */
const TICK_ALL = [
	"refactorPreview.focus",
	"list.focusFirst",
	"refactorPreview.toggleCheckedState",
	"list.focusLast",
	"refactorPreview.toggleCheckedState",
	"refactorPreview.apply",
];

/** Runs a command that shows a refactoring first, and answers the preview by commands. */
async function answerPreview(answer: readonly string[], command: string, ...args: readonly unknown[]): Promise<Outcome | null> {
	const state = { ended: false };
	const running = Promise.resolve(vscode.commands.executeCommand<Outcome | null>(command, ...args)).finally(() => {
		state.ended = true;
	});
	// Nothing tells when the preview is on the screen, so it is answered as often as it takes.
	while (!state.ended) {
		await Promise.race([running, new Promise((done) => setTimeout(done, 1500))]);
		for (const step of answer) if (!state.ended) await vscode.commands.executeCommand(step);
	}
	return running;
}
