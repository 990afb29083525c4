import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import exceljs from "exceljs";
import { describe, it } from "mocha";
import type { DataSource } from "../../../core/config/model.ts";
import { type WorkbookParts, writeWorkbook } from "./excel-fixture.ts";
import { createFolder, type Folder, makeSource, readTable } from "./source-fixture.ts";

const HEADER =
	'<row r="1"><c r="A1" t="inlineStr"><is><t>device</t></is></c><c r="B1" t="inlineStr"><is><t>product</t></is></c><c r="C1" t="inlineStr"><is><t>lastUsageDate</t></is></c></row>';
const COLUMNS = ["device", "product", "lastUsageDate"];

/** A row of cells, given as their attributes and content. */
function row(number: number, ...cells: readonly string[]): string {
	return `<row r="${number}">${cells.join("")}</row>`;
}

describe("excel", function () {
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	async function read(parts: WorkbookParts, values: Partial<DataSource> = {}) {
		return readTable(makeSource({ type: "excel", path: "t.xlsx", ...values }), folder.write("t.xlsx", writeWorkbook(parts)));
	}

	const day = (text: string) => new Date(`${text}Z`);
	const cells: readonly (readonly [what: string, cell: string, expected: unknown, values?: Partial<DataSource>])[] = [
		["a shared text", '<c r="C2" t="s"><v>1</v></c>', "ünï & <x>"],
		["a shared text in several fonts, without its pronunciation", '<c r="C2" t="s"><v>2</v></c>', "one two"],
		["a character that XML cannot hold", '<c r="C2" t="s"><v>3</v></c>', "a\rb"],
		["an inline text", '<c r="C2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>', "a b"],
		["text in a CDATA section", '<c r="C2" t="str"><v><![CDATA[a<b]]></v></c>', "a<b"],
		["a text of white space", '<c r="C2" t="inlineStr"><is><t>  </t></is></c>', null],
		["a formula's text", '<c r="C2" t="str"><f>A1&amp;"x"</f><v>device&#120;</v></c>', "devicex"],
		["a formula's number", '<c r="C2"><f>1+1</f><v>2</v></c>', 2],
		["a formula that was never worked out", '<c r="C2"><f>TODAY()</f></c>', "a formula without a result"],
		["a number", '<c r="C2"><v>16777219</v></c>', 16777219],
		["a number with an exponent", '<c r="C2"><v>1.5E-3</v></c>', 0.0015],
		["true", '<c r="C2" t="b"><v>1</v></c>', "TRUE"],
		["false", '<c r="C2" t="b"><v>0</v></c>', "FALSE"],
		["an error, in a column of dates", '<c r="C2" t="e"><v>#N/A</v></c>', "#N/A"],
		["a date", '<c r="C2" s="1"><v>46330</v></c>', day("2026-11-04T00:00:00")],
		["a date with a time", '<c r="C2" s="1"><v>46330.875</v></c>', day("2026-11-04T21:00:00")],
		["a time just before midnight", '<c r="C2" s="1"><v>46330.9999999999</v></c>', day("2026-11-04T23:59:59.999")],
		["a date in a format of the file's own", '<c r="C2" s="2"><v>46330</v></c>', day("2026-11-04T00:00:00")],
		["Excel's first day", '<c r="C2" s="1"><v>1</v></c>', day("1900-01-01T00:00:00")],
		["Excel's day that never was", '<c r="C2" s="1"><v>60</v></c>', 60],
		["the day after it", '<c r="C2" s="1"><v>61</v></c>', day("1900-03-01T00:00:00")],
		["a number before Excel's time", '<c r="C2" s="1"><v>-1</v></c>', -1],
		["a day after year 9999", '<c r="C2" s="1"><v>2958466</v></c>', 2958466],
		["a time of the day, which is no date", '<c r="C2" s="3"><v>0.5</v></c>', 0.5],
		["a number with a colour", '<c r="C2" s="4"><v>46330</v></c>', 46330],
		["an ISO date", '<c r="C2" t="d"><v>2026-11-04T21:00:00</v></c>', day("2026-11-04T21:00:00")],
		["an ISO date with an offset", '<c r="C2" t="d"><v>2026-11-04T21:00:00-05:00</v></c>', "2026-11-04T21:00:00-05:00"],
		["a date on the source's clock", '<c r="C2" s="1"><v>46204</v></c>', day("2026-06-30T23:00:00"), { timeZone: "Europe/London" }],
		[
			"a date that the clock skips the midnight of",
			'<c r="C2" s="1"><v>43408</v></c>',
			day("2018-11-04T03:00:00"),
			{ timeZone: "America/Sao_Paulo" },
		],
		["a day that a place went without", '<c r="C2" s="1"><v>40907</v></c>', "2011-12-30", { timeZone: "Pacific/Apia" }],
		["a number for which no style is", '<c r="C2" s="99"><v>1</v></c>', 1],
	];
	for (const [what, cell, expected, values] of cells) {
		it(`reads ${what}`, async () => {
			const strings = [
				"PC1",
				"ünï & <x>",
				'<r><rPr><b/></rPr><t>one </t></r><r><t>two</t></r><rPh sb="0" eb="1"><t>wan</t></rPh>',
				"a_x000D_b",
			];
			const formats = [14, '[$-409]d"th" mmm\\-yyyy;@', "h:mm", '[Red]0.00"days"'];
			const sheet = HEADER + row(2, '<c r="A2" t="s"><v>0</v></c>', cell);
			const expectedRow = [2, ["PC1", null, expected]];
			assert.deepEqual(await read({ sheets: { S: sheet }, strings, formats }, values), { columns: COLUMNS, rows: [expectedRow] });
		});
	}

	it("counts days from 1904 where the workbook does", async () => {
		const sheet = HEADER + row(2, '<c r="A2"><v>1</v></c>', '<c r="C2" s="1"><v>44868.5</v></c>') + row(3, '<c r="C3" s="1"><v>0</v></c>');
		assert.deepEqual(await read({ sheets: { S: sheet }, formats: [14], date1904: true }), {
			columns: COLUMNS,
			rows: [
				[2, [1, null, day("2026-11-04T12:00:00")]],
				[3, [null, null, day("1904-01-01T00:00:00")]],
			],
		});
	});

	it("gives a date in a column of names as its text, and an error as no value", async () => {
		const sheet =
			HEADER +
			row(2, '<c r="A2" s="1"><v>46330</v></c>', '<c r="B2" t="e"><v>#REF!</v></c>') +
			row(3, '<c r="A3" s="1"><v>46330.5</v></c>');
		const result = await read({ sheets: { S: sheet }, formats: [14] }, { timeZone: "Asia/Tokyo" });
		assert.deepEqual(result, {
			columns: COLUMNS,
			rows: [
				[2, ["2026-11-04", null, null]],
				[3, ["2026-11-04T12:00:00", null, null]],
			],
		});
	});

	it("passes over empty rows but counts them, and finds the header below some", async () => {
		const late = HEADER.replace('r="1"', 'r="3"').replaceAll(/([ABC])1/g, "$13");
		const sheet = `<row r="1"/>${row(2, '<c r="A2" s="1"/>')}${late}${row(4)}${row(6, '<c r="A6"><v>7</v></c>')}${row(9, '<c r="B9" t="str"><v> </v></c>')}`;
		assert.deepEqual(await read({ sheets: { S: sheet } }), { columns: COLUMNS, rows: [[6, [7, null, null]]] });
	});

	it("counts rows and cells that do not say where they are", async () => {
		const sheet =
			'<row><c t="str"><v>device</v></c><c t="str"><v>product</v></c></row><row/><row><c><v>1</v></c><c r="D3"><v>4</v></c></row>';
		assert.deepEqual(await read({ sheets: { S: sheet } }), { columns: ["device", "product"], rows: [[3, [1, null], 1]] });
	});

	it("names columns without a name, and reads elements with a prefix and single quotes", async () => {
		const sheet =
			"<x:row r='1'><x:c r='A1' t='str'><x:v> a </x:v></x:c><x:c r='C1'><x:v>2026</x:v></x:c></x:row><x:row r='2'><x:c r='B2'><x:v>1</x:v></x:c></x:row>";
		assert.deepEqual(await read({ sheets: { S: sheet }, prefix: "x" }), {
			columns: ["a", "Column 2", "2026"],
			rows: [[2, [null, 1, null]]],
		});
	});

	const sheetNames: readonly (readonly [string, WorkbookParts["sheets"], string | null, string])[] = [
		["the first visible sheet", { "Hidden!": row(1, cellOf("h")), Shown: row(1, cellOf("s")) }, null, "s"],
		["a hidden sheet that is named", { "Hidden!": row(1, cellOf("h")), Shown: row(1, cellOf("s")) }, "Hidden", "h"],
		["the first of hidden sheets", { "A!": row(1, cellOf("a")), "B!": row(1, cellOf("b")) }, null, "a"],
		["a sheet in another case", { A: row(1, cellOf("a")), "Discovered apps": row(1, cellOf("d")) }, "discovered APPS", "d"],
	];
	for (const [what, sheets, sheet, column] of sheetNames) {
		it(`reads ${what}`, async () => assert.deepEqual(await read({ sheets }, { sheet }), { columns: [column], rows: [] }));
	}

	function cellOf(text: string): string {
		return `<c t="inlineStr"><is><t>${text}</t></is></c>`;
	}

	const failures: readonly (readonly [string, WorkbookParts, Partial<DataSource>, string, string, string])[] = [
		[
			"a sheet that is not there",
			{ sheets: { Devices: "", "Discovered apps": "" } },
			{ sheet: "Discoverd apps" },
			"source/missing-sheet",
			"sheet",
			't.xlsx has no sheet "Discoverd apps". Did you mean "Discovered apps"? It has: "Devices", "Discovered apps".',
		],
		[
			"an empty sheet beside others",
			{ sheets: { Cover: "", Data: "" } },
			{},
			"source/empty-file",
			"sheet",
			'The sheet "Cover" of t.xlsx is empty. Name the one with the table by "sheet"; there are also: "Data".',
		],
		[
			"an empty sheet",
			{ sheets: { Cover: row(1) } },
			{},
			"source/empty-file",
			"sheet",
			'The sheet "Cover" of t.xlsx is empty. Export the table again.',
		],
		[
			"a sheet that is cut off",
			{ sheets: { S: "" }, parts: { "xl/worksheets/sheet0.xml": "<worksheet><sheetData>" } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (xl/worksheets/sheet0.xml: it is cut off). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a text that is not there",
			{ sheets: { S: row(1, '<c t="s"><v>5</v></c>') } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (it has no text 5). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a row that no sheet has",
			{ sheets: { S: '<row r="1048577"/>' } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (it has a row 1048577). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a column that no sheet has",
			{ sheets: { S: row(1, '<c r="XFE1"/>') } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (it has a cell in column 16385). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a document type",
			{ sheets: { S: "" }, parts: { "xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "aaa">]><sst/>' } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (xl/sharedStrings.xml: it has a document type). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a sheet that unpacks to far too much",
			{ sheets: { S: "" }, claim: { "xl/worksheets/sheet0.xml": 3_000_000_000 } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (xl/worksheets/sheet0.xml would unpack to 2,861 MiB, far more than a table of its size holds). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a text without an end",
			{ sheets: { S: "" }, parts: { "xl/worksheets/sheet0.xml": `<worksheet>${"x".repeat(5_000_000)}` } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (xl/worksheets/sheet0.xml: a text in it is too long). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"bytes that are not UTF-8",
			{ sheets: { S: "" }, parts: { "xl/worksheets/sheet0.xml": Buffer.from("<worksheet>\xff</worksheet>", "latin1") } },
			{},
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (xl/worksheets/sheet0.xml: The encoded data was not valid for encoding utf-8). Copy it again, or open it in Excel and save it anew.",
		],
		[
			"a binary workbook",
			{ sheets: { S: "" }, parts: { "_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></R>' } },
			{},
			"source/damaged-file",
			"path",
			"t.xlsx is not an Excel workbook. This is a binary workbook (.xlsb). Save the table as .xlsx or CSV.",
		],
		[
			"a Word document",
			{
				sheets: { S: "" },
				parts: { "_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="word/document.xml"/></R>', "word/document.xml": "<d/>" },
			},
			{},
			"source/damaged-file",
			"path",
			"t.xlsx is not an Excel workbook. This is a Word document. Save the table as .xlsx or CSV.",
		],
	];
	for (const [what, parts, values, code, key, message] of failures) {
		it(`refuses ${what}`, async () => assert.deepEqual(await read(parts, values), { code, key, message }));
	}

	const oldFile = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(26), Buffer.from([9, 0]), Buffer.alloc(480)]);
	const files: readonly (readonly [string, string | Uint8Array, string, string, string])[] = [
		["a file without content", "", "source/empty-file", "path", "t.xlsx is empty. Save the workbook again."],
		[
			"text",
			"device,product\n1,2\n",
			"source/damaged-file",
			"type",
			"t.xlsx is not an Excel workbook, whatever its name says. This is text: use type: csv.",
		],
		[
			"an old workbook",
			oldFile,
			"source/damaged-file",
			"path",
			"t.xlsx is an Office file of the old kind, such as .xls. Open it in Excel and save it as .xlsx.",
		],
		[
			"a workbook with a password",
			Buffer.concat([oldFile, Buffer.from("EncryptedPackage", "utf16le")]),
			"source/encrypted-file",
			"path",
			"The workbook t.xlsx is protected by a password. Save it without one: File, Info, Protect Workbook, Encrypt with Password.",
		],
		[
			"a database",
			"SQLite format 3\0",
			"source/damaged-file",
			"type",
			"t.xlsx is not an Excel workbook. This is a SQLite database; use type: sqlite with a table.",
		],
		["other bytes", Buffer.from([1, 0, 2]), "source/damaged-file", "path", "t.xlsx is not an Excel workbook. Check the path."],
		[
			"the beginning of an archive",
			writeWorkbook({ sheets: { S: HEADER } }).subarray(0, 900),
			"source/damaged-file",
			"path",
			"The workbook t.xlsx is damaged (it is cut off, or no archive). Copy it again, or open it in Excel and save it anew.",
		],
	];
	for (const [what, bytes, code, key, message] of files) {
		it(`refuses ${what}`, async () => {
			const result = await readTable(makeSource({ type: "excel", path: "t.xlsx" }), folder.write("t.xlsx", bytes));
			assert.deepEqual(result, { code, key, message });
		});
	}

	it("reads what exceljs writes: merged cells, formulas, fonts, more rows than a piece", async () => {
		const workbook = new exceljs.Workbook();
		const sheet = workbook.addWorksheet("Apps");
		sheet.addRow(["Device", "Product", "Last usage date"]);
		sheet.addRow(["PC1", { richText: [{ text: "Vi", font: { bold: true } }, { text: "sio" }] }, new Date(Date.UTC(2026, 10, 4))]);
		sheet.addRow([{ formula: '"PC"&2', result: "PC2" }, { text: "Word", hyperlink: "https://example.invalid" }, { error: "#N/A" }]);
		for (let index = 4; index < 4000; index++) sheet.addRow([`PC${index}`, "Tool", null]);
		sheet.getCell("C2").numFmt = "dd/mm/yyyy";
		sheet.mergeCells("A4:A6");
		await workbook.xlsx.writeFile(folder.file("e.xlsx"));
		const result = await readTable(makeSource({ type: "excel", path: "e.xlsx" }), folder.file("e.xlsx"));
		assert.ok("rows" in result);
		assert.deepEqual(result.rows.slice(0, 4), [
			[2, ["PC1", "Visio", day("2026-11-04T00:00:00")]],
			[3, ["PC2", "Word", "#N/A"]],
			[4, ["PC4", "Tool", null]],
			[5, [null, "Tool", null]],
		]);
		assert.deepEqual(result.rows.at(-1), [3999, ["PC3999", "Tool", null]]);
		truncateSync(folder.file("e.xlsx"), 20_000);
		const cut = await readTable(makeSource({ type: "excel", path: "e.xlsx" }), folder.file("e.xlsx"));
		assert.ok("code" in cut && cut.code === "source/damaged-file");
	});

	it("stops when it is told to", async () => {
		const controller = new AbortController();
		controller.abort(new Error("enough"));
		const path = folder.write("t.xlsx", writeWorkbook({ sheets: { S: HEADER } }));
		await assert.rejects(readTable(makeSource({ type: "excel", path: "t.xlsx" }), path, controller.signal), /enough/);
	});
});
