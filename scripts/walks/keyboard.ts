import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { openEditor, runCommand, STEP_MS, until } from "../workbench.ts";
import { tableOf } from "./tables.ts";
import { findView, numberIn, tabPanel } from "./views.ts";
import { expect, type Stage, type Walk } from "./walk.ts";
import { readSheets, saveAs } from "./workbooks.ts";

/** From opening a file to a workbook without touching the mouse. */
export const keyboardWalk: Walk = {
	name: "keyboard",
	title: "keyboard only: open, preview, bar, filter, rows, why, what if, export",
	steps: withoutMouse,
};

async function withoutMouse({ page, folder, shoot }: Stage): Promise<void> {
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	await enterView(page, preview);

	// Into the first bar, along it, and to the installations behind a part.
	await tabTo(page, preview, ".stacked-segment");
	await page.keyboard.press("ArrowRight");
	await focusIsOn(preview, ".stacked-segment");
	await page.keyboard.press("Enter");
	await tabPanel(preview, "installations").waitFor({ timeout: STEP_MS });
	const table = tableOf(preview, "installations");
	const count = await table.total();
	expect(count < (await numberIn(preview.locator('vscode-tab-header[data-tab="installations"]'))), "The part of the bar filters nothing.");

	await tabTo(page, preview, "input[type=search]");
	await page.keyboard.type("microsoft");
	await page.keyboard.press("Enter");
	await until(
		async () => (await table.total()) < count,
		() => "The search does not filter.",
	);

	// Rows: go, select, ask why, come back.
	await tabTo(page, preview, "[role=grid][data-table=installations]");
	await page.keyboard.press("Control+Home");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await preview.locator(".why .matched").waitFor({ timeout: STEP_MS });
	await page.keyboard.press("Escape");
	await preview.locator(".why").waitFor({ state: "hidden", timeout: STEP_MS });
	await focusIsOn(preview, "[role=grid][data-table=installations]");
	await shoot("keyboard");

	// The tabs themselves: arrows go from one to the next.
	await tabTo(page, preview, "vscode-tab-header", true);
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Enter");
	await tabPanel(preview, "what-if").waitFor({ timeout: STEP_MS });
	await tabTo(page, preview, ".limit-slider");
	await page.keyboard.press("ArrowLeft");
	await preview.locator(".strip-note", { hasText: /chang/ }).waitFor({ timeout: STEP_MS });

	const file = join(folder, "by keyboard.xlsx");
	await runCommand(page, "Usage Report: Export Preview to Excel");
	await saveAs(page, file);
	expect(existsSync(file) && (await readSheets(file)).length > 1, "The workbook has no sheets.");
}

/** Goes from the workbench into the view that is in sight. */
async function enterView(page: Page, view: Frame): Promise<void> {
	await runCommand(page, "View: Focus Active Editor Group");
	await until(
		async () => {
			if (await view.evaluate(() => document.hasFocus())) return true;
			await page.keyboard.press("Tab");
			return false;
		},
		() => "The keyboard does not get into the view.",
	);
}

/** Presses Tab, or Shift and Tab, until an element that matches has the focus; a person would give up as well at some point. */
async function tabTo(page: Page, view: Frame, selector: string, backwards = false): Promise<void> {
	const visited: string[] = [];
	for (let press = 0; press < MAX_TABS; press++) {
		const at = await focused(view);
		if (at.path.some((tag) => tag.matched)) return;
		visited.push(at.name);
		await page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
	}
	throw new Error(`The Tab key does not reach "${selector}". It went: ${visited.join(", ")}`);

	function focused(frame: Frame) {
		return frame.evaluate((wanted) => {
			const path: { matched: boolean }[] = [];
			let element = document.activeElement;
			const name = `${element?.localName ?? "nothing"}.${element?.className ?? ""}`;
			for (; element !== null; element = element.shadowRoot?.activeElement ?? null) path.push({ matched: element.matches(wanted) });
			return { name, path };
		}, selector);
	}
}

/** More stops than any of our pages has on the way to what a person wants. */
const MAX_TABS = 60;

async function focusIsOn(view: Frame, selector: string): Promise<void> {
	await until(
		() => view.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector),
		() => `The focus is not on "${selector}".`,
	);
}
