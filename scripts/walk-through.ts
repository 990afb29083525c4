import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Frame, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { findChromium } from "./tools.ts";
import { type BrowserHost, browserHostIsInstalled, startBrowserHost } from "./vscode-host.ts";
import { showLanguageFeatures } from "./walk-editor.ts";
import { findFrame, openEditor, runCommand, STEP_MS } from "./workbench.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const screens = join(root, "out", "screens");

/** The day of the samples, so that their report always reads the same. */
const AS_OF = "2026-11-04T21:45:00Z";

const THEMES = [
	{ name: "light", theme: "Default Light Modern" },
	{ name: "dark", theme: "Default Dark Modern" },
	{ name: "high-contrast", theme: "Default High Contrast" },
];

/**
 * Uses the packaged extension in the browser host as a person would: by the palette, in three themes. Leaves screenshots in
 * `out/screens`. Where that host is neither installed nor needed, only the suite in VS Code itself speaks for the views.
 */
export async function walkThrough(vsix: string): Promise<{ readonly passed: number; readonly failed: number }> {
	if (!browserHostIsInstalled() || findChromium() === null) {
		console.log("  left out: the host for the browser is not installed here");
		return { passed: 0, failed: 0 };
	}
	rmSync(screens, { recursive: true, force: true });
	mkdirSync(screens, { recursive: true });
	const scratch = mkdtempSync(join(tmpdir(), "usage-report-walk-"));
	const host = await startBrowserHost([vsix]);
	const browser = await openBrowser();
	let passed = 0;
	let failed = 0;
	const attempt = async (title: string, theme: string, steps: (page: Page, folder: string) => Promise<void>) => {
		try {
			// A folder of its own, since the workbench brings back what was not saved in one.
			const folder = join(mkdtempSync(join(scratch, "walk-")), "samples");
			cpSync(join(root, "samples"), folder, { recursive: true });
			commitAll(folder);
			await walk(host, browser, folder, theme, (page) => steps(page, folder));
			passed++;
			console.log(`  ✓ ${title}`);
		} catch (error) {
			failed++;
			console.log(`  ✗ ${title}\n${error instanceof Error ? error.stack : String(error)}`);
		}
	};
	try {
		for (const { name, theme } of THEMES) {
			await attempt(`previews and reports in ${theme}`, theme, (page) =>
				showEverything(page, (screen) => join(screens, `${screen}-${name}.png`)),
			);
			await attempt(`a changed limit in the editor in ${theme}`, theme, (page) =>
				showLanguageFeatures(page, (screen) => join(screens, `${screen}-${name}.png`)),
			);
		}
		await attempt("keeps its place when data changes and when the window is loaded anew", "Default Dark Modern", keepPlace);
	} finally {
		await browser.close();
		await host.stop();
		rmSync(scratch, { recursive: true, force: true });
	}
	console.log(`  screenshots: ${screens}`);
	return { passed, failed };
}

/** Makes a repository of a folder, so that limits have something to be compared with. */
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

/** Opens the folder in a theme, takes the steps, and sees whether the views' content security policy refused anything. */
async function walk(
	host: BrowserHost,
	browser: Browser,
	folder: string,
	theme: string,
	steps: (page: Page) => Promise<void>,
): Promise<void> {
	mkdirSync(join(folder, ".vscode"), { recursive: true });
	writeFileSync(
		join(folder, ".vscode", "settings.json"),
		JSON.stringify({ "workbench.colorTheme": theme, "usageReport.asOf": AS_OF, "files.autoSave": "off" }),
	);
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	const refused: string[] = [];
	page.on("console", (message) => {
		if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
	});
	try {
		await page.goto(host.address(folder, null));
		await steps(page);
		if (refused.length > 0) throw new Error(`A content security policy refused something:\n${refused.join("\n")}`);
	} catch (error) {
		await page.screenshot({ path: join(screens, "failed.png") });
		throw error;
	} finally {
		await context.close();
	}
}

async function showEverything(page: Page, screen: (name: string) => string): Promise<void> {
	const shoot = (name: string) => page.screenshot({ path: screen(name) });
	await openEditor(page, "london.usage.yaml");
	await page.waitForSelector(".monaco-editor .view-line", { timeout: STEP_MS });
	await shoot("editor");

	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findFrame(page, ".tile-count");
	await preview.locator(".grid tbody tr[aria-rowindex]").first().waitFor({ timeout: STEP_MS });
	await shoot("preview");
	await preview.locator("vscode-tab-header").nth(1).click();
	await preview.locator(".grid tbody tr[aria-rowindex='20'] .swatch").waitFor({ timeout: STEP_MS });
	await shoot("installations");

	await openEditor(page, "wexcombe-hale.usage.yaml");
	await runCommand(page, "Usage Report: Run Usage Report");
	const report = await findFrame(page, ".servers .flag");
	await report.locator(".facts dd", { hasText: "2026-11-04 21:45 UTC" }).waitFor({ timeout: STEP_MS });
	await shoot("report");
	await report.locator(".servers .flag").first().hover();
	await report.locator(".tooltip").waitFor({ state: "visible", timeout: STEP_MS });
	await shoot("report-flag");
	await report.locator("vscode-tab-header").nth(1).click();
	await shoot("clients");
}

/** A row far down stays in sight when a line is added to the data, and when the window is loaded anew. */
async function keepPlace(page: Page, folder: string): Promise<void> {
	const rowInSight = (preview: Frame) => preview.locator(".grid tbody tr[aria-rowindex='3002'] .swatch").waitFor({ timeout: STEP_MS });
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findFrame(page, ".tile-count");
	await preview.locator("vscode-tab-header").nth(1).click();
	const region = preview.locator(".region").nth(1);
	await region.evaluate((element) => element.scrollTo(0, 3_000 * 24));
	await rowInSight(preview);

	const total = (await preview.locator("vscode-tab-header").nth(1).textContent()) ?? "";
	const metering = join(folder, "wexcombe-hale", "data", "london-metering.csv");
	const before = readFileSync(metering, "utf8");
	const addedRow = "ZZ-LAST,Zzz,2026-11-01\n";
	appendFileSync(metering, addedRow);
	await preview.locator("vscode-tab-header").nth(1).filter({ hasNotText: total }).waitFor({ timeout: STEP_MS });
	await rowInSight(preview);
	const scrolled = await region.evaluate((element) => element.scrollTop);
	if (scrolled !== 3_000 * 24) throw new Error(`The table jumped to ${scrolled}.`);

	// The workbench saves its state before it does so itself; a mere reload of the page may come before that.
	const navigated = page.waitForEvent("framenavigated", { predicate: (frame) => frame === page.mainFrame(), timeout: STEP_MS });
	await runCommand(page, "Developer: Reload Window");
	await navigated;
	const revived = await findFrame(page, ".tile-count");
	await rowInSight(revived);
	writeFileSync(metering, before);
}
