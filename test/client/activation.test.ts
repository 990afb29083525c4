import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, EXTENSION, openFile, startExtension } from "./editor.ts";

const COMMANDS = [
	{ command: "usageReport.runReport", title: "Run Usage Report" },
	{ command: "usageReport.preview", title: "Preview Categorized Installs" },
	{ command: "usageReport.compareLimits", title: "Compare Limits (What-If)" },
	{ command: "usageReport.explainInstallation", title: "Explain Installation" },
	{ command: "usageReport.exportPreview", title: "Export Preview to Excel" },
	{ command: "usageReport.exportReport", title: "Export Usage Report to Excel" },
	{ command: "usageReport.newProject", title: "New Project" },
	{ command: "usageReport.newInstance", title: "New Instance from Project" },
	{ command: "usageReport.showLimits", title: "Show Limits" },
	{ command: "usageReport.showSettingsScript", title: "Show Settings Script (SQL)" },
	{ command: "usageReport.importSettings", title: "Import Deployed Settings" },
	{ command: "usageReport.setConnectionSecret", title: "Set Connection Secret" },
	{ command: "usageReport.openSamples", title: "Open Samples" },
	{ command: "usageReport.openWalkthrough", title: "Open Walkthrough" },
	{ command: "usageReport.refreshClients", title: "Refresh Clients" },
	{ command: "usageReport.revealEntry", title: "Reveal in Explorer View" },
	{ command: "usageReport.copyEntryName", title: "Copy Name" },
	{ command: "usageReport.showLog", title: "Show Log" },
	{ command: "usageReport.restartServer", title: "Restart Server" },
];

describe("activation", () => {
	afterEach(closeAll);

	it("gives a configuration its own language", async () => {
		assert.equal((await openFile("inventory.usage.yaml")).languageId, "usage-report");
	});

	it("starts in a folder with configurations", async () => {
		await startExtension();
		assert.equal(vscode.extensions.getExtension(EXTENSION)?.isActive, true);
	});

	it("announces every command with its title, and registers it", async () => {
		await startExtension();
		const announced = vscode.extensions.getExtension(EXTENSION)?.packageJSON.contributes.commands as readonly {
			command: string;
			title: string;
			category: string;
		}[];
		assert.deepEqual(
			announced.map(({ command, title }) => ({ command, title })),
			COMMANDS,
		);
		assert.deepEqual([...new Set(announced.map(({ category }) => category))], ["Usage Report"]);
		const registered = new Set(await vscode.commands.getCommands(true));
		assert.deepEqual(
			COMMANDS.filter(({ command }) => !registered.has(command)),
			[],
		);
	});
});
