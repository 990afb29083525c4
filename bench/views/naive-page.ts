import type { Browser } from "playwright-core";
import { median } from "../measure/median.ts";
import { measureScrolling, type ScrollMeasured } from "./scroll-frames.ts";

/** A page that puts every row into the document at once. */
export interface NaiveMeasured {
	readonly rows: number;
	/** Milliseconds from the rows being in the page to their being drawn; the median of the runs. */
	readonly firstRowsMs: number;
	readonly scroll: ScrollMeasured;
}

/** What somebody writes for the day: one table, one cell per value, the browser's own scrolling. */
export async function measureNaivePage(browser: Browser, rows: number, runs: number): Promise<NaiveMeasured> {
	const times: number[] = [];
	let scroll: ScrollMeasured | null = null;
	for (let run = 0; run < runs; run++) {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		await page.setContent(PAGE);
		times.push(
			await page.evaluate(async (count) => {
				const data = Array.from({ length: count }, (_, index) => [
					`WS-HAM-${String(Math.floor(index / 100)).padStart(7, "0")}`,
					`Product ${index % 5000}`,
					"2024-03-01",
					"2026-10-29",
					"Used",
					"",
					"7",
				]);
				const started = performance.now();
				const body = document.querySelector("tbody");
				for (const row of data) {
					const line = document.createElement("tr");
					for (const text of row) {
						const cell = document.createElement("td");
						cell.textContent = text;
						line.append(cell);
					}
					body?.append(line);
				}
				// The second frame begins when the first one has been drawn.
				await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
				return performance.now() - started;
			}, rows),
		);
		if (run === runs - 1) scroll = await measureScrolling(page);
		await page.close();
	}
	return { rows, firstRowsMs: median(times), scroll: scroll! };
}

const PAGE = `<!DOCTYPE html><style>body { margin: 0; font: 13px sans-serif } td { padding: 2px 8px; white-space: nowrap }</style>
<table><tbody></tbody></table>`;
