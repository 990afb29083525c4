import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openEditor, until } from "../workbench.ts";
import { expect, type Stage, type Walk } from "./walk.ts";

/** A folder in which nothing is ours: the extension must not even be started. */
export const quietFolderWalk: Walk = {
	name: "quiet-folder",
	title: "a folder without configurations does not start the extension",
	fill(folder) {
		writeFileSync(join(folder, "notes.yaml"), "kind: list\n");
		writeFileSync(join(folder, "program.js"), "console.log(1);\n");
	},
	steps: staysQuiet,
};

/** What the extension host writes when it starts an extension. */
const STARTED = "_doActivateExtension usage-report.usage-report";

async function staysQuiet({ page, hostLog }: Stage): Promise<void> {
	await openEditor(page, "notes.yaml");
	await until(
		() => hostLog().includes("'onStartupFinished'"),
		() => `The extension host did not finish its start:\n${hostLog()}`,
	);
	expect(!hostLog().includes(STARTED), "The extension was started in a folder without configurations.");
}
