import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeGranmoraTimber } from "./samples/granmora-timber.ts";
import { makeSaintAlverne } from "./samples/saint-alverne.ts";
import { type SampleFile, textFile } from "./samples/sample-files.ts";
import { makeWexcombeHale } from "./samples/wexcombe-hale.ts";

/**
 * All generated files of `samples/`: three invented clients, with the same bytes on every run. `samples/README.md` and
 * `samples/faulty/` are written by hand.
 */
export function makeSamples(): readonly SampleFile[] {
	return [
		textFile(".vscode/settings.json", `${JSON.stringify({ "usageReport.asOf": "2026-11-05T09:00:00Z" }, null, "\t")}\n`),
		...makeWexcombeHale(),
		...makeGranmoraTimber(),
		...makeSaintAlverne(),
	];
}

if (import.meta.main) {
	const folder = path.join(import.meta.dirname, "..", "samples");
	const files = makeSamples();
	for (const file of files) {
		const target = path.join(folder, file.path);
		await mkdir(path.dirname(target), { recursive: true });
		await writeFile(target, file.bytes);
	}
	const kilobytes = Math.round(files.reduce((sum, file) => sum + file.bytes.length, 0) / 1000);
	console.log(`Wrote ${files.length} files (${kilobytes.toLocaleString("en")} kB) to ${path.relative(process.cwd(), folder) || "."}`);
}
