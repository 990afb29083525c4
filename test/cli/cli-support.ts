import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CliIo } from "../../cli/cli-io.ts";
import { run } from "../../cli/run.ts";
import { parseInstant } from "../../core/dates/instant.ts";

/** What a command line left behind. */
export interface CliResult {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** The "now" of every command line that does not say another. */
export const NOW = "2026-11-05T09:00:00Z";

/** The project's folder. */
export const ROOT = path.join(import.meta.dirname, "..", "..");

/** Runs a command line in this process, as it would run in a folder and without a terminal. */
export async function runCli(argv: readonly string[], cwd: string, overrides: Partial<CliIo> = {}): Promise<CliResult> {
	const stdout: string[] = [];
	const stderr: string[] = [];
	const collect = (texts: string[]) => ({
		write: async (text: string) => {
			texts.push(text);
			return true;
		},
		failure: () => null,
		columns: null,
		colours: false,
	});
	const io: CliIo = {
		cwd,
		stdout: collect(stdout),
		stderr: collect(stderr),
		signal: new AbortController().signal,
		now: () => parseInstant(NOW)!,
		...overrides,
	};
	const exitCode = await run(argv, io);
	return { exitCode, stdout: stdout.join(""), stderr: stderr.join("") };
}

/** Makes a folder with files for one test; the answer removes it again. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): { readonly folder: string; readonly remove: () => void } {
	const folder = mkdtempSync(path.join(tmpdir(), "usage-report-cli-"));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), content);
	}
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A small client: one project with two servers, one instance with six installations, data in CSV. */
export const SMALL_CLIENT: Readonly<Record<string, string>> = {
	"corvane.usage.yaml": `kind: project
title: Corvane
usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }
subscriptions:
  - { client: Corvane Ltd, renewalDate: 2027-03-31, registeredUsers: 250, enterpriseUsers: 40, designerUsers: 6, servers: [corvane-live, corvane-test] }
dataSources:
  - { name: log, provides: usageLog, type: csv, path: log.csv }
`,
	"log.csv": `server,loggedAt,activeRegistered,activeEnterprise,activeDesigners
corvane-live,2026-10-28T21:00:04Z,235,38,7
corvane-live,2026-11-04T21:00:07Z,231,38,7
`,
	"floor.usage.yaml": `kind: instance
name: Corvane Floor
project: corvane.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }
dataSources:
  - { name: devices, provides: devices, type: csv, path: devices.csv }
  - { name: installs, provides: installations, type: csv, path: installs.csv }
`,
	"devices.csv": `device,inventoryDate
D1,2026-11-04
D2,2026-11-03
`,
	"installs.csv": `device,product,installDate,lastUsageDate
D1,Editor,2025-01-10,2026-10-05
D1,Viewer,2025-01-10,2026-09-20
D1,=Sum,2026-11-01,
D2,Editor,2025-02-01,2026-08-06
D2,Viewer,2025-02-01,2026-11-03
D3,Editor,2025-02-01,
`,
};
