import * as vscode from "vscode";
import { closeAll, fileUri, openFile, replaceText, startExtension, untilCodes } from "./editor.ts";

describe("diagnostics", () => {
	before(startExtension);
	afterEach(closeAll);

	it("appear when an edit makes a limit wrong, and vanish when it is undone", async () => {
		const document = await openFile("inventory.usage.yaml");
		await untilCodes("inventory.usage.yaml", []);
		await replaceText(document, "UsedCategoryLimit: 30", "UsedCategoryLimit: 95");
		await untilCodes("inventory.usage.yaml", ["limits/without-advice", "limits/order", "limits/drift-from-project"]);
		await replaceText(document, "UsedCategoryLimit: 95", "UsedCategoryLimit: 30");
		await untilCodes("inventory.usage.yaml", []);
		await document.save();
	});

	it("follow linked data on the disk", async () => {
		const file = fileUri("data/second-installs.csv");
		const aside = fileUri("data/aside.csv");
		await openFile("second.usage.yaml");
		await untilCodes("second.usage.yaml", []);
		await vscode.workspace.fs.rename(file, aside);
		await untilCodes("second.usage.yaml", ["source/missing-file"]);
		await vscode.workspace.fs.rename(aside, file);
		await untilCodes("second.usage.yaml", []);
	});

	it("survive a restart of the server", async () => {
		const document = await openFile("second.usage.yaml");
		await replaceText(document, "UnusedCategoryLimit: 90", "UnusedCategoryLimit: often");
		await untilCodes("second.usage.yaml", ["schema/wrong-type"]);
		await vscode.commands.executeCommand("usageReport.restartServer");
		await untilCodes("second.usage.yaml", ["schema/wrong-type"]);
		await replaceText(document, "UnusedCategoryLimit: often", "UnusedCategoryLimit: 90");
		await untilCodes("second.usage.yaml", []);
		await document.save();
	});
});
