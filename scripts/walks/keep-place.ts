import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { goTo, openEditor, runCommand, STEP_MS, until } from "../workbench.ts";
import { tableOf } from "./tables.ts";
import { findView, numberIn } from "./views.ts";
import { expectEqual, type Stage, type Walk } from "./walk.ts";

/** Nothing jumps: not when data changes, not when the configuration is edited, and not when the window is loaded anew. */
export const keepPlaceWalk: Walk = {
	name: "keep-place",
	title: "tab, filter, sort, scroll and selection stay when data and configuration change, and when the window is loaded anew",
	steps: keepPlace,
};

/** The row that is looked at, from zero. */
const ROW = 1_000;

async function keepPlace({ page, folder }: Stage): Promise<void> {
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	await preview.locator(".legend-entry", { hasText: "Unreported" }).first().click();
	const table = tableOf(preview, "installations");
	const filtered = await table.total();
	await table.sortBy("product");
	await table.grid.evaluate((element, row) => element.scrollTo(0, row * 24), ROW);
	await rowInSight(preview);
	await preview.locator(`[data-row="${ROW + 1}"] [data-place="0"]`).click();
	await selected(preview);
	const before = await placeOf(preview);

	// A row more in the data: the count follows, and the rest stays.
	const total = () => numberIn(preview.locator('vscode-tab-header[data-tab="installations"]'));
	const all = await total();
	const metering = join(folder, "wexcombe-hale", "data", "london-metering.csv");
	const data = readFileSync(metering, "utf8");
	appendFileSync(metering, "ZZ-LAST,Zzz,2026-11-01\n");
	await until(
		async () => (await total()) === all + 1,
		() => "The preview does not follow its data.",
	);
	await rowInSight(preview);
	expectEqual(await placeOf(preview), before, "the place after the data changed");

	// The window is loaded anew. The workbench saves its state before it does so itself; a mere reload of the page may come before that.
	await Promise.all([
		page.waitForEvent("framenavigated", { predicate: (frame) => frame === page.mainFrame(), timeout: STEP_MS }),
		runCommand(page, "Developer: Reload Window"),
	]);
	const revived = await findView(page, "preview");
	await rowInSight(revived);
	expectEqual(await placeOf(revived), before, "the place after the window was loaded anew");
	await tableOf(revived, "installations").untilTotal(filtered + 1);
	writeFileSync(metering, data);

	// Another limit in the editor beside it: the tab stays, the counts follow.
	await runCommand(page, "View: Split Editor Right");
	await openEditor(page, "london.usage.yaml");
	await goTo(page, "9:24");
	await page.keyboard.press("Backspace");
	await page.keyboard.press("Backspace");
	await page.keyboard.type("31");
	await until(
		async () => /31/.test((await revived.locator(".facts").textContent()) ?? ""),
		() => "The preview does not follow the configuration.",
	);
	await rowInSight(revived);
	expectEqual(await placeOf(revived), before, "the place after the configuration changed");
}

/** Where a person is: what must not change by itself. */
async function placeOf(preview: Frame): Promise<unknown> {
	return preview.evaluate(() => ({
		tab: document.querySelector("vscode-tab-header[active], vscode-tab-header[aria-selected=true]")?.getAttribute("data-tab"),
		scrolled: Math.round(document.querySelector("[role=grid][data-table=installations]")?.scrollTop ?? -1),
		sort: document.querySelector("[role=grid][data-table=installations] [aria-sort]")?.getAttribute("data-column"),
		chips: [...document.querySelectorAll(".chip-text")].map((chip) => chip.textContent),
		selected: [...document.querySelectorAll("[data-table=installations] [aria-selected=true]")].map((row) => row.getAttribute("data-row")),
	}));
}

async function rowInSight(preview: Frame): Promise<void> {
	await preview.locator(`[data-table=installations] [data-row="${ROW}"]:not(.coming)`).waitFor({ timeout: STEP_MS });
}

async function selected(preview: Frame): Promise<void> {
	await preview.locator(`[data-table=installations] [data-row="${ROW + 1}"][aria-selected=true]`).waitFor({ timeout: STEP_MS });
}
