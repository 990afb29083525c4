import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeXlsxStream } from "hucre/xlsx";
import type { Categorization } from "../../../core/usage/categorization.ts";
import { DATE_COLUMNS, HEADERS, listRows, runExport, toDates } from "../export-script.ts";

// The library that streams to the least memory of those that were tried.
await runExport(async (file, categorization) => {
	const stream = writeXlsxStream(rowsOf(categorization), {
		name: "Installations",
		columns: HEADERS.map(([header, width], index) => ({
			header,
			width,
			...(DATE_COLUMNS.includes(index) ? { numFmt: "yyyy-mm-dd" } : {}),
		})),
		freezePane: { rows: 1, columns: 2 },
	});
	await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(file));
});

function* rowsOf(categorization: Categorization) {
	for (const row of listRows(categorization)) yield toDates(row);
}
