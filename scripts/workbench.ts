import type { Frame, Page } from "playwright-core";

/** Milliseconds after which a step of a person in the workbench counts as failed. */
export const STEP_MS = 30_000;

/** Opens a file of the folder by its name. */
export async function openEditor(page: Page, file: string): Promise<void> {
	await page.waitForSelector(".monaco-workbench .explorer-folders-view", { timeout: STEP_MS });
	await pickQuickly(page, "Control+p", file, file);
	await page.waitForSelector(`.tab.active[data-resource-name="${file}"]`, { timeout: STEP_MS });
}

/** Runs a command from the palette, by its whole title. */
export async function runCommand(page: Page, title: string): Promise<void> {
	await pickQuickly(page, "F1", title, title);
}

/** Types into the quick input until the wanted entry is the first, and takes it: both lists fill while one types. */
export async function pickQuickly(page: Page, key: string, typed: string, wanted: string): Promise<void> {
	const deadline = Date.now() + STEP_MS;
	const widget = page.locator(".quick-input-widget");
	const first = widget.locator(".monaco-list-row").first();
	while (Date.now() < deadline) {
		await page.keyboard.press("Escape");
		await page.keyboard.press(key);
		await widget.locator("input").first().waitFor({ state: "visible", timeout: STEP_MS });
		await page.keyboard.insertText(typed);
		const offered = await first
			.filter({ hasText: wanted })
			.waitFor({ timeout: 2_000 })
			.then(
				() => true,
				() => false,
			);
		if (!offered) continue;
		await page.keyboard.press("Enter");
		return;
	}
	throw new Error(`"${wanted}" was not offered.`);
}

/** The frame, of those that a view consists of, in which something can be found. */
export async function findFrame(page: Page, selector: string): Promise<Frame> {
	const deadline = Date.now() + STEP_MS;
	while (Date.now() < deadline) {
		for (const frame of page.frames()) if ((await frame.$(selector).catch(() => null)) !== null) return frame;
		await page.waitForTimeout(200);
	}
	throw new Error(`No view shows "${selector}".`);
}
