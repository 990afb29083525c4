import type { Frame } from "playwright-core";
import { openEditor, runCommand, STEP_MS } from "../workbench.ts";
import { findView, overflowOf, type PreviewTab, showTab } from "./views.ts";
import { expect, type Stage, type Walk } from "./walk.ts";

const LOOKS = [
	{ name: "light", theme: "Default Light Modern", zoom: 100, words: "in light" },
	{ name: "dark", theme: "Default Dark Modern", zoom: 100, words: "in dark" },
	{ name: "high-contrast", theme: "Default High Contrast", zoom: 100, words: "in high contrast" },
	{ name: "zoomed", theme: "Default Light Modern", zoom: 200, words: "at 200 %" },
] as const;

const TABS: readonly PreviewTab[] = ["overview", "products", "installations", "what-if", "compare", "problems"];

/** Everything that there is to see, once per look: screenshots, and what axe-core says about it. */
export const appearanceWalks: readonly Walk[] = LOOKS.map(({ name, theme, zoom, words }) => ({
	name: `look-${name}`,
	title: `every tab of both views ${words}: screenshots, axe-core, nothing cut off`,
	theme,
	zoom,
	steps: (stage: Stage) => showEverything(stage, name),
}));

async function showEverything(stage: Stage, look: string): Promise<void> {
	const { page, shoot } = stage;
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	const faults: string[] = [];
	const inspect = async (view: Frame, what: string) => {
		await settle(view);
		await shoot(`${what}-${look}`);
		await stage.checkAccess(view, `${what}, ${look}`);
		const wider = await overflowOf(view);
		if (wider > 0) faults.push(`${what}, ${look}: the page is ${wider} pixels wider than its window`);
	};
	for (const tab of TABS) {
		await showTab(preview, tab);
		await inspect(preview, `preview-${tab}`);
	}
	await openEditor(page, "wexcombe-hale.usage.yaml");
	await runCommand(page, "Usage Report: Run Usage Report");
	const report = await findView(page, "report");
	const headers = report.locator("vscode-tab-header");
	for (let tab = 0; tab < (await headers.count()); tab++) {
		await headers.nth(tab).click({ timeout: STEP_MS });
		await inspect(report, ["report", "clients", "report-problems"][tab] ?? `report-${tab}`);
	}
	expect(faults.length === 0, faults.join("\n"));
}

/** Waits until nothing says that it is busy, and what was drawn has been painted. */
async function settle(view: Frame): Promise<void> {
	await view.locator("[aria-busy='true']:visible").first().waitFor({ state: "detached", timeout: STEP_MS });
	await view.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
