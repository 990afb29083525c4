import { goTo, openEditor, runCommand, STEP_MS, sees } from "../workbench.ts";
import type { Stage, Walk } from "./walk.ts";

/** Where the walk types, in london.usage.yaml: behind the limit for Used. */
const LIMIT_PLACE = "9:24";

/** Changes a limit in the editor, and looks at all that the editor says about it; nothing is saved. */
export const limitWalk: Walk = {
	name: "limit",
	title: "a changed limit in the editor: lens, diagnostics, hover, fixes, problems, completion, script",
	steps: changeLimit,
};

async function changeLimit({ page, shoot, picture }: Stage): Promise<void> {
	await openEditor(page, "london.usage.yaml");
	await sees(page, ".codelens-decoration a", /Preview 7,296 installs/);
	await goTo(page, LIMIT_PLACE);
	await page.keyboard.press("Backspace");
	await page.keyboard.press("Backspace");
	await page.keyboard.type("20");
	await sees(page, ".codelens-decoration a", /Impact of uncommitted change/);
	await page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: STEP_MS });
	await shoot("limit-change");

	await page
		.locator(".view-line span", { hasText: /^\s*UsedCategoryLimit$/ })
		.first()
		.hover();
	await sees(page, ".monaco-hover", "Uncommitted change");
	await shoot("limit-hover");
	await picture("limit-change");
	await page.keyboard.press("Escape");

	await goTo(page, LIMIT_PLACE);
	await page.keyboard.press("Control+.");
	await sees(page, ".action-widget", "Restore the default");
	await shoot("limit-fixes");
	await page.keyboard.press("Escape");

	await runCommand(page, "Problems: Focus on Problems View");
	await sees(page, ".markers-panel", "UsedCategoryLimit");
	await shoot("problems");
	await runCommand(page, "View: Toggle Panel Visibility");

	await openEditor(page, "london.usage.yaml");
	await goTo(page, "29:24");
	await page.keyboard.press("Control+Shift+ArrowRight");
	await page.keyboard.type("Re");
	await sees(page, ".suggest-widget", "ResourceID");
	await shoot("column-completion");
	await page.keyboard.press("Escape");

	await runCommand(page, "Usage Report: Show Settings Script (SQL)");
	await page.waitForSelector(".tab.active[data-resource-name$='.sql']", { timeout: STEP_MS });
	await sees(page, ".view-line", "UsageCategory");
	await shoot("settings-script");
}
