import assert from "node:assert/strict";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { createCsvScan } from "../../../core/connectors/csv-scan.ts";
import { createTranscoder } from "../../../core/connectors/text-decoding.ts";
import { createFolder, type Folder, makeSource, readTable } from "./source-fixture.ts";

const cell = fc.oneof(
	fc.string({ unit: "grapheme", maxLength: 8 }),
	fc.string({ unit: fc.constantFrom(",", ";", "\t", '"', "\n", "\r", " ", "a", "é", "日", "😀", "'"), maxLength: 8 }),
	fc.constantFrom("", "NULL", "0", "-1", "=1+1", "2026-02-30", " x "),
);

const table = fc
	.integer({ min: 2, max: 5 })
	.chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));

const dialect = fc.record({
	delimiter: fc.constantFrom(",", ";", "\t", "|", "¦"),
	recordDelimiter: fc.constantFrom("\n", "\r\n", "\r"),
	quoted: fc.boolean(),
	encoding: fc.constantFrom("utf-8", "utf-8 with a mark", "utf-16le", "utf-16be with a mark"),
});

function encode(text: string, encoding: string): Buffer {
	const marked = encoding.endsWith("with a mark") ? `\ufeff${text}` : text;
	if (encoding.startsWith("utf-8")) return Buffer.from(marked);
	const little = Buffer.from(marked, "utf16le");
	return encoding.startsWith("utf-16be") ? little.swap16() : little;
}

describe("csv: what is written comes back", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	it("cell by cell, in every dialect and encoding", async () => {
		const property = fc.asyncProperty(table, dialect, async (cells, { delimiter, recordDelimiter, quoted, encoding }) => {
			const header = cells[0]!.map((_, index) => `c${index}`);
			const text = stringify([header, ...cells], { delimiter, record_delimiter: recordDelimiter, quoted, quoted_match: /[\r\n"]/ });
			const path = folder.write("table.csv", encode(text, encoding));
			const source = makeSource({ path: "table.csv", delimiter, encoding: encoding.replace(" with a mark", "") });
			assert.deepEqual(await readTable(source, path), { columns: header, rows: cells.map((row, index) => [index + 2, row]) });
		});
		await fc.assert(property, { numRuns: 150 });
	}).timeout(180_000);

	it("however the file is cut into chunks", () => {
		const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 200 });
		const content = fc.oneof(
			fc.string({ unit: fc.constantFrom(",", '"', "\n", "\r", "a", "é", "日", "😀"), maxLength: 40 }).map((text) => Buffer.from(text)),
			fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
		);
		fc.assert(
			fc.property(content, cuts, (bytes, sizes) => {
				assert.deepEqual(scanInChunks(bytes, sizes), scanInChunks(bytes, [bytes.length || 1]));
			}),
			{ numRuns: 1000 },
		);
	}).timeout(180_000);
});

/** The valid text, where it ends, and the fault of the layout. */
function scanInChunks(bytes: Buffer, sizes: readonly number[]): readonly unknown[] {
	const transcoder = createTranscoder("utf-8", bytes)!;
	const scan = createCsvScan(Buffer.from(","));
	let text = Buffer.alloc(0);
	let start = 0;
	for (let piece = 0; start < bytes.length; piece++) {
		const chunk = bytes.subarray(start, start + sizes[piece % sizes.length]!);
		start += chunk.length;
		const { utf8, invalid, invalidOffset } = transcoder.push(chunk);
		text = Buffer.concat([text, utf8]);
		const fault = scan.push(utf8);
		if (fault !== null) return [fault, scan.row()];
		if (invalid) return [text.toString(), invalidOffset, scan.row()];
	}
	return [text.toString(), transcoder.finish().invalidOffset, scan.finish(), scan.row()];
}
