import type { Frame } from "playwright-core";
import { openEditor, runCommand, STEP_MS, until } from "../workbench.ts";
import { fillWithNastyNames, NASTY_CLIENT, NASTY_FILE, NASTY_INSTANCE, NASTY_NAMES, NASTY_PROJECT, NASTY_SERVER } from "./nasty-estate.ts";
import { findView, overflowOf, type PreviewTab, showTab } from "./views.ts";
import { expectEqual, type Stage, type Walk } from "./walk.ts";

/** Names that want to be a script, a formula or a template are shown as what they are: text. */
export const nastyNamesWalk: Walk = {
	name: "nasty-names",
	title: "names that are markup, formulas, templates, right to left or 4,000 letters long are shown as text",
	fill: fillWithNastyNames,
	steps: showNastyNames,
};

const TABS: readonly { readonly tab: PreviewTab; readonly showsAll: boolean }[] = [
	{ tab: "products", showsAll: true },
	{ tab: "installations", showsAll: true },
	{ tab: "overview", showsAll: false },
	{ tab: "what-if", showsAll: false },
	{ tab: "compare", showsAll: false },
	{ tab: "problems", showsAll: false },
];

async function showNastyNames(stage: Stage): Promise<void> {
	const { page, shoot } = stage;
	await openEditor(page, NASTY_FILE);
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	await showsText(preview, [NASTY_INSTANCE], "the title");
	for (const { tab, showsAll } of TABS) {
		await showTab(preview, tab);
		if (showsAll) await showsText(preview, NASTY_NAMES, `the tab ${tab}`);
		await isHarmless(preview, `the tab ${tab}`);
	}
	await showTab(preview, "installations");
	await shoot("nasty-names");
	await stage.checkAccess(preview, "nasty names");

	await openEditor(page, NASTY_PROJECT);
	await runCommand(page, "Usage Report: Run Usage Report");
	const report = await findView(page, "report");
	await showsText(report, [NASTY_CLIENT, NASTY_SERVER], "the report");
	await isHarmless(report, "the report");
	await shoot("nasty-report");
}

/** Every text stands in an element by itself, letter by letter. */
async function showsText(view: Frame, texts: readonly string[], what: string): Promise<void> {
	let missing: readonly string[] = texts;
	await until(
		async () => {
			const shown = new Set(
				await view.evaluate(() =>
					[...document.querySelectorAll("*")]
						.filter((element) => element.children.length === 0 || element.matches("td, th, h1, [role=gridcell]"))
						.map((element) => element.textContent?.trim() ?? ""),
				),
			);
			missing = texts.filter((text) => !shown.has(text));
			return missing.length === 0;
		},
		() => `${what} does not show: ${missing.map((text) => text.slice(0, 80)).join(" · ")}`,
		STEP_MS / 3,
	);
}

/** Nothing of a name has become an element, nothing has run, and nothing is wider than the window. */
async function isHarmless(view: Frame, what: string): Promise<void> {
	const found = await view.evaluate(() => ({
		elements: [...document.querySelectorAll("img, b, i, script:not([src]), [onerror], [onload]")]
			.filter((element) => document.querySelector("#view")?.contains(element))
			.map((element) => element.outerHTML),
		ran: "nastyNameRan" in globalThis,
		addresses: [...document.querySelectorAll("a[href]")]
			.map((link) => link.getAttribute("href"))
			.filter((href) => href?.startsWith("javascript")),
		tallRows: [...document.querySelectorAll("[role=row], tr")].filter((row) => row.getBoundingClientRect().height > 200).length,
	}));
	expectEqual(found, { elements: [], ran: false, addresses: [], tallRows: 0 }, what);
	expectEqual(await overflowOf(view), 0, `pixels by which ${what} is wider than its window`);
}
