import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { openEditor, runCommand, STEP_MS, until } from "../workbench.ts";
import { fillWithClients } from "./samples.ts";
import { type TableOnScreen, tableOf } from "./tables.ts";
import { findView, numberIn, seesIn, showTab, tabPanel } from "./views.ts";
import { expect, expectEqual, type Stage, type Walk } from "./walk.ts";
import { readSheets, saveAs } from "./workbooks.ts";

/** The preview as a consultant shows it: from the figures to the installations behind them, to the reason of one, to a workbook. */
export const previewWalk: Walk = {
	name: "preview",
	title: "preview: figures, click to filter, sort, search, selection, copy, columns, why, products, export of exactly the rows shown",
	fill: fillWithClients,
	steps: usePreview,
};

async function usePreview(stage: Stage): Promise<void> {
	const { page, shoot, picture } = stage;
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	await showsFigures(preview);
	await picture("preview");

	// A part of a bar leads to its installations.
	const unused = preview.locator(".legend-entry", { hasText: "Unused" }).first();
	const count = await numberIn(unused.locator(".legend-count"));
	await unused.click();
	await tabPanel(preview, "installations").waitFor({ timeout: STEP_MS });
	const table = tableOf(preview, "installations");
	await table.untilTotal(count);
	await seesIn(preview, ".chip-text", "Unused");
	const categories = new Set(await table.column("category"));
	expectEqual(
		[...categories].map((text) => text.trim()),
		["Unused"],
		"categories of the filtered rows",
	);
	await shoot("installations-filtered");

	await sortsAndSearches(preview, table, count);
	await selectsAndCopies(page, table);
	await explains(stage);
	await hidesColumns(page);
	await exportsShown(stage);
	await showsProducts(page);
}

async function showsFigures(preview: Frame): Promise<void> {
	const tile = await seesIn(preview, ".overview-tile", "Installations");
	const all = await numberIn(tile.locator(".overview-tile-value"));
	const bars = preview.locator(".stacked-bar");
	for (let bar = 0; bar < 2; bar++) await bars.nth(bar).waitFor({ timeout: STEP_MS });
	const counts = (await bars.first().locator(".legend-count").allTextContents()).map((text) => Number(text.replaceAll(/\D/g, "")));
	expectEqual(
		counts.reduce((sum, one) => sum + one, 0),
		all,
		"the sum of the first bar",
	);
}

async function sortsAndSearches(preview: Frame, table: TableOnScreen, count: number): Promise<void> {
	await table.sortBy("product");
	const products = await table.column("product");
	const sorted = products.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	expect(
		JSON.stringify(products) === JSON.stringify(sorted) || JSON.stringify(products) === JSON.stringify(sorted.toReversed()),
		`The products are in no order: ${products.slice(0, 5).join(", ")}`,
	);
	const search = preview.locator("vscode-tab-panel[data-tab=installations] input[type=search]");
	await search.fill("visio");
	await until(
		async () => (await table.total()) < count && (await table.total()) > 0,
		() => "The search leaves every row or none.",
	);
	const found = await table.column("product");
	expect(
		found.every((product) => /visio/i.test(product)),
		`The search found ${found.find((product) => !/visio/i.test(product))}.`,
	);
}

/** Rows are selected and copied by the keyboard; what is on the clipboard is pasted into a new file. */
async function selectsAndCopies(page: Page, table: TableOnScreen): Promise<void> {
	await table.grid.focus();
	await page.keyboard.press("Control+Home");
	await page.keyboard.press("Space");
	for (let press = 0; press < 3; press++) await page.keyboard.press("Shift+ArrowDown");
	await table.status.locator("text=/4 selected/").waitFor({ timeout: STEP_MS });
	await table.status.locator(".totals").waitFor({ timeout: STEP_MS });
	const devices = (await table.column("device")).slice(0, 4);
	await page.keyboard.press("Control+c");
	await table.status.locator("text=/copied/i").waitFor({ timeout: STEP_MS });
	await runCommand(page, "File: New Untitled Text File");
	await page.locator(".tab.active[data-resource-name^='Untitled']").waitFor({ timeout: STEP_MS });
	await page.locator(".monaco-editor.focused").waitFor({ timeout: STEP_MS });
	await page.keyboard.press("Control+v");
	const lines = page.locator(".editor-instance .view-line");
	await until(
		async () => (await lines.count()) >= 5,
		async () => `The clipboard has ${await lines.count()} lines.`,
	);
	const pasted = await page.evaluate(() => navigator.clipboard.readText());
	const rows = pasted.trimEnd().split(/\r?\n/);
	expectEqual(rows.length, 5, "lines on the clipboard, the head included");
	expectEqual(
		rows.slice(1).map((row) => row.split("\t")[0]),
		devices,
		"devices on the clipboard",
	);
	await page.keyboard.press("Control+a");
	await page.keyboard.press("Delete");
	await runCommand(page, "View: Close Editor");
}

/** Why an installation is what it is, and the row of the data that says so. */
async function explains({ page, shoot, checkAccess }: Stage): Promise<void> {
	const preview = await findView(page, "preview");
	await preview.locator("[data-table=installations] [data-row='0'] [data-place='0']").dblclick();
	await seesIn(preview, ".why p", /Rule \d+:/);
	await seesIn(preview, ".why .matched", "decides");
	await shoot("why");
	await checkAccess(preview, "Installations with the reason of one");
	await preview
		.locator("button, vscode-button, a", { hasText: /Open|Row/ })
		.filter({ hasText: /row|data|line/i })
		.first()
		.click();
	await page.locator(".tab.active[data-resource-name$='.csv']").waitFor({ timeout: STEP_MS });
	await runCommand(page, "View: Close Editor");
}

/** A column that is hidden stays hidden when the view comes back, and in the next preview. */
async function hidesColumns(page: Page): Promise<void> {
	let preview = await findView(page, "preview");
	const header = () => preview.locator("[data-table=installations] [data-column=reason]");
	const hidden = () => header().waitFor({ state: "detached", timeout: STEP_MS });
	await tabPanel(preview, "installations").locator(".columns-button").click();
	await preview.locator("#installations-show-reason").uncheck();
	await hidden();
	await page.keyboard.press("Escape");
	await openEditor(page, "dublin.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	await until(
		async () => {
			preview = await findView(page, "preview");
			return (await preview.locator("h1").textContent()) === "Wexcombe Dublin Computers";
		},
		() => "The preview of Dublin did not come.",
	);
	await showTab(preview, "installations");
	await tableOf(preview, "installations").total();
	await hidden();
	await runCommand(page, "View: Close Editor");
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
}

/** The workbook has the rows that are shown, in their order, and says which filter they passed. */
async function exportsShown({ page, folder }: Stage): Promise<void> {
	const preview = await findView(page, "preview");
	const table = tableOf(preview, "installations");
	const shown = await table.total();
	const devices = await table.column("device");
	const file = join(folder, "shown installations.xlsx");
	await preview.locator("vscode-button", { hasText: "Export What Is Shown" }).click();
	await saveAs(page, file);
	const sheets = await readSheets(file);
	const sheet = sheets.find(({ rows }) => rows.some((row) => row.includes("Device") && row.includes("Product")));
	const head = sheet?.rows.find((row) => row.includes("Device")) ?? [];
	const written = (sheet?.rows ?? []).slice((sheet?.rows.indexOf(head) ?? 0) + 1);
	expectEqual(written.length, shown, "rows in the workbook");
	expectEqual(
		written.slice(0, devices.length).map((row) => row[head.indexOf("Device")]),
		devices,
		"devices in the workbook",
	);
	const about = sheets.flatMap(({ rows }) => rows.map((row) => row.join(" ")));
	expect(
		about.some((line) => /visio/i.test(line) && /filter|text/i.test(line)),
		"The workbook does not say which filter its rows passed.",
	);
}

async function showsProducts(page: Page): Promise<void> {
	const preview = await findView(page, "preview");
	await showTab(preview, "products");
	const table = tableOf(preview, "products");
	expectEqual(await table.total(), await numberIn(preview.locator('vscode-tab-header[data-tab="products"]')), "products");
	await table.sortBy("product");
}
