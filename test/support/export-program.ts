import type { FileSink } from "../../core/output/file-sink.ts";
import { replaceFile } from "../../core/output/replace-file.ts";
import { writePieces } from "../../core/output/write-pieces.ts";
import { writeWorkbook } from "../../core/workbook/write-workbook.ts";

// A process of its own for the fault tests: `node export-program.ts FILE ROWS TIMES` exports so many rows to the file, again and again, as the file's
// ending says. It prints "row" now and then, and at the end what came of it, in JSON.

const [file = "", rows = "0", times = "1"] = process.argv.slice(2);
const signal = new AbortController().signal;

for (let time = 0; time < Number(times); time++) {
	const result = await exportRows();
	process.stdout.write(`${JSON.stringify(result)}\n`);
}

function exportRows(): Promise<unknown> {
	if (!file.endsWith(".xlsx")) return replaceFile(file, fillText, signal);
	return writeWorkbook(
		file,
		0,
		async ({ workbook, flush }) => {
			const sheet = workbook.addWorksheet("Rows");
			for (let row = 1; row <= Number(rows); row++) {
				sheet.addRow([row, Math.sin(row), Math.cos(row)]).commit();
				if (row % 500 === 0) {
					await flush();
					process.stdout.write("row\n");
				}
			}
			sheet.commit();
			return Number(rows);
		},
		signal,
	);
}

async function fillText(sink: FileSink): Promise<number> {
	await writePieces(sink, lines());
	return Number(rows);
}

function* lines(): Iterable<string> {
	for (let row = 1; row <= Number(rows); row++) {
		yield `${row},${Math.sin(row)},${Math.cos(row)}\n`;
		if (row % 500 === 0) process.stdout.write("row\n");
	}
	yield "end\n";
}
