import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, fileUri, openFile, replaceText, revert, startExtension, untilCodes } from "./editor.ts";

const SAMPLE = "samples/wexcombe-hale/london.usage.yaml";
const SAMPLE_PROJECT = "samples/wexcombe-hale/wexcombe-hale.usage.yaml";

describe("language features", () => {
	before(startExtension);
	afterEach(closeAll);

	/** Where a text begins in a document, plus some characters. */
	function placeOf(document: vscode.TextDocument, text: string, plus = 0): vscode.Position {
		const offset = document.getText().indexOf(text);
		assert.ok(offset >= 0, `"${text}" does not occur`);
		return document.positionAt(offset + plus);
	}

	/** Asks until an answer is as wanted: what needs linked data comes as soon as that is loaded. */
	async function askUntil<Answer>(ask: () => Thenable<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> {
		for (const end = Date.now() + 30_000; ; ) {
			const answer = await ask();
			if (holds(answer)) return answer;
			if (Date.now() > end) assert.fail(`The answer stayed ${JSON.stringify(answer).slice(0, 2000)}`);
			await new Promise((done) => setTimeout(done, 100));
		}
	}

	function wordsOf(hovers: readonly vscode.Hover[]): string {
		return hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === "string" ? content : content.value))).join("\n");
	}

	it("hover tells how many installations a limit decides", async () => {
		const document = await openFile(SAMPLE);
		const words = await askUntil(
			async () =>
				wordsOf(
					await vscode.commands.executeCommand<vscode.Hover[]>(
						"vscode.executeHoverProvider",
						document.uri,
						placeOf(document, "UsedCategoryLimit"),
					),
				),
			(text) => /install/i.test(text) && /\d,\d{3}/.test(text),
		);
		assert.match(words, /Used category limit/);
	});

	it("completion offers the columns of the linked file, and files", async () => {
		const document = await openFile("inventory.usage.yaml");
		await replaceText(document, "    path: data/devices.csv\n", "    path: data/devices.csv\n    columns: { device:  }\n");
		const at = placeOf(document, "{ device: ", "{ device: ".length);
		const list = await askUntil(
			() => vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, at),
			({ items }) => items.length > 0,
		);
		const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
		assert.ok(labels.includes("inventoryDate"), labels.join(", "));
		await revert(document);
	});

	it("definition, references and rename go through several files", async () => {
		const document = await openFile("inventory.usage.yaml");
		const [target] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
			"vscode.executeDefinitionProvider",
			document.uri,
			placeOf(document, "project.usage.yaml", 3),
		);
		assert.ok(target !== undefined);
		assert.equal(("targetUri" in target ? target.targetUri : target.uri).path, fileUri("project.usage.yaml").path);

		const project = await openFile("project.usage.yaml");
		const references = await vscode.commands.executeCommand<vscode.Location[]>(
			"vscode.executeReferenceProvider",
			project.uri,
			placeOf(project, "Fixture Client", 2),
		);
		const files = new Set(references.map(({ uri }) => uri.path.split("/").at(-1)));
		assert.ok(files.has("inventory.usage.yaml") && files.has("second.usage.yaml"), [...files].join(", "));

		const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
			"vscode.executeDocumentRenameProvider",
			project.uri,
			placeOf(project, "weekly log", 2),
			"usage log",
		);
		assert.ok(edit.size >= 1);
	});

	it("structure: symbols, folding, selection, links", async () => {
		const document = await openFile(SAMPLE);
		const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document.uri);
		assert.ok(symbols.some(({ name }) => name === "dataSources"));
		const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", document.uri);
		assert.ok(folds.some(({ start }) => document.lineAt(start).text.startsWith("dataSources:")));
		const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
			"vscode.executeSelectionRangeProvider",
			document.uri,
			[placeOf(document, "UsedCategoryLimit", 3)],
		);
		assert.ok(selection?.parent?.range.contains(selection.range));
		const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri);
		assert.ok(
			links.some(({ target }) => target?.path.endsWith("wexcombe-hale.usage.yaml")),
			links.map(({ target }) => target?.path).join(", "),
		);
		const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>("vscode.executeWorkspaceSymbolProvider", "Second Inv");
		assert.ok(found.some(({ name }) => name === "Second Inventory"));
	});

	it("hints and lenses show numbers of the linked data", async () => {
		const document = await openFile(SAMPLE);
		const whole = new vscode.Range(0, 0, document.lineCount, 0);
		await askUntil(
			() => vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 50),
			(lenses) => lenses.some(({ command }) => /Preview [\d,]+ installs/.test(command?.title ?? "")),
		);
		const hints = await askUntil(
			() => vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole),
			(answer) => answer.length > 0,
		);
		assert.ok(hints.length > 0);
		const project = await openFile(SAMPLE_PROJECT);
		const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", project.uri, 50);
		const commands = new Set(await vscode.commands.getCommands(true));
		for (const { command } of lenses) assert.ok(commands.has(command?.command ?? ""), `${command?.title} runs nothing`);
	});

	it("formatting mends indentation and keeps comments", async () => {
		const document = await openFile("second.usage.yaml");
		await replaceText(document, "  UsedCategoryLimit: 30\n", "  UsedCategoryLimit:   30 # as agreed\n");
		await vscode.commands.executeCommand("editor.action.formatDocument");
		assert.match(document.getText(), /^ {2}UsedCategoryLimit: 30 # as agreed$/m);
		await revert(document);
	});

	it("fixes: one at a time, and all at once", async () => {
		const document = await openFile("second.usage.yaml");
		await replaceText(document, "dataSources:", "dataSourcs:");
		await untilCodes("second.usage.yaml", ["schema/unknown-key"]);
		const at = new vscode.Range(placeOf(document, "dataSourcs"), placeOf(document, "dataSourcs", 10));
		const quick = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			"vscode.executeCodeActionProvider",
			document.uri,
			at,
			"quickfix",
		);
		assert.ok(quick.some(({ title, isPreferred }) => title.includes("`dataSources`") && isPreferred === true));
		await vscode.commands.executeCommand("editor.action.fixAll");
		await untilCodes("second.usage.yaml", []);
		assert.match(document.getText(), /^dataSources:$/m);
		await revert(document);
	});

	it("an allow comment silences a warning, and asks for its reason", async () => {
		const document = await openFile("inventory.usage.yaml");
		await replaceText(document, "  UnusedCategoryLimit: 90", "  UnusedCategoryLimit: 31");
		await untilCodes("inventory.usage.yaml", ["limits/without-advice", "limits/narrow-band", "limits/drift-from-project"]);
		await replaceText(
			document,
			"  UnusedCategoryLimit: 31",
			"  # usage-report: allow limits/narrow-band -- the client wants no third category\n  UnusedCategoryLimit: 31",
		);
		await untilCodes("inventory.usage.yaml", ["limits/without-advice", "limits/drift-from-project"]);
		await revert(document);
		await untilCodes("inventory.usage.yaml", []);
	});
});
