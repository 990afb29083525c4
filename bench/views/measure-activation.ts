import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { BrowserHost } from "../../scripts/vscode-host.ts";
import { followHostLogs } from "../../scripts/walks/guards.ts";
import { runCommand, STEP_MS, until } from "../../scripts/workbench.ts";

/** What a folder costs in which nothing is ours, and what one costs in which something is. */
export interface ActivationMeasured {
	/** Whether the extension was started in a folder without our files. */
	readonly startedInVain: boolean;
	/** Milliseconds of the activation in a folder with our files, as the workbench tells it: loading and running together. */
	readonly activationMs: number | null;
}

/**
 * Opens a folder without our files and one with them.
 * @param root folder of the built extension.
 * @param empty folder to make, of ordinary files.
 * @param ours folder with configurations.
 */
export async function measureActivation(
	host: BrowserHost,
	browser: Browser,
	root: string,
	empty: string,
	ours: string,
): Promise<ActivationMeasured> {
	mkdirSync(empty, { recursive: true });
	writeFileSync(join(empty, "notes.yaml"), "kind: list\n");
	writeFileSync(join(empty, "program.js"), "console.log(1);\n");
	const inVain = await hostLogOf(host, browser, root, empty);
	return { startedInVain: inVain.includes(ACTIVATED), activationMs: await activationTime(host, browser, root, ours) };
}

const ACTIVATED = "_doActivateExtension usage-report.usage-report";

/** The log of the extension host that opening a folder starts, when everything that starts with it has started. */
async function hostLogOf(host: BrowserHost, browser: Browser, root: string, folder: string): Promise<string> {
	const logs = followHostLogs(host.logs);
	const page = await browser.newPage();
	await page.goto(host.address(folder, root));
	// The last that starts by itself.
	await until(
		() => logs.text().includes("'onStartupFinished'"),
		() => `The extension host did not finish its start:\n${logs.text()}`,
	);
	await page.goto("about:blank").catch(() => {});
	await page.close();
	return logs.text();
}

/** Milliseconds after which the time counts as not told. */
const TOLD_MS = 15_000;

/** What "Running Extensions" says; null where it says nothing. */
async function activationTime(host: BrowserHost, browser: Browser, root: string, folder: string): Promise<number | null> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.on("dialog", (dialog) => void dialog.accept());
	await page.goto(host.address(folder, root));
	await page.waitForSelector(".monaco-workbench .explorer-folders-view", { timeout: STEP_MS });
	await runCommand(page, "Developer: Show Running Extensions");
	const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: /usage.report/i });
	const text = await row
		.locator(".activation-time", { hasText: /\d+\s?ms/ })
		.first()
		.textContent({ timeout: TOLD_MS })
		.catch(() => null);
	await page.goto("about:blank").catch(() => {});
	await page.close();
	const match = /(\d+)\s?ms/.exec(text ?? "");
	return match === null ? null : Number(match[1]);
}
