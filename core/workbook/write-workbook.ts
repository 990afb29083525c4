import { Writable } from "node:stream";
import type ExcelJS from "exceljs";
import type { InstantMs } from "../dates/instant.ts";
import type { FileSink } from "../output/file-sink.ts";
import { replaceFile } from "../output/replace-file.ts";
import { nameFilters, orderFonts } from "./exceljs-gaps.ts";

/** Whether a workbook was written; if not, the file that stood there before is untouched. */
export type WriteResult =
	/** `rows`: data rows of the sheet (or sheets) that the workbook is about. */
	{ readonly written: true; readonly rows: number } | { readonly written: false; readonly message: string };

/** A workbook under construction. Sheets are filled one after the other and committed, so that only a part is ever in memory. */
export interface WorkbookDraft {
	readonly workbook: ExcelJS.stream.xlsx.WorkbookWriter;
	/**
	 * Lets finished rows flow to the disk; to be awaited now and then while rows are added.
	 * @throws when the write was cancelled or has failed; {@link writeWorkbook} turns that into its result.
	 */
	flush(): Promise<void>;
}

/**
 * Writes an Excel file, as a whole or not at all, see {@link replaceFile}.
 *
 * @param fill adds the sheets and answers the number of data rows; an error of its own is thrown on.
 * @param pack writes what exceljs has made to the file in a form of its own; unless it is given, the file is what exceljs makes.
 */
export async function writeWorkbook(
	file: string,
	madeAt: InstantMs,
	fill: (draft: WorkbookDraft) => Promise<number>,
	signal: AbortSignal,
	pack?: (archive: Buffer, target: Writable) => Promise<void>,
): Promise<WriteResult> {
	const write = (sink: FileSink) => (pack === undefined ? writeSheets(sink, madeAt, fill) : packSheets(sink, madeAt, fill, pack));
	const result = await replaceFile(file, write, signal);
	return result.written ? { written: true, rows: result.value } : result;
}

async function packSheets(
	sink: FileSink,
	madeAt: InstantMs,
	fill: (draft: WorkbookDraft) => Promise<number>,
	pack: (archive: Buffer, target: Writable) => Promise<void>,
): Promise<number> {
	const chunks: Buffer[] = [];
	const stream = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			chunks.push(chunk);
			done();
		},
	});
	const rows = await writeSheets({ stream, flush: sink.flush }, madeAt, fill);
	await sink.flush();
	await pack(Buffer.concat(chunks), sink.stream);
	return rows;
}

async function writeSheets(
	sink: Pick<FileSink, "stream" | "flush">,
	madeAt: InstantMs,
	fill: (draft: WorkbookDraft) => Promise<number>,
): Promise<number> {
	const { default: exceljs } = await import("exceljs");
	// Loading it for the first time takes a while, in which nobody else had a turn.
	await sink.flush();
	const workbook = new exceljs.stream.xlsx.WorkbookWriter({
		stream: sink.stream,
		useStyles: true,
		useSharedStrings: true,
		// The fastest level: the sheets are so repetitive that a higher one gains little.
		zip: { zlib: { level: 1 } },
	});
	workbook.creator = "Usage Report";
	workbook.lastModifiedBy = "Usage Report";
	workbook.created = new Date(madeAt);
	workbook.modified = new Date(madeAt);
	workbook.views = [{ x: 0, y: 0, width: 28_000, height: 16_000, firstSheet: 0, activeTab: 0, visibility: "visible" }];
	const rows = await fill({ workbook, flush: sink.flush });
	await sink.flush();
	orderFonts(workbook);
	nameFilters(workbook);
	await workbook.commit();
	return rows;
}
