import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { answerInput, openEditor, runCommand, STEP_MS, sees, until } from "../workbench.ts";
import { fillWithClients } from "./samples.ts";
import { tableOf } from "./tables.ts";
import { findView, numberIn, seesIn, showTab, tabPanel } from "./views.ts";
import { expect, expectEqual, type Stage, type Walk } from "./walk.ts";

/** What other limits would do, how they get into the file with their advice, and how that is taken back. */
export const whatIfWalk: Walk = {
	name: "what-if",
	title: "what if: sliders move every figure, the matrix, Apply to YAML with its advice, undo, Compare, Data Problems",
	fill: fillWithClients,
	steps: tryLimits,
};

async function tryLimits(stage: Stage): Promise<void> {
	const { page, shoot, picture } = stage;
	await openEditor(page, "london.usage.yaml");
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	await showTab(preview, "what-if");
	const before = await categoryCounts(preview);

	// The slider: a person drags it, which a test does by its keys.
	const card = preview.locator(".limit-card", { has: preview.locator("code", { hasText: "UnusedCategoryLimit" }) });
	await card.locator(".limit-slider").focus();
	for (let press = 0; press < 3; press++) await page.keyboard.press("PageDown");
	expectEqual(await card.locator(".limit-field input").inputValue(), "60", "the field beside the slider");
	const after = await settledCounts(preview);
	expect(after[2]! > before[2]!, "A smaller UnusedCategoryLimit does not make more installations Unused.");
	expectEqual(sum(after), sum(before), "installations in all categories");
	const moved = await numberIn(preview.locator("#moves span"));
	expectEqual(moved, after[2]! - before[2]!, "installations that change category");
	const cells = await preview.locator(".matrix td.moves").allTextContents();
	expectEqual(sum(cells.map(digits)), moved, "the sum of the matrix beside its diagonal");
	await preview.locator(".limit-card svg").first().waitFor({ timeout: STEP_MS });
	await shoot("what-if-moved");
	await preview.locator(".what-if-strip").scrollIntoViewIfNeeded();
	await preview.locator("h1").scrollIntoViewIfNeeded();
	await picture("what-if");
	await stage.checkAccess(preview, "What If with other limits");

	// The other tabs follow.
	await showTab(preview, "installations");
	await seesIn(tabPanel(preview, "installations"), ".what-if-banner", "60 days");
	await tableOf(preview, "installations").untilTotal(sum(before));
	await showTab(preview, "what-if");

	await preview.locator(".what-if-strip vscode-button", { hasText: "Reset" }).click();
	await until(
		async () => JSON.stringify(await categoryCounts(preview)) === JSON.stringify(before),
		() => "Reset does not bring the counts of the file back.",
	);

	await card.locator(".limit-field input").fill("60");
	await until(
		async () => JSON.stringify(await categoryCounts(preview)) === JSON.stringify(after),
		() => "The field does not do what the slider did.",
	);
	await applyLimit(stage, preview);
	// The editor stands before the preview now.
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	await compareAndProblems(stage, await findView(page, "preview"));
}

/** Writes the limit with its advice, sees the diagnostics of the change, and takes it back. */
async function applyLimit({ page, shoot }: Stage, preview: Frame): Promise<void> {
	await preview.locator("vscode-button", { hasText: "Apply to YAML" }).click();
	await answerInput(page, /Where did the vendor advise/, "CASE-10442");
	await answerInput(page, /On which day/, "2026-10-30");
	await sees(page, ".view-line", /UnusedCategoryLimit:\s60/);
	await sees(page, ".view-line", "CASE-10442");
	await page.locator(".squiggly-warning, .squiggly-info").first().waitFor({ state: "attached", timeout: STEP_MS });
	await shoot("what-if-applied");
	await openEditor(page, "london.usage.yaml");
	await page.keyboard.press("Control+z");
	await sees(page, ".view-line", /UnusedCategoryLimit:\s90/);
	expect((await page.locator(".view-line", { hasText: "CASE-10442" }).count()) === 0, "One undo does not take the advice back.");
}

async function compareAndProblems({ page, folder, shoot }: Stage, preview: Frame): Promise<void> {
	await showTab(preview, "compare");
	await seesIn(tabPanel(preview, "compare"), "*", /default|committed/i);
	await shoot("compare");

	// A date that is none, in the last line of the data: it is counted, and opens where it stands.
	const file = join(folder, "wexcombe-hale", "data", "london-installs.csv");
	const lines = readFileSync(file, "utf8").trimEnd().split(/\r?\n/).length;
	appendFileSync(file, "WXH-LON-L0001;Visio Trial;31/31/2026;01/10/2026\n");
	await seesIn(preview, 'vscode-tab-header[data-tab="problems"]', "(1)");
	await showTab(preview, "problems");
	await preview.locator("button.problem-row").first().click({ timeout: STEP_MS });
	await page.locator(".tab.active[data-resource-name='london-installs.csv']").waitFor({ timeout: STEP_MS });
	await sees(page, ".statusbar-item", `Ln ${lines + 1},`);
}

/** Used, Rarely Used, Unused and Unreported, as the strip of the tab says them. */
async function categoryCounts(preview: Frame): Promise<readonly number[]> {
	const counts = preview.locator(".strip-count");
	await counts.nth(3).waitFor({ timeout: STEP_MS });
	return (await counts.allTextContents()).map(digits);
}

/** The same, once they do not change any more: they follow each step of a slider. */
async function settledCounts(preview: Frame): Promise<readonly number[]> {
	let last: readonly number[] = [];
	let same = 0;
	await until(
		async () => {
			const counts = await categoryCounts(preview);
			same = JSON.stringify(counts) === JSON.stringify(last) ? same + 1 : 0;
			last = counts;
			return same >= SETTLED_READS;
		},
		() => "The counts do not come to rest.",
	);
	return last;
}

/** Equal reads in a row, a tenth of a second apart. */
const SETTLED_READS = 6;

function digits(text: string): number {
	return Number(text.replaceAll(/[^\d]/g, ""));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
