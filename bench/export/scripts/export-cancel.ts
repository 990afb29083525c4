import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { writePreviewWorkbook } from "../../../core/workbook/preview-workbook.ts";
import { EXPORT_ABOUT } from "../export-about.ts";
import { makeExportEstate } from "../export-estate.ts";
import { readArguments, writeRun } from "../export-script.ts";

// Cancels our export when about half of the rows are on the disk.
const { rows, file, outFile } = readArguments();
const categorization = makeExportEstate(rows);
const controller = new AbortController();
const started = performance.now();
const writing = writePreviewWorkbook(file, categorization, EXPORT_ABOUT, controller.signal);
while (writtenBytes() < rows * 30) await delay(1);
const asked = performance.now();
controller.abort();
const result = await writing;
const ended = performance.now();
if (result.written) throw new Error("The export was done before it was cancelled.");
writeRun(outFile, { exportMs: ended - started, blockedMs: Number.NaN, cancelMs: ended - asked });

/** Size of the temporary file, which has a name of its own. */
function writtenBytes(): number {
	const name = readdirSync(dirname(file)).find((candidate) => candidate.endsWith(".tmp"));
	return name === undefined ? 0 : statSync(join(dirname(file), name)).size;
}
