import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { InstantMs } from "../../dates/instant.ts";
import { letterOf } from "../column-letters.ts";
import type { LongColumn, PendingRows } from "../long-sheet.ts";
import { type CellBytes, createCellBytes } from "./cell-bytes.ts";
import { readPackage, type WorkbookPackage } from "./read-package.ts";
import { encodeRows } from "./row-bytes.ts";
import { createSharedTexts, type SharedTexts } from "./shared-texts.ts";
import { type SheetFrame, splitSharedTexts, splitSheet } from "./split-part.ts";

/**
 * Writes a workbook that exceljs has made once more, with the rows of its long sheets. All other parts are copied. Rows become
 * bytes as the target takes them, some hundred at a time.
 *
 * @param template the archive that exceljs has made.
 * @param target where the new archive goes; it is ended.
 * @throws when it is cancelled, or with the error of the target, which then is destroyed.
 */
export async function packWorkbook(
	template: Buffer,
	sheets: readonly PendingRows[],
	madeAt: InstantMs,
	target: Writable,
	signal: AbortSignal,
): Promise<void> {
	const source = await readPackage(template);
	const shared = splitSharedTexts(await source.read(SHARED_TEXTS));
	const texts = createSharedTexts(shared.count);
	const rows = await openRows(source, sheets, texts);
	const { ZipFile } = await import("yazl");
	signal.throwIfAborted();
	const zip = new ZipFile();
	// It has the methods of a stream.Readable, but declares the older interface.
	const output = zip.outputStream as Readable;
	const opened = new Set<Readable>();
	zip.on("error", (error: Error) => output.destroy(error));
	const options = { mtime: new Date(madeAt), forceDosTimestamp: true, compressionLevel: FASTEST };

	/** What a part is made of is only opened when it is its turn. The library does not see the errors of its sources. */
	function add(name: string, open: () => Readable | Promise<Readable>): void {
		zip.addReadStreamLazy(name, options, (take) => {
			Promise.resolve(open())
				.then((stream: Readable) => {
					opened.add(stream);
					stream.once("error", (error) => output.destroy(error));
					stream.once("close", () => opened.delete(stream));
					take(null, stream);
				})
				.catch((error: Error) => output.destroy(error));
		});
	}

	// Programs that tell a file's type from its beginning look for this part.
	const copied = [CONTENT_TYPES, ...source.names.filter((name) => name !== CONTENT_TYPES && name !== SHARED_TEXTS && !rows.has(name))];
	for (const name of copied) add(name, () => source.open(name));
	for (const [name, parts] of rows) add(name, () => Readable.from(parts, ONE_PIECE));
	// The texts are known when all rows are written.
	add(SHARED_TEXTS, () => Readable.from(shared.withTexts(texts), ONE_PIECE));
	zip.end();
	try {
		await pipeline(output, target, { signal });
	} finally {
		for (const stream of opened) stream.destroy();
	}
}

const CONTENT_TYPES = "[Content_Types].xml";
const SHARED_TEXTS = "xl/sharedStrings.xml";

/** The sheets are so repetitive that a higher level gains little and takes several times as long. */
const FASTEST = 1;

/** Pieces are large, so that none but the current one has to be ready. */
const ONE_PIECE = { objectMode: false, highWaterMark: 1 } as const;

/** The bytes of every long sheet, by the name of its part, made as they are asked for. */
async function openRows(
	source: WorkbookPackage,
	sheets: readonly PendingRows[],
	texts: SharedTexts,
): Promise<ReadonlyMap<string, Iterable<Buffer>>> {
	const cellsOf = new Map<readonly LongColumn[], readonly CellBytes[]>();
	const parts = new Map<string, Iterable<Buffer>>();
	for (const sheet of sheets) {
		const range = `A1:${letterOf(sheet.columns.length - 1)}${sheet.rows.length + 1}`;
		const frame = splitSheet(await source.read(sheet.part), sheet.styles.length, range);
		const styleNumbers = new Map(sheet.styles.map((style, index) => [style, frame.styleNumbers[index]!]));
		const cells = cellsOf.get(sheet.columns) ?? sheet.columns.map((column) => createCellBytes(column, styleNumbers, texts));
		cellsOf.set(sheet.columns, cells);
		parts.set(sheet.part, encodeSheet(frame, sheet, cells));
	}
	return parts;
}

function* encodeSheet(
	{ before, after }: SheetFrame,
	{ rows, columns, onWritten }: PendingRows,
	cells: readonly CellBytes[],
): Generator<Buffer> {
	yield before;
	yield* encodeRows(rows, columns, cells, onWritten);
	yield after;
}
