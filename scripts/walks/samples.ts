import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The day of the samples, so that their report always reads the same. */
const AS_OF = "2026-11-04T21:45:00Z";

/** Copies the samples into a folder and commits them, so that limits have something to be compared with. */
export function fillWithSamples(folder: string): void {
	cpSync(join(root, "samples"), folder, { recursive: true });
	commitAll(folder);
}

/** The same without the files that are faulty on purpose, as a person gets the samples. */
export function fillWithClients(folder: string): void {
	cpSync(join(root, "samples"), folder, { recursive: true, filter: (file) => basename(file) !== "faulty" });
	commitAll(folder);
}

/** Makes a repository of a folder. */
function commitAll(folder: string): void {
	const author = ["-c", "user.name=Usage Report", "-c", "user.email=tests@example.invalid"];
	for (const args of [
		["init", "--quiet"],
		["add", "--all"],
		[...author, "commit", "--quiet", "--message", "Samples"],
	]) {
		const { status, stderr } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
		if (status !== 0) throw new Error(`git ${args.at(-1)} failed: ${stderr}`);
	}
}

/** Writes the settings of the folder: the theme, and what makes two runs look the same. */
export function writeSettings(folder: string, theme: string, more: Readonly<Record<string, unknown>>): void {
	mkdirSync(join(folder, ".vscode"), { recursive: true });
	const settings = { "workbench.colorTheme": theme, "usageReport.asOf": AS_OF, "files.autoSave": "off", ...more };
	writeFileSync(join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
}
