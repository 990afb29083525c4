import assert from "node:assert/strict";
import type { DataSource } from "../../../core/config/model.ts";
import { createFolder, type Folder, makeSource, readTable } from "./source-fixture.ts";

type Dialect = Partial<Pick<DataSource, "delimiter" | "encoding" | "header">>;

const BOM = "\ufeff";
const utf16le = (text: string) => Buffer.from(text, "utf16le");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("csv: what is read", function () {
	// Some files are of several megabytes.
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	async function checkRead(
		content: string | Uint8Array,
		dialect: Dialect,
		columns: readonly string[],
		rows: readonly (readonly unknown[])[],
	) {
		const path = folder.write("table.csv", content);
		assert.deepEqual(await readTable(makeSource({ path: "table.csv", ...dialect }), path), { columns, rows });
	}

	const AB = ["a", "b"];
	// A number before the cells is the row as a spreadsheet shows it; one behind them counts non-empty cells beyond the last column.
	const cases: readonly (readonly [string, string | Uint8Array, Dialect, readonly string[], readonly (readonly unknown[])[]])[] = [
		["one row", "a,b\n1,2\n", {}, AB, [[2, ["1", "2"]]]],
		["no line end at the end", "a,b\n1,2", {}, AB, [[2, ["1", "2"]]]],
		[
			"CRLF",
			"a,b\r\n1,2\r\n3,4\r\n",
			{},
			AB,
			[
				[2, ["1", "2"]],
				[3, ["3", "4"]],
			],
		],
		[
			"CR alone",
			"a,b\r1,2\r3,4\r",
			{},
			AB,
			[
				[2, ["1", "2"]],
				[3, ["3", "4"]],
			],
		],
		[
			"mixed line ends",
			"a,b\r\n1,2\n3,4\r5,6",
			{},
			AB,
			[
				[2, ["1", "2"]],
				[3, ["3", "4"]],
				[4, ["5", "6"]],
			],
		],
		["header only", "a,b\n", {}, AB, []],
		["header only, no line end", "a,b", {}, AB, []],
		["semicolon", "a;b\n1,5;2\n", { delimiter: ";" }, AB, [[2, ["1,5", "2"]]]],
		["tab", "a\tb\n1\t2\n", { delimiter: "\t" }, AB, [[2, ["1", "2"]]]],
		["tab as YAML without quotes has it", "a\tb\n1\t2\n", { delimiter: "\\t" }, AB, [[2, ["1", "2"]]]],
		["pipe", "a|b\n1|2\n", { delimiter: "|" }, AB, [[2, ["1", "2"]]]],
		["space", "a b\n1 2\n", { delimiter: " " }, AB, [[2, ["1", "2"]]]],
		["a delimiter of two bytes", 'a¦b\n"1¦x"¦2\n', { delimiter: "¦" }, AB, [[2, ["1¦x", "2"]]]],
		["delimiter of two bytes beside its first byte", "a¦b\n1¥¦¤2\n", { delimiter: "¦" }, AB, [[2, ["1¥", "¤2"]]]],
		["quoted delimiter", 'a,b\n"1,5",2\n', {}, AB, [[2, ["1,5", "2"]]]],
		[
			"quoted line breaks",
			'a,b\n"1\n2\r\n3\r4",5\n6,7\n',
			{},
			AB,
			[
				[2, ["1\n2\r\n3\r4", "5"]],
				[3, ["6", "7"]],
			],
		],
		["doubled quotes", 'a,b\n"say ""hi""",""""\n', {}, AB, [[2, ['say "hi"', '"']]]],
		["quoted empty cells", 'a,b\n"",""\n', {}, AB, [[2, ["", ""]]]],
		["quote inside a plain cell is text", 'a,b\nMonitor 24" Tool,2"\n', {}, AB, [[2, ['Monitor 24" Tool', '2"']]]],
		["space before a quote makes it text", 'a,b\n "1",2\n', {}, AB, [[2, [' "1"', "2"]]]],
		[
			"trailing delimiters in the rows",
			"a,b\n1,2,\n3,4,,\n",
			{},
			AB,
			[
				[2, ["1", "2"]],
				[3, ["3", "4"]],
			],
		],
		["trailing delimiter in the header", "a,b,\n1,2,\n", {}, ["a", "b", "Column 3"], [[2, ["1", "2", ""]]]],
		["short row", "a,b,c\n1\n", {}, ["a", "b", "c"], [[2, ["1", null, null]]]],
		["surplus cells", "a,b\n1,2,3, ,4\n", {}, AB, [[2, ["1", "2"], 2]]],
		[
			"empty lines keep their number",
			"a,b\n\n1,2\n\r\n\n3,4\n\n",
			{},
			AB,
			[
				[3, ["1", "2"]],
				[6, ["3", "4"]],
			],
		],
		["empty lines before the header", "\n \na,b\n1,2\n", {}, AB, [[4, ["1", "2"]]]],
		["white space on a line of its own", "a,b\n   \n1,2\n", {}, AB, [[3, ["1", "2"]]]],
		["a row of delimiters only is a row", "a,b\n,\n", {}, AB, [[2, ["", ""]]]],
		["blank header names", "a,, \n1,2,3\n", {}, ["a", "Column 2", "Column 3"], [[2, ["1", "2", "3"]]]],
		["header names are trimmed, cells are not", " a , b\n 1 , 2\n", {}, AB, [[2, [" 1 ", " 2"]]]],
		["Excel's line about the delimiter", "sep=,\na,b\n1,2\n", {}, AB, [[3, ["1", "2"]]]],
		["Excel's line about another delimiter", "sep=;\r\na;b\r\n1;2\r\n", { delimiter: ";" }, AB, [[3, ["1", "2"]]]],
		["quoted header", '"a","b"\n1,2\n', {}, AB, [[2, ["1", "2"]]]],
		["duplicate header names", "a,a\n1,2\n", {}, ["a", "a"], [[2, ["1", "2"]]]],
		[
			"no header",
			"1,2\n3,4\n",
			{ header: false },
			["Column 1", "Column 2"],
			[
				[1, ["1", "2"]],
				[2, ["3", "4"]],
			],
		],
		[
			"no header, longer second row",
			"1\n2,3\n",
			{ header: false },
			["Column 1"],
			[
				[1, ["1"]],
				[2, ["2"], 1],
			],
		],
		["utf-8", "a,b\nWörk,日本\n", {}, AB, [[2, ["Wörk", "日本"]]]],
		["utf-8 with a mark", `${BOM}a,b\n1,2\n`, {}, AB, [[2, ["1", "2"]]]],
		["a quoted header behind a mark", `${BOM}"a","b"\n1,2\n`, {}, AB, [[2, ["1", "2"]]]],
		["utf-8 with a mark, another encoding set", `${BOM}a,b\nö,2\n`, { encoding: "windows-1252" }, AB, [[2, ["ö", "2"]]]],
		["utf-16le with a mark", utf16le(`${BOM}a,b\r\nö,日\r\n`), {}, AB, [[2, ["ö", "日"]]]],
		["utf-16be with a mark", utf16be(`${BOM}a\tb\r\nö\t日\r\n`), { delimiter: "\t" }, AB, [[2, ["ö", "日"]]]],
		["utf-16le by name", utf16le("a,b\nö,2\n"), { encoding: "utf-16le" }, AB, [[2, ["ö", "2"]]]],
		["utf-16be by name", utf16be("a,b\nö,2\n"), { encoding: "UTF-16BE" }, AB, [[2, ["ö", "2"]]]],
		["windows-1252", latin1("a,b\nM\xfcller,\x80 \x92\n"), { encoding: "windows-1252" }, AB, [[2, ["Müller", "€ ’"]]]],
		["iso-8859-1", latin1("a,b\nM\xfcller,2\n"), { encoding: "iso-8859-1" }, AB, [[2, ["Müller", "2"]]]],
		["iso-8859-2", latin1("a,b\n\xb3\xf3d\xbc,2\n"), { encoding: "ISO-8859-2" }, AB, [[2, ["łódź", "2"]]]],
		["shift_jis", Buffer.from("612c620a93fa967b2c320a", "hex"), { encoding: "shift_jis" }, AB, [[2, ["日本", "2"]]]],
	];
	for (const [name, content, dialect, columns, rows] of cases) {
		it(name, () => checkRead(content, dialect, columns, rows));
	}

	it("keeps characters, line ends and quotes that lie on the border of two chunks", async () => {
		const header = "a,b\n";
		// Chunks are 128 KiB; every shift puts another byte of the row on the border.
		for (let shift = 0; shift < 24; shift++) {
			const long = "x".repeat(128 * 1024 - header.length - shift);
			await checkRead(`${header}${long},"é""日\r\n"\r\n1,2\r\n`, {}, AB, [
				[2, [long, 'é"日\r\n']],
				[3, ["1", "2"]],
			]);
		}
	});

	it("reads a record of exactly 1 MiB", async () => {
		const cell = "x".repeat(1024 * 1024 - 2);
		await checkRead(`a,b\n${cell},1\n`, {}, AB, [[2, [cell, "1"]]]);
	});

	it("reads millions of cells without holding the file", async () => {
		const row = `${"x".repeat(90)},1\n`;
		const path = folder.write("big.csv", `a,b\n${row.repeat(100_000)}`);
		const result = await readTable(makeSource({ path: "big.csv" }), path);
		assert.ok("rows" in result);
		assert.equal(result.rows.length, 100_000);
		assert.equal(result.rows.at(-1)?.[0], 100_001);
	});
});
