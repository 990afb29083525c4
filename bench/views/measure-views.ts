import { statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Frame, Page } from "playwright-core";
import { openBrowser } from "../../scripts/browser.ts";
import { startBrowserHost } from "../../scripts/vscode-host.ts";
import { findView, showTab, tabPanel } from "../../scripts/walks/views.ts";
import { openEditor, runCommand, STEP_MS, until } from "../../scripts/workbench.ts";
import { describeMachine, type Machine } from "../measure/machine.ts";
import { median } from "../measure/median.ts";
import { type ActivationMeasured, measureActivation } from "./measure-activation.ts";
import { measureNaivePage, type NaiveMeasured } from "./naive-page.ts";
import { measureScrolling, type ScrollMeasured } from "./scroll-frames.ts";

/** The preview of one estate, in the workbench in a browser. */
export interface ViewsMeasured {
	readonly machine: Machine;
	readonly rows: number;
	/** Milliseconds from the result being in the view to its first rows being drawn, by the marks of the view; the median of the runs. */
	readonly firstRowsMs: number;
	/** The longest of the runs. */
	readonly firstRowsLongestMs: number;
	/** Milliseconds from a jump to a far row to that row being there; the median of the jumps. */
	readonly jumpMs: number;
	readonly scroll: ScrollMeasured;
	/** A page that puts all rows into the document, with fewer rows. */
	readonly naive: NaiveMeasured;
	readonly activation: ActivationMeasured;
	/** Bytes of each view's script as it is packaged. */
	readonly scriptBytes: Readonly<Record<string, number>>;
}

/** Where the marks of the view begin and end. */
const MARKS = { data: "usage-report:data", rows: "usage-report:first-rows" };

/** Rows of the page that is compared with: with 100,000 a browser takes minutes to scroll through them. */
const NAIVE_ROWS = 20_000;

/**
 * Opens the preview of an instance in the real workbench with the built extension, and measures it.
 * @param folder that holds the instance and its data.
 */
export async function measureViews(
	root: string,
	folder: string,
	instance: string,
	{ rows, runs }: { readonly rows: number; readonly runs: number },
	say: (line: string) => void,
): Promise<ViewsMeasured> {
	const scriptBytes = Object.fromEntries(
		["preview", "report"].map((view) => [view, statSync(join(root, "dist", "webviews", `${view}.js`)).size]),
	);
	const host = await startBrowserHost();
	const browser = await openBrowser();
	try {
		say("  activation …");
		const activation = await measureActivation(host, browser, root, join(folder, "..", "without-configurations"), folder);
		say("  first rows …");
		const page = await openWorkbench(browser, host.address(folder, root));
		await openEditor(page, instance);
		await runCommand(page, "Usage Report: Preview Categorized Installs");
		await showTab(await findView(page, "preview"), "installations");
		const times: number[] = [];
		for (let run = 0; run < runs; run++) times.push(await measureFirstRows(page, instance));
		const preview = await findView(page, "preview");
		await tabPanel(preview, "installations").waitFor({ timeout: STEP_MS });
		say("  jumps and scrolling …");
		const jumps: number[] = [];
		for (let jump = 1; jump <= runs * 2; jump++) jumps.push(await measureJump(preview, (jump * 0.618) % 1));
		const scroll = await measureScrolling(preview);
		await page.goto("about:blank").catch(() => {});
		await page.close();
		say(`  the page that is compared with, ${NAIVE_ROWS.toLocaleString("en")} rows …`);
		const naive = await measureNaivePage(browser, NAIVE_ROWS, Math.min(runs, 3));
		return {
			machine: describeMachine([]),
			rows,
			firstRowsMs: median(times),
			firstRowsLongestMs: Math.max(...times),
			jumpMs: median(jumps),
			scroll,
			naive,
			activation,
			scriptBytes,
		};
	} finally {
		await browser.close();
		await host.stop();
	}
}

async function openWorkbench(browser: Browser, address: string): Promise<Page> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.on("dialog", (dialog) => void dialog.accept());
	await page.goto(address);
	return page;
}

/** Leaves the view and comes back, so that it starts anew with a result that is there already. */
async function measureFirstRows(page: Page, instance: string): Promise<number> {
	await openEditor(page, instance);
	await runCommand(page, "Usage Report: Preview Categorized Installs");
	const preview = await findView(page, "preview");
	const read = () =>
		preview.evaluate(({ data, rows }) => {
			const [from] = performance.getEntriesByName(data);
			// The table of products is filled behind this one, and sets a mark of its own.
			const to = performance.getEntriesByName(rows).find((mark) => (mark as PerformanceMark).detail === "installations");
			return from === undefined || to === undefined ? null : to.startTime - from.startTime;
		}, MARKS);
	let time: number | null = null;
	await until(
		async () => {
			time = await read();
			return time !== null;
		},
		() => `The view set no marks "${MARKS.data}" and "${MARKS.rows}".`,
	);
	return time as unknown as number;
}

/** Scrolls the table to a place at once, and waits for the row that belongs there. */
async function measureJump(preview: Frame, share: number): Promise<number> {
	return preview.evaluate(
		async ({ share, limit }) => {
			const [scroller = document.documentElement] = [...document.querySelectorAll("*")].sort(
				(a, b) => b.scrollHeight - b.clientHeight - (a.scrollHeight - a.clientHeight),
			);
			const started = performance.now();
			scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * share;
			while (performance.now() - started < limit) {
				await new Promise((done) => requestAnimationFrame(done));
				const box = scroller.getBoundingClientRect();
				const hit = document.elementFromPoint(box.left + 60, box.top + box.height / 2)?.closest("[aria-rowindex]");
				const isFilled = hit !== null && hit !== undefined && hit.textContent?.includes("WS-") === true;
				if (isFilled) return performance.now() - started;
			}
			throw new Error("The row did not come.");
		},
		{ share, limit: STEP_MS },
	);
}
