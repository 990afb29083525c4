import type { Frame, Locator, Page } from "playwright-core";
import { findFrame, STEP_MS, until } from "../workbench.ts";

/** The two webviews, by the names of their scripts. */
export type ViewName = "preview" | "report";

/** The tabs of the preview. */
export type PreviewTab = "overview" | "products" | "installations" | "what-if" | "compare" | "problems";

/** The frame of the webview in sight, when its content stands in it. */
export async function findView(page: Page, view: ViewName): Promise<Frame> {
	return findFrame(page, `html:has(script[src*="/webviews/${view}.js"]) vscode-tab-header`);
}

/** Goes to a tab of the preview by a click. */
export async function showTab(preview: Frame, tab: PreviewTab): Promise<void> {
	await preview.locator(`vscode-tab-header[data-tab="${tab}"]`).click({ timeout: STEP_MS });
	await tabPanel(preview, tab).waitFor({ timeout: STEP_MS });
}

/** What a tab of the preview shows. */
export function tabPanel(preview: Frame, tab: PreviewTab): Locator {
	return preview.locator(`vscode-tab-panel[data-tab="${tab}"]`);
}

/** Waits until an element shows a text. */
export async function seesIn(place: Locator | Frame, selector: string, text: string | RegExp): Promise<Locator> {
	const found = place.locator(selector, { hasText: text }).first();
	await found.waitFor({ timeout: STEP_MS });
	return found;
}

/** Waits until a number stands in an element; answers it. Numbers stand there as English or German writes them. */
export async function numberIn(element: Locator): Promise<number> {
	let text = "";
	await until(
		async () => {
			text = (await element.textContent({ timeout: STEP_MS })) ?? "";
			return /\d/.test(text);
		},
		() => `"${text}" holds no number.`,
	);
	return Number(/\d[\d.,\u00a0\u202f]*/.exec(text)?.[0].replaceAll(/[^\d]/g, ""));
}

/** Pixels by which the page of a view is wider than its window. */
export async function overflowOf(view: Frame): Promise<number> {
	return view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
