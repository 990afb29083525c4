import type { Frame, Locator, Page } from "playwright-core";

/** Milliseconds after which a step of a person in the workbench counts as failed. */
export const STEP_MS = 60_000;

/** Milliseconds that a list of entries has for its first attempt. */
const FIRST_LOOK_MS = 2_000;

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

/**
 * Types into the quick input until the wanted entry is offered, and takes it by the keyboard: both lists fill while one types.
 * @param wanted the whole label of the entry; empty for the first entry, whatever it is.
 */
export async function pickQuickly(page: Page, key: string, typed: string, wanted: string): Promise<void> {
	const deadline = Date.now() + STEP_MS;
	const widget = page.locator(".quick-input-widget");
	const rows = widget.locator(".monaco-list-row");
	// A slow machine needs longer to look everything up, and must not be sent back to the start each time.
	for (let patience = FIRST_LOOK_MS; Date.now() < deadline; patience *= 2) {
		await page.keyboard.press("Escape");
		await page.keyboard.press(key);
		await widget.locator("input").first().waitFor({ state: "visible", timeout: STEP_MS });
		await page.keyboard.insertText(typed);
		const place = await placeOf(rows, wanted, patience);
		if (place === null) continue;
		for (let press = 0; press < place; press++) await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		return;
	}
	throw new Error(`"${wanted}" was not offered.`);
}

/** Place of an entry in a list, once it is there; null when it does not come in time. */
async function placeOf(rows: Locator, wanted: string, patience: number): Promise<number | null> {
	let place = -1;
	await until(
		async () => {
			const labels = await rows.evaluateAll((all) => all.map((row) => row.querySelector(".label-name")?.textContent ?? ""));
			place = wanted === "" ? 0 : labels.indexOf(wanted);
			return labels.length > 0 && place >= 0;
		},
		() => "",
		patience,
	).catch(() => {
		place = -1;
	});
	return place < 0 ? null : place;
}

/** Takes an entry of the quick pick that is open. */
export async function pickEntry(page: Page, wanted: string | RegExp): Promise<void> {
	await page.locator(".quick-input-widget .monaco-list-row", { hasText: wanted }).first().click({ timeout: STEP_MS });
}

/** Types an answer into the input box whose prompt or title says something, and confirms it. */
export async function answerInput(page: Page, prompt: string | RegExp, answer: string): Promise<void> {
	await page.locator(".quick-input-widget", { hasText: prompt }).waitFor({ timeout: STEP_MS });
	const input = page.locator(".quick-input-widget input").first();
	await input.press("Control+a");
	await page.keyboard.insertText(answer);
	await page.keyboard.press("Enter");
}

/**
 * Types a path into the dialog for files that is open, and confirms it until the dialog closes: while it looks up a folder it puts
 * its own path in place of what is typed, and takes no answer.
 */
export async function answerFileDialog(page: Page, path: string, confirm: () => Promise<void>): Promise<void> {
	const input = page.locator(".quick-input-widget input").first();
	await until(
		async () => {
			await input.fill(path, { timeout: FIRST_LOOK_MS });
			await page.waitForTimeout(DIALOG_MS);
			if ((await input.inputValue({ timeout: FIRST_LOOK_MS })) !== path) return false;
			await confirm();
			return input.waitFor({ state: "hidden", timeout: FIRST_LOOK_MS }).then(
				() => true,
				() => false,
			);
		},
		() => "The dialog does not close.",
	);
}

/** Milliseconds in which the dialog puts its own path in place of what is typed, if it does. */
const DIALOG_MS = 300;

/** Takes an answer of the notification that says something. They are looked up in their list: this host shows none by itself. */
export async function answerNotification(page: Page, text: string | RegExp, answer: string): Promise<void> {
	await runCommand(page, "Notifications: Show Notifications");
	const item = page.locator(".notifications-center .notification-list-item", { hasText: text }).first();
	await item.waitFor({ timeout: STEP_MS });
	await item.hover();
	await item.locator(".monaco-button", { hasText: answer }).first().click({ timeout: STEP_MS });
}

/** The frame, of those that a view consists of, in which something can be found. */
export async function findFrame(page: Page, selector: string): Promise<Frame> {
	let found: Frame | null = null;
	await until(
		async () => {
			for (const frame of page.frames()) {
				if ((await frame.$(selector).catch(() => null)) === null) continue;
				found = frame;
				return true;
			}
			return false;
		},
		() => `No view shows "${selector}".`,
	);
	return found as unknown as Frame;
}

/** Waits until something holds. */
export async function until(
	holds: () => boolean | Promise<boolean>,
	complain: () => string | Promise<string>,
	limit = STEP_MS,
): Promise<void> {
	const deadline = Date.now() + limit;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(await complain());
		await new Promise((done) => setTimeout(done, 100));
	}
}

/** Puts the caret of the editor on a line and column, such as `9:24`. */
export async function goTo(page: Page, place: string): Promise<void> {
	const focused = page.locator(".monaco-editor.focused");
	for (let attempt = 1; attempt < GO_ATTEMPTS; attempt++) {
		await pickQuickly(page, "Control+g", place, "");
		// A view beside the editor, when it has just been loaded, can take the focus away again.
		const came = await focused.waitFor({ timeout: STEP_MS / GO_ATTEMPTS }).then(
			() => true,
			() => false,
		);
		if (came) return;
		await runCommand(page, "View: Focus Active Editor Group");
	}
	await pickQuickly(page, "Control+g", place, "");
	await focused.waitFor({ timeout: STEP_MS / GO_ATTEMPTS });
}

const GO_ATTEMPTS = 3;

/** Waits until something on the page, outside of views, shows a text. */
export async function sees(page: Page, selector: string, text: string | RegExp): Promise<void> {
	await page.locator(selector, { hasText: text }).first().waitFor({ timeout: STEP_MS });
}
