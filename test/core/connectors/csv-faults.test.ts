import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { DataSource } from "../../../core/config/model.ts";
import { SourceError, type SourceKey } from "../../../core/connectors/connector.ts";
import { csvConnector } from "../../../core/connectors/csv.ts";
import { toSourceError } from "../../../core/connectors/input-file.ts";
import { createFolder, type Folder, makeSource, readTable } from "./source-fixture.ts";

describe("csv: what is refused", function () {
	// Some files are of several megabytes.
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
		mkdirSync(folder.file("data"));
		folder.write("devices.csv", "device\nPC1\n");
		symlinkSync("loop.csv", folder.file("loop.csv"));
	});
	after(() => folder.remove());

	async function checkRefused(source: Partial<DataSource>, path: string | null, code: string, key: SourceKey, message: string) {
		const result = await readTable(makeSource(source), path);
		assert.deepEqual(result, { code, key, message });
	}

	const utf16 = (text: string) => Buffer.from(text, "utf16le");
	const contents: readonly (readonly [string, string | Uint8Array, Partial<DataSource>, string, SourceKey, string])[] = [
		["empty file", "", {}, "source/empty-file", "path", "t.csv is empty. Export the table again."],
		["line ends only", "\n\r\n\n", {}, "source/empty-file", "path", "t.csv is empty. Export the table again."],
		["white space only", "  \n \n", {}, "source/empty-file", "path", "t.csv is empty. Export the table again."],
		["byte-order mark only", "\ufeff", {}, "source/empty-file", "path", "t.csv is empty. Export the table again."],
		[
			"Excel workbook",
			Buffer.from("PK\x03\x04\x14\x00\x06\x00..........................[Content_Types].xml", "latin1"),
			{},
			"source/binary-file",
			"type",
			"t.csv is not a text file: this is an Excel workbook; use type: excel, or save the sheet as CSV.",
		],
		[
			"ZIP archive",
			Buffer.from("PK\x03\x04\x14\x00\x06\x00..........................devices.csv", "latin1"),
			{},
			"source/binary-file",
			"path",
			"t.csv is not a text file: this is a ZIP archive; unpack it and name the file in it.",
		],
		[
			"old Excel workbook",
			Buffer.from("d0cf11e0a1b11ae1", "hex"),
			{},
			"source/binary-file",
			"path",
			"t.csv is not a text file: this is an Office file of the old kind, such as .xls; save the sheet as CSV.",
		],
		[
			"SQLite database",
			Buffer.from("SQLite format 3\0........", "latin1"),
			{},
			"source/binary-file",
			"type",
			"t.csv is not a text file: this is a SQLite database; use type: sqlite with a table.",
		],
		[
			"gzip archive",
			gzipSync("a,b\n1,2\n"),
			{},
			"source/binary-file",
			"path",
			"t.csv is not a text file: this is a gzip archive; unpack it and name the file in it.",
		],
		[
			"NUL byte in a row",
			"a,b\n1,\0\n",
			{},
			"source/binary-file",
			"path",
			"t.csv is not a text file: it has NUL bytes. Export the table as CSV.",
		],
		[
			"NUL byte far behind the beginning",
			`a,b\n${"1,2\n".repeat(80_000)}3,\0\n`,
			{},
			"source/binary-file",
			"path",
			"t.csv is not a text file: it has NUL bytes. Export the table as CSV.",
		],
		[
			"UTF-16 without a mark",
			utf16("a,b\n1,2\n"),
			{},
			"source/binary-file",
			"encoding",
			't.csv is not a text file: it has NUL bytes. It looks like UTF-16 text without a byte-order mark: if it is, set "encoding: utf-16le".',
		],
		[
			"big-endian UTF-16 without a mark",
			utf16("a,b\n1,2\n").swap16(),
			{},
			"source/binary-file",
			"encoding",
			't.csv is not a text file: it has NUL bytes. It looks like UTF-16 text without a byte-order mark: if it is, set "encoding: utf-16be".',
		],
		[
			"UTF-32",
			Buffer.from("fffe000061000000", "hex"),
			{},
			"source/invalid-encoding",
			"encoding",
			"t.csv is written in UTF-32, which is not read. Save it as UTF-8.",
		],
		[
			"invalid UTF-8",
			Buffer.from("a,b\n1,2\nM\xfcller,3\n", "latin1"),
			{},
			"source/invalid-encoding",
			"encoding",
			't.csv is not utf-8 text (byte 10, row 3). If it was saved by Excel or an older Windows program, set "encoding: windows-1252"; or save it as UTF-8.',
		],
		[
			"invalid UTF-8 in the first byte",
			Buffer.from("\x96,b\n", "latin1"),
			{},
			"source/invalid-encoding",
			"encoding",
			't.csv is not utf-8 text (byte 1, row 1). If it was saved by Excel or an older Windows program, set "encoding: windows-1252"; or save it as UTF-8.',
		],
		[
			"invalid UTF-8 far behind the beginning",
			Buffer.from(`a,b\n${"1,2\n".repeat(80_000)}\xff\n`, "latin1"),
			{},
			"source/invalid-encoding",
			"encoding",
			't.csv is not utf-8 text (byte 320,005, row 80,002). If it was saved by Excel or an older Windows program, set "encoding: windows-1252"; or save it as UTF-8.',
		],
		[
			"end within a character",
			Buffer.from("a,b\n1,\xe2\x82", "latin1"),
			{},
			"source/invalid-encoding",
			"encoding",
			't.csv is not utf-8 text (byte 7, row 2). If it was saved by Excel or an older Windows program, set "encoding: windows-1252"; or save it as UTF-8.',
		],
		[
			"half a surrogate pair",
			Buffer.concat([utf16("\ufeffa,b\n1,"), Buffer.from([0x00, 0xd8]), utf16("\n")]),
			{},
			"source/invalid-encoding",
			"encoding",
			"t.csv is not utf-16le text (row 2). Set the encoding that the file was saved in, or save it as UTF-8.",
		],
		[
			"unknown encoding",
			"a\n",
			{ encoding: "utf-9" },
			"source/invalid-encoding",
			"encoding",
			'"utf-9" is not an encoding that is known. Use utf-8, windows-1252, utf-16le or another name of the Encoding Standard.',
		],
		[
			"quote that is never closed",
			'a,b\n1,2\n"3,4\n5,6\n',
			{},
			"source/malformed-csv",
			"path",
			"Row 3 of t.csv cannot be split into cells: a cell begins with a quote that is never closed. Correct the row or export the file again.",
		],
		[
			"quote open at the very end",
			'a,b\n1,"',
			{},
			"source/malformed-csv",
			"path",
			"Row 2 of t.csv cannot be split into cells: a cell begins with a quote that is never closed. Correct the row or export the file again.",
		],
		[
			"text behind a closing quote",
			'a,b\n\n1,2\n"24" Monitor",4\n',
			{},
			"source/malformed-csv",
			"path",
			"Row 4 of t.csv cannot be split into cells: text follows the closing quote of a cell; quotes inside a quoted cell must be doubled. Correct the row or export the file again.",
		],
		[
			"an open quote that the next row would close",
			'a,b\n1,"Visio\n2,"Word",3\n',
			{},
			"source/malformed-csv",
			"path",
			"Row 2 of t.csv cannot be split into cells: text follows the closing quote of a cell; quotes inside a quoted cell must be doubled. Correct the row or export the file again.",
		],
		[
			"10 MB in one line",
			`a,b\n${"x".repeat(10_000_000)}`,
			{},
			"source/row-too-long",
			"path",
			"Row 2 of t.csv is longer than 1 MiB. Check for a quote that is never closed, and that this is a CSV file with line breaks.",
		],
		[
			"10 MB of delimiters",
			`a,b\n${",".repeat(10_000_000)}`,
			{},
			"source/row-too-long",
			"path",
			"Row 2 of t.csv is longer than 1 MiB. Check for a quote that is never closed, and that this is a CSV file with line breaks.",
		],
		[
			"10 MB behind an open quote",
			`a,b\n1,"2\n${"3,4\n".repeat(2_500_000)}`,
			{},
			"source/row-too-long",
			"path",
			"Row 2 of t.csv is longer than 1 MiB. Check for a quote that is never closed, and that this is a CSV file with line breaks.",
		],
		[
			"one byte more than 1 MiB",
			`a,b\n${"x".repeat(1024 * 1024 - 1)},1\n`,
			{},
			"source/row-too-long",
			"path",
			"Row 2 of t.csv is longer than 1 MiB. Check for a quote that is never closed, and that this is a CSV file with line breaks.",
		],
		[
			"delimiter of two characters",
			"a,b\n",
			{ delimiter: "||" },
			"source/malformed-csv",
			"delimiter",
			'The delimiter "||" is not one character. Use "," or ";" or "\\t" or whatever stands between the cells.',
		],
		[
			"no delimiter",
			"a,b\n",
			{ delimiter: "" },
			"source/malformed-csv",
			"delimiter",
			'The delimiter "" is not one character. Use "," or ";" or "\\t" or whatever stands between the cells.',
		],
		[
			"quote as delimiter",
			"a,b\n",
			{ delimiter: '"' },
			"source/malformed-csv",
			"delimiter",
			'The delimiter "\\"" is not one character. Use "," or ";" or "\\t" or whatever stands between the cells.',
		],
	];
	for (const [name, content, source, code, key, message] of contents) {
		it(name, () => checkRefused({ path: "t.csv", ...source }, folder.write("t.csv", content), code, key, message));
	}

	const paths: readonly (readonly [string, string | null, string, SourceKey, string])[] = [
		["no path", null, "source/missing-location", "path", 'The source "source" does not say which file to read. Add "path".'],
		[
			"no such file, a similar one",
			"devcies.csv",
			"source/missing-file",
			"path",
			'There is no file devcies.csv. Did you mean "devices.csv"?',
		],
		[
			"no such file, none similar",
			"installations.txt",
			"source/missing-file",
			"path",
			"There is no file installations.txt. Check the path; it is relative to the configuration file.",
		],
		[
			"no such folder",
			"dat/devices.csv",
			"source/missing-file",
			"path",
			"There is no file dat/devices.csv. The folder dat does not exist either.",
		],
		[
			"a file for a folder",
			"devices.csv/x.csv",
			"source/missing-file",
			"path",
			"There is no file devices.csv/x.csv. The folder devices.csv does not exist either.",
		],
		["a folder", "data", "source/not-a-file", "path", "data is a folder. Name the file in it that holds the table."],
		["a link to itself", "loop.csv", "source/unreadable", "path", "loop.csv is a link that leads back to itself. Point it to the file."],
	];
	for (const [name, path, code, key, message] of paths) {
		it(name, () => checkRefused({ path }, path === null ? null : folder.file(path), code, key, message));
	}

	const systemErrors: readonly (readonly [string, string, string])[] = [
		["ENOENT", "source/missing-file", "There is no file t.csv."],
		["EISDIR", "source/not-a-file", "t.csv is a folder. Name the file in it that holds the table."],
		["EACCES", "source/unreadable", "t.csv may not be read by this user. Ask for the right to read it, or read a copy."],
		["EPERM", "source/unreadable", "t.csv may not be read by this user. Ask for the right to read it, or read a copy."],
		["EBUSY", "source/unreadable", "t.csv is locked by another program. Close it there, then try again."],
		["EMFILE", "source/unreadable", "t.csv cannot be opened because too many files are open. Try again."],
		["EIO", "source/unreadable", "t.csv cannot be read (EIO)."],
	];
	for (const [systemCode, code, message] of systemErrors) {
		it(`the system says ${systemCode}`, () => {
			const failure = toSourceError(Object.assign(new Error("refused"), { code: systemCode }), "t.csv");
			assert.deepEqual([failure.code, failure.key, failure.message], [code, "path", message]);
		});
	}

	const changes: readonly (readonly [string, (path: string) => void])[] = [
		["shrinks", (path) => truncateSync(path, 150_000)],
		["is emptied", (path) => truncateSync(path, 0)],
		["is written again", (path) => writeFileSync(path, `a,b\n${"3,4\n".repeat(100_000)}more\n`)],
	];
	for (const [name, change] of changes) {
		it(`a file that ${name} while it is read`, async () => {
			const path = folder.write("live.csv", `a,b\n${"1,2\n".repeat(100_000)}`);
			const table = await csvConnector.open(makeSource({ path: "live.csv" }), path, new AbortController().signal);
			try {
				change(path);
				const message = "live.csv was changed by another program while it was being read. Try again.";
				await assert.rejects(drain(table.batches), new SourceError("source/unreadable", "path", message));
			} finally {
				await table.close();
			}
		});
	}

	it("stops at once when it is cancelled", async () => {
		const path = folder.write("long.csv", `a,b\n${"1,2\n".repeat(500_000)}`);
		const controller = new AbortController();
		const table = await csvConnector.open(makeSource({ path: "long.csv" }), path, controller.signal);
		let batches = 0;
		const reading = (async () => {
			for await (const _ of table.batches) {
				batches++;
				controller.abort(new Error("enough"));
			}
		})();
		await assert.rejects(reading, new Error("enough"));
		await table.close();
		assert.equal(batches, 1);
	});

	it("does not open anything when it is cancelled before", async () => {
		const signal = AbortSignal.abort(new Error("enough"));
		await assert.rejects(csvConnector.open(makeSource({ path: "devices.csv" }), folder.file("devices.csv"), signal), new Error("enough"));
	});
});

async function drain(batches: AsyncIterable<unknown>): Promise<void> {
	for await (const _ of batches);
}
