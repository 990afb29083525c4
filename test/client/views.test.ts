import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, type Drawn, fileUri, startExtension, until } from "./editor.ts";

describe("views", () => {
	afterEach(closeAll);

	for (const { name, command, argument, table, total } of [
		{ name: "preview lists the products", command: "usageReport.preview", argument: "inventory.usage.yaml", table: "products", total: 3 },
		{
			name: "preview lists the installations",
			command: "usageReport.preview",
			argument: "inventory.usage.yaml",
			table: "installations",
			total: 5,
		},
		{
			name: "preview reads SQLite",
			command: "usageReport.preview",
			argument: "samples/wexcombe-hale/dublin.usage.yaml",
			table: "installations",
			total: null,
		},
		{ name: "report lists the servers", command: "usageReport.runReport", argument: "project.usage.yaml", table: "servers", total: 3 },
	]) {
		it(name, async () => {
			const drawn = await watchTable(table);
			await vscode.commands.executeCommand(command, fileUri(argument));
			await drawn.until((last) => last.rows > 0 && (total === null || (last.rows === total && last.total === total)));
		});
	}

	it("preview follows its data", async () => {
		const installs = fileUri("data/installs.csv");
		const before = await vscode.workspace.fs.readFile(installs);
		const drawn = await watchTable("installations");
		await vscode.commands.executeCommand("usageReport.preview", fileUri("inventory.usage.yaml"));
		await drawn.until((last) => last.rows === 5);
		await vscode.workspace.fs.writeFile(installs, Buffer.concat([before, Buffer.from("PC-2,Painter,2025-03-01,2026-11-02\n")]));
		await drawn.until((last) => last.rows === 6 && last.total === 6);
		await vscode.workspace.fs.writeFile(installs, before);
		await drawn.until((last) => last.rows === 5);
	});

	it("preview opens once per instance", async () => {
		const drawn = await watchTable("products");
		await vscode.commands.executeCommand("usageReport.preview", fileUri("inventory.usage.yaml"));
		await drawn.until((last) => last.rows > 0);
		await vscode.commands.executeCommand("usageReport.preview", fileUri("inventory.usage.yaml"));
		const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.label === "Preview: Fixture Inventory");
		assert.equal(tabs.length, 1);
	});
});

/** Follows what is drawn in one table from now on. */
async function watchTable(table: string): Promise<{ until(holds: (last: Drawn) => boolean): Promise<void> }> {
	const { onDidRender } = await startExtension();
	let last: Drawn | null = null;
	onDidRender((drawn) => {
		if (drawn.table === table) last = drawn;
	});
	return {
		until: (holds) =>
			until(
				onDidRender,
				() => last !== null && holds(last),
				() => `drawn last in ${table}: ${JSON.stringify(last)}`,
			),
	};
}
