import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { findChromium } from "./tools.ts";
import { type BrowserHost, browserHostIsInstalled, startBrowserHost } from "./vscode-host.ts";
import { checkAccess } from "./walks/check-access.ts";
import { followHostLogs, watchContext } from "./walks/guards.ts";
import { listWalks } from "./walks/list-walks.ts";
import { fillWithSamples, writeSettings } from "./walks/samples.ts";
import { savePicture } from "./walks/save-picture.ts";
import type { Stage, Walk } from "./walks/walk.ts";
import { STEP_MS } from "./workbench.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const screens = join(root, "out", "screens");

/** Which walks are taken, and whether they leave pictures for the documentation. */
export interface WalkOptions {
	/** Names of walks; null for all that are tests. */
	readonly names: readonly string[] | null;
	/** Whether `docs/images` is written. */
	readonly pictures: boolean;
}

/** Size of the window in pixels of the screen. */
const WINDOW = { width: 1440, height: 900 };

/**
 * Uses the packaged extension in the browser host as a person would, each walk in a folder and a browser context of its own.
 * Leaves screenshots in `out/screens`. Where that host is neither installed nor needed, only the suite in VS Code itself
 * speaks for the views.
 */
export async function walkThrough(vsix: string, options: WalkOptions): Promise<{ readonly passed: number; readonly failed: number }> {
	if (!browserHostIsInstalled() || findChromium() === null) {
		console.log("  left out: the host for the browser is not installed here");
		return { passed: 0, failed: 0 };
	}
	const walks = listWalks().filter(({ name }) => options.names === null || options.names.includes(name));
	if (options.names === null) rmSync(screens, { recursive: true, force: true });
	mkdirSync(screens, { recursive: true });
	const scratch = mkdtempSync(join(tmpdir(), "usage-report-walk-"));
	const host = await startBrowserHost([vsix]);
	const browser = await openBrowser();
	let failed = 0;
	try {
		for (const walk of walks) {
			const started = performance.now();
			const attempt = () =>
				take(walk, host, browser, mkdtempSync(join(scratch, "walk-")), options).then(
					() => null,
					(error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
				);
			let complaint = await attempt();
			if (complaint !== null) {
				// A busy machine can swallow a click or a key; what is wrong with the extension is wrong the second time too.
				console.log(`  … ${walk.title}: once more, after\n${complaint}`);
				complaint = await attempt();
			}
			const seconds = ((performance.now() - started) / 1000).toFixed(1);
			if (complaint !== null) failed++;
			console.log(complaint === null ? `  ✓ ${walk.title} (${seconds} s)` : `  ✗ ${walk.title} (${walk.name}, ${seconds} s)\n${complaint}`);
		}
	} finally {
		await browser.close();
		await host.stop();
		rmSync(scratch, { recursive: true, force: true });
	}
	console.log(`  screenshots: ${screens}`);
	return { passed: walks.length - failed, failed };
}

/** Takes one walk; throws what it complains of, and what the guards saw meanwhile. */
async function take(walk: Walk, host: BrowserHost, browser: Browser, scratch: string, options: WalkOptions): Promise<void> {
	// A folder of its own, since the workbench brings back what was not saved in one.
	const folder = join(scratch, "samples");
	mkdirSync(folder);
	await (walk.fill ?? fillWithSamples)(folder);
	writeSettings(folder, walk.theme ?? "Default Dark Modern", walk.settings ?? {});
	const scale = (walk.zoom ?? 100) / 100;
	// The zoom of a browser: as many pixels of the screen, and fewer of the page.
	const context = await browser.newContext({
		viewport: { width: WINDOW.width / scale, height: WINDOW.height / scale },
		deviceScaleFactor: scale,
		locale: walk.language ?? "en",
		permissions: ["clipboard-read", "clipboard-write"],
	});
	context.setDefaultTimeout(STEP_MS);
	// What a language pack sets, and what extensions go by; the workbench's own texts stay as they are without a pack.
	if (walk.language !== undefined) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(walk.language)};`);
	const guard = watchContext(context);
	const logs = followHostLogs(host.logs);
	const page = await context.newPage();
	const complaints: string[] = [];
	const stage: Stage = {
		page,
		folder,
		shoot: async (name) => void (await page.screenshot({ path: join(screens, `${name}.png`) })),
		async checkAccess(view, what) {
			// The rest of the walk is worth taking all the same.
			await checkAccess(view, what).catch((error: Error) => complaints.push(error.message));
		},
		hostLog: logs.text,
		picture: async (name) => (options.pictures ? savePicture(page, join(root, "docs", "images", `${name}.png`)) : undefined),
	};
	try {
		await page.goto(host.address(folder, null));
		await walk.steps(stage);
	} catch (error) {
		complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
		await page.screenshot({ path: join(screens, `failed-${walk.name}.png`) }).catch(() => {});
	}
	// Leaving the page ends its extension host; closing it alone would leave that waiting for hours.
	await page.goto("about:blank").catch(() => {});
	await context.close();
	complaints.push(...guard.complaints(), ...logs.complaints());
	if (complaints.length > 0) throw new Error(complaints.join("\n"));
}
