import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { answerFileDialog, answerInput, answerNotification, pickEntry, runCommand, STEP_MS, sees, until } from "../workbench.ts";
import { findView, showTab } from "./views.ts";
import { expect, expectEqual, type Stage, type Walk } from "./walk.ts";

/** The first hour of somebody who has never seen it: an empty folder, a project of their own, the samples, the walkthrough, the tree. */
export const aroundWalk: Walk = {
	name: "around",
	title: "welcome view, New Project by keyboard, Open Samples, walkthrough steps that complete themselves, tree with its menu, status",
	fill() {},
	steps: firstHour,
};

/** The tree counts as settled when it has not changed for this long, in milliseconds. */
const QUIET_MS = 4_000;

async function firstHour(stage: Stage): Promise<void> {
	const { page, folder, shoot, picture } = stage;
	await page.locator(".activitybar .action-item:has(.action-label[aria-label^='Usage Report'])").click({ timeout: STEP_MS });
	await sees(page, ".welcome-view-content", "This folder has no client yet");
	await shoot("welcome");
	await makeProject(page, folder);

	const samples = join(dirname(folder), "first-samples");
	await openSamples(page, samples);
	await sees(page, ".getting-started-step", "Open the samples");
	await isDone(page, "Open the samples");
	await shoot("walkthrough");

	// The tree: a client, its instance, and what can be done with it.
	const entry = (name: string) => page.locator(".pane-body .monaco-list-row", { hasText: name }).first();
	// The tree stays as it is once all its data is loaded; a command of a menu that was opened before may lose its entry.
	await sees(page, ".pane-body .monaco-list-row:has-text('Wexcombe London Computers')", /7,296/);
	await expectQuiet(page);
	await entry("Wexcombe London Computers").click({ button: "right", timeout: STEP_MS });
	await sees(page, ".monaco-menu .action-label", "Preview Categorized Installs");
	await shoot("tree-menu");
	await page.locator(".monaco-menu .action-item", { hasText: "Preview Categorized Installs" }).first().click();
	const preview = await findView(page, "preview");
	await showTab(preview, "overview");
	await entry("Wexcombe London Computers").locator(".monaco-tl-twistie").click();
	await entry("Unused Visio and Project").waitFor({ timeout: STEP_MS });
	await entry("Unused Visio and Project").click();
	await page.locator(".tab.active[data-resource-name='london.usage.yaml']").waitFor({ timeout: STEP_MS });
	await picture("clients");
	await shoot("tree");
	await showsStatus(page);

	await runCommand(page, "Usage Report: Open Walkthrough");
	await isDone(page, "Preview the installations");
	expect(!(await stepIsDone(page, "Run the usage report")), "A step is done that nobody has taken.");
}

/** Waits until the tree has been the same for some seconds, as a person would who reads it. */
async function expectQuiet(page: Page): Promise<void> {
	const read = () => page.locator(".pane-body .monaco-list-rows").first().innerText({ timeout: STEP_MS });
	let before = "";
	let since = Date.now();
	await until(
		async () => {
			const now = await read();
			if (now !== before) since = Date.now();
			before = now;
			return Date.now() - since > QUIET_MS;
		},
		() => "The tree does not come to rest.",
	);
}

/** The wizard, without the mouse; the file that it makes has no errors. */
async function makeProject(page: Page, folder: string): Promise<void> {
	await runCommand(page, "Usage Report: New Project");
	await answerInput(page, "Title of the project", "Brackwater Harbour");
	await answerInput(page, "Name of the file", "brackwater.usage.yaml");
	await answerInput(page, "Client of the subscription", "Brackwater Harbour plc");
	await answerInput(page, "Day on which", "2027-03-31");
	await answerInput(page, "Registered users", "40");
	await answerInput(page, "Enterprise users", "8");
	await answerInput(page, "Designer users", "2");
	await answerInput(page, "Servers of the subscription", "brackwater-live, brackwater-test");
	await page.locator(".tab.active[data-resource-name='brackwater.usage.yaml']").waitFor({ timeout: STEP_MS });
	const file = join(folder, "brackwater.usage.yaml");
	await until(
		() => existsSync(file) && readFileSync(file, "utf8").includes("brackwater-test"),
		() => "The project was not written.",
	);
	await page.locator(".monaco-list-row", { hasText: "Brackwater Harbour" }).first().waitFor({ timeout: STEP_MS });
	expectEqual(await page.locator(".squiggly-error").count(), 0, "errors in the new project");
}

/** Copies the samples to a folder, and opens it in this window. */
async function openSamples(page: Page, target: string): Promise<void> {
	await runCommand(page, "Usage Report: Open Samples");
	await pickEntry(page, "Choose Another Folder");
	const input = page.locator(".quick-input-widget input").first();
	await until(
		async () => (await input.inputValue()).startsWith("/"),
		() => "The dialog for a folder did not open.",
	);
	const button = page.locator(".quick-input-widget .monaco-button", { hasText: "Copy Samples Here" });
	await answerFileDialog(page, `${dirname(target)}/`, () => button.click({ timeout: STEP_MS }));
	await Promise.all([
		page.waitForEvent("framenavigated", { predicate: (frame) => frame === page.mainFrame(), timeout: STEP_MS }),
		answerNotification(page, "The samples were copied", "Open Here"),
	]);
}

async function isDone(page: Page, step: string): Promise<void> {
	await until(
		() => stepIsDone(page, step),
		() => `The step "${step}" of the walkthrough does not complete itself.`,
	);
}

async function stepIsDone(page: Page, step: string): Promise<boolean> {
	const title = page.locator(".getting-started-step", { hasText: step }).first();
	await title.waitFor({ timeout: STEP_MS });
	return (await title.locator(".codicon-getting-started-step-checked").count()) > 0;
}

/** The item beside the language says which client a file belongs to, and what is loaded. */
async function showsStatus(page: Page): Promise<void> {
	await page
		.locator(".statusbar-item[id='status.languageStatus'] a, .statusbar-item#status\\.languageStatus")
		.first()
		.hover({ timeout: STEP_MS });
	await sees(page, ".monaco-hover, .hover-language-status", "Wexcombe & Hale");
	await sees(page, ".monaco-hover, .hover-language-status", /installations loaded/);
}
