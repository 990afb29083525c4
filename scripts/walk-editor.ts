import type { Page } from "playwright-core";
import { openEditor, pickQuickly, runCommand, STEP_MS } from "./workbench.ts";

/** Where the walk types, in london.usage.yaml: behind the limit for Used. */
const LIMIT_PLACE = "9:24";

/** Changes a limit as a person would, and looks at all that the editor says about it; nothing is saved. */
export async function showLanguageFeatures(page: Page, screen: (name: string) => string): Promise<void> {
	const shoot = (name: string) => page.screenshot({ path: screen(name) });
	const sees = (selector: string, text: string | RegExp) => page.locator(selector, { hasText: text }).first().waitFor({ timeout: STEP_MS });

	await openEditor(page, "london.usage.yaml");
	await sees(".codelens-decoration a", /Preview 7,296 installs/);
	await goTo(page, LIMIT_PLACE);
	await page.keyboard.press("Backspace");
	await page.keyboard.press("Backspace");
	await page.keyboard.type("20");
	await sees(".codelens-decoration a", /Impact of uncommitted change/);
	await page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: STEP_MS });
	await shoot("limit-change");

	await page
		.locator(".view-line span", { hasText: /^\s*UsedCategoryLimit$/ })
		.first()
		.hover();
	await sees(".monaco-hover", "Uncommitted change");
	await shoot("limit-hover");
	await page.keyboard.press("Escape");

	await goTo(page, LIMIT_PLACE);
	await page.keyboard.press("Control+.");
	await sees(".action-widget", "Restore the default");
	await shoot("limit-fixes");
	await page.keyboard.press("Escape");

	await runCommand(page, "Problems: Focus on Problems View");
	await sees(".markers-panel", "UsedCategoryLimit");
	await shoot("problems");
	await runCommand(page, "View: Toggle Panel Visibility");

	await openEditor(page, "london.usage.yaml");
	await goTo(page, "29:24");
	await page.keyboard.press("Control+Shift+ArrowRight");
	await page.keyboard.type("Re");
	await sees(".suggest-widget", "ResourceID");
	await shoot("column-completion");
	await page.keyboard.press("Escape");

	await runCommand(page, "Usage Report: Show Settings Script (SQL)");
	await page.waitForSelector(".tab.active[data-resource-name$='.sql']", { timeout: STEP_MS });
	await sees(".view-line", "UsageCategory");
	await shoot("settings-script");
}

/** Puts the caret on a line and column. */
async function goTo(page: Page, place: string): Promise<void> {
	await pickQuickly(page, "Control+g", place, "");
	await page.locator(".monaco-editor.focused").waitFor({ timeout: STEP_MS });
}
