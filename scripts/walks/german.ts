import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "playwright-core";
import { openEditor, pickEntry, STEP_MS, sees, until } from "../workbench.ts";
import { findView, type PreviewTab, showTab } from "./views.ts";
import { expect, type Stage, type Walk } from "./walk.ts";

/** The same in German: no text of ours is left in English, in the views, the tree and the editor. */
export const germanWalk: Walk = {
	name: "german",
	title: "in German: commands, tree, both views and diagnostics, with no English of ours left",
	language: "de",
	steps: readGerman,
};

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const TABS: readonly PreviewTab[] = ["overview", "products", "installations", "what-if", "compare", "problems"];

/** Keys that are English texts, with their German. */
type Bundle = Readonly<Record<string, string>>;

async function readGerman({ page, shoot }: Stage): Promise<void> {
	const german = readBundle(join("l10n", "bundle.l10n.de.json"));
	const titles = readBundle("package.nls.de.json");
	const left: string[] = [];
	const title = (key: string): string => {
		const text = titles[key];
		expect(text !== undefined, `package.nls.de.json has no "${key}".`);
		return text;
	};
	const inspect = async (place: Frame | Page, within: string, what: string): Promise<void> => {
		const texts = await textsOf(place, within);
		const english = texts.filter((text) => isEnglish(text, german));
		left.push(...english.map((text) => `${what}: ${text.slice(0, 120)}`));
		expect(
			texts.some((text) => Object.values(german).includes(text)),
			`${what} shows no German at all.`,
		);
	};

	await openEditor(page, "london.usage.yaml");
	await runGermanCommand(page, title("command.preview"));
	const preview = await findView(page, "preview");
	for (const tab of TABS) {
		await showTab(preview, tab);
		await inspect(preview, "#view", `preview, ${tab}`);
		await shoot(`german-${tab}`);
	}
	await openEditor(page, "README.md");
	await runGermanCommand(page, title("command.runReport"));
	await pickEntry(page, german["All projects"] ?? "?");
	const report = await findView(page, "report");
	await inspect(report, "#view", "report");
	await shoot("german-report");

	await page.locator(".activitybar .action-item:has(.action-label[aria-label^='Usage Report'])").click({ timeout: STEP_MS });
	await sees(page, ".pane-body .monaco-list-row", "Granmora Mills");
	await page.locator(".pane-body .monaco-list-row", { hasText: "Granmora Mills" }).first().click({ button: "right" });
	await sees(page, ".monaco-menu .action-label", title("command.preview"));
	await shoot("german-tree");
	await page.keyboard.press("Escape");
	await until(
		() => left.length === 0,
		() => `Texts that are left in English:\n  ${[...new Set(left)].join("\n  ")}`,
		0,
	);
}

/** A command by its German title; the category and the palette may stay as they are. */
async function runGermanCommand(page: Page, title: string): Promise<void> {
	const widget = page.locator(".quick-input-widget");
	await until(
		async () => {
			await page.keyboard.press("Escape");
			await page.keyboard.press("F1");
			await widget.locator("input").first().waitFor({ state: "visible", timeout: STEP_MS });
			await page.keyboard.insertText(title);
			const first = widget.locator(".monaco-list-row", { hasText: title }).first();
			return first.waitFor({ timeout: STEP_MS / 10 }).then(
				() => first.click().then(() => true),
				() => false,
			);
		},
		() => `"${title}" is not offered.`,
	);
}

/** Texts, labels and tooltips below a place. */
async function textsOf(place: Frame | Page, within: string): Promise<readonly string[]> {
	return place.evaluate((selector) => {
		const found = new Set<string>();
		for (const start of document.querySelectorAll(selector)) {
			const walker = document.createTreeWalker(start, NodeFilter.SHOW_TEXT);
			while (walker.nextNode()) found.add(walker.currentNode.textContent?.trim() ?? "");
			for (const element of start.querySelectorAll("*")) {
				for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) found.add(element.getAttribute(name)?.trim() ?? "");
			}
		}
		return [...found].filter((text) => text !== "");
	}, within);
}

/** Whether a text is one of our English ones, which is said otherwise in German. */
function isEnglish(text: string, german: Bundle): boolean {
	if (german[text] !== undefined) return german[text] !== text && !Object.values(german).includes(text);
	return Object.entries(german).some(([key, value]) => {
		const pieces = key.split(/\{\d+\}/);
		// A pattern of few letters fits everything.
		if (pieces.length === 1 || pieces.join("").replaceAll(/[^a-z]/gi, "").length < 8 || value === key) return false;
		return new RegExp(`^${pieces.map(escapePattern).join(".*")}$`, "s").test(text);
	});
}

function escapePattern(piece: string): string {
	return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function readBundle(file: string): Bundle {
	return JSON.parse(readFileSync(join(root, file), "utf8")) as Bundle;
}
