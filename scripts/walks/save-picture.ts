import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Page } from "playwright-core";
import { toPalettePng } from "./palette-png.ts";

/** Bytes that a picture of the documentation may have. */
const MAX_BYTES = 200_000;

/** Writes what the window shows as a small picture; fails when it does not become small. */
export async function savePicture(page: Page, file: string): Promise<void> {
	const small = toPalettePng(await page.screenshot());
	if (small.length > MAX_BYTES) throw new Error(`${file} would have ${small.length} bytes, more than ${MAX_BYTES}.`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, small);
	console.log(`  picture: ${file} (${Math.ceil(small.length / 1000)} kB)`);
}
