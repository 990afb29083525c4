import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./tools.ts";

/** Opens a Chromium without a window that talks to nobody but the pages it is sent to. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === null) throw new Error("There is no Chromium. Run `node scripts/run.mjs test`, which says how to get one.");
	const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
	return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });
}
