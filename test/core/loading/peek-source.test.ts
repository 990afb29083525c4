import assert from "node:assert/strict";
import Database from "better-sqlite3";
import { parquetWriteBuffer } from "hyparquet-writer";
import { after, before, describe, it } from "mocha";
import type { DataSource } from "../../../core/config/model.ts";
import { peekSource } from "../../../core/loading/peek-source.ts";
import { writeWorkbook } from "../connectors/excel-fixture.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";

describe("the beginning of a source", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
		folder.write("plain.csv", "device,installed,note\nd1,,\nd2,31/10/2026,x\n");
		folder.write("semicolons.csv", "device;product\nd1;Word, Excel\n");
		folder.write("tabs.txt", Buffer.from("\ufeffMachine\tScanned\r\nGRM\t10/31/2026\r\n", "utf16le"));
		folder.write("western.csv", Buffer.from("Poste;\u00c9diteur\nA;B\n", "latin1"));
		folder.write("bare.csv", "d1,2026-11-04\n");
		folder.write("long.csv", `device,product\n${"d1,Visio\n".repeat(500_000)}"never closed`);
		folder.write("accesses.csv", "server,Login,When\nlive,Ann,31/10/2026\n");
		folder.write("no-header.csv", "live,Ann,31/10/2026\nlive,Bob,30/10/2026\n");
		folder.write("packed.csv", Buffer.from([0x1f, 0x8b, 8, 0]));
		folder.write("empty.csv", "");
		folder.write(
			"book.xlsx",
			writeWorkbook({
				sheets: {
					Notes: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
					"Discovered apps":
						'<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c></row><row r="4"><c r="A4"><v>7</v></c><c r="B4" s="1"><v>46330</v></c></row>',
					"Old!": "",
				},
				strings: ["Notes", "Device", "Seen"],
				formats: [14],
			}),
		);
		const database = new Database(folder.file("inventory.db"));
		database.exec(`
			CREATE TABLE device (id TEXT, seen INTEGER);
			INSERT INTO device VALUES ('A', 1793707200), ('B', NULL);
			CREATE VIEW recent AS SELECT id FROM device;
			CREATE TABLE endless (n INTEGER);
		`);
		database.close();
		folder.write(
			"apps.parquet",
			Buffer.from(
				parquetWriteBuffer({
					columnData: [
						{ name: "Device", data: ["A", "B"] },
						{ name: "Seen", data: [new Date("2026-11-04T00:00:00Z"), null], type: "TIMESTAMP" },
					],
				}),
			),
		);
	});
	after(() => folder.remove());

	/** Columns as `name: sample, formats`, then whatever else is known. */
	async function peek(values: Partial<DataSource>): Promise<readonly string[] | null> {
		const found = await peekSource(makeSource(values), folder.file(values.path!), new AbortController().signal);
		if (found === null) return null;
		const { tables, sheets, columns, delimiter, encoding } = found;
		return [
			...columns.map(({ name, sample, dateFormats, holdsDates }) =>
				[`${name}: ${sample}`, ...dateFormats, ...(holdsDates ? ["dates"] : [])].join(", "),
			),
			...(tables.length > 0 ? [`tables ${tables.join()}`] : []),
			...(sheets.length > 0 ? [`sheets ${sheets.join()}`] : []),
			...(delimiter === null ? [] : [`delimiter ${JSON.stringify(delimiter)}`]),
			...(encoding === null ? [] : [`encoding ${encoding}`]),
		];
	}

	const seen: readonly (readonly [name: string, source: Partial<DataSource>, found: readonly string[] | null])[] = [
		[
			"the first value that there is, and how its dates are written",
			{ path: "plain.csv" },
			["device: d1", "installed: 31/10/2026, dd/MM/yyyy", "note: x", 'delimiter ","'],
		],
		[
			"no value of accesses, which name users",
			{ path: "accesses.csv", provides: "userActivity" },
			["server: null", "Login: null", "When: null, dd/MM/yyyy", 'delimiter ","'],
		],
		["no row of accesses in place of a header", { path: "no-header.csv", provides: "userActivity" }, ['delimiter ","']],
		[
			"the columns of accesses without a header",
			{ path: "no-header.csv", provides: "userActivity", header: false },
			["Column 1: null", "Column 2: null", "Column 3: null, dd/MM/yyyy", 'delimiter ","'],
		],
		["another delimiter", { path: "semicolons.csv" }, ["device: d1", "product: Word, Excel", 'delimiter ";"']],
		["a delimiter that is too long", { path: "semicolons.csv", delimiter: ";;" }, ["device: d1", "product: Word, Excel", 'delimiter ";"']],
		["tabs and UTF-16", { path: "tabs.txt" }, ["Machine: GRM", "Scanned: 10/31/2026, MM/dd/yyyy", 'delimiter "\\t"']],
		["another encoding", { path: "western.csv" }, ["Poste: A", "Éditeur: B", 'delimiter ";"', "encoding windows-1252"]],
		["no header", { path: "bare.csv", header: false }, ["Column 1: d1", "Column 2: 2026-11-04, iso", 'delimiter ","']],
		["no more than the beginning", { path: "long.csv" }, ["device: d1", "product: Visio", 'delimiter ","']],
		["sheets, and the columns of the first", { type: "excel", path: "book.xlsx" }, ["Notes: null", "sheets Notes,Discovered apps"]],
		[
			"the columns of a sheet",
			{ type: "excel", path: "book.xlsx", sheet: "discovered APPS" },
			["Device: 7", "Seen: 2026-11-04, dates", "sheets Notes,Discovered apps"],
		],
		["sheets only, when another is named", { type: "excel", path: "book.xlsx", sheet: "x" }, ["sheets Notes,Discovered apps"]],
		["tables only, when none is named", { type: "sqlite", path: "inventory.db" }, ["tables device,endless,recent"]],
		[
			"the columns of a table",
			{ type: "sqlite", path: "inventory.db", table: "device" },
			["id: A", "seen: 1793707200, epochSeconds", "tables device,endless,recent"],
		],
		["the columns of a view", { type: "sqlite", path: "inventory.db", table: "recent" }, ["id: A", "tables device,endless,recent"]],
		["a table that is not there", { type: "sqlite", path: "inventory.db", table: "x" }, ["tables device,endless,recent"]],
		[
			"the columns of a query",
			{ type: "sqlite", path: "inventory.db", query: "SELECT id AS name, 1 FROM device" },
			["name: A", "1: 1", "tables device,endless,recent"],
		],
		["no query that writes", { type: "sqlite", path: "inventory.db", query: "DELETE FROM device" }, ["tables device,endless,recent"]],
		["no query that is none", { type: "sqlite", path: "inventory.db", query: "SELEC" }, ["tables device,endless,recent"]],
		[
			"no more than the beginning of an endless query",
			{ type: "sqlite", path: "inventory.db", query: "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c" },
			["n: 1", "tables device,endless,recent"],
		],
		["the columns of a Parquet file", { type: "parquet", path: "apps.parquet" }, ["Device: A", "Seen: 2026-11-04, dates"]],
		["nothing of a packed file", { path: "packed.csv" }, null],
		["nothing of an empty file", { path: "empty.csv" }, null],
		["nothing of a missing file", { path: "missing.csv" }, null],
		["nothing of a missing database", { type: "sqlite", path: "missing.db" }, null],
		["nothing of text that is called a workbook", { type: "excel", path: "plain.csv" }, null],
		["nothing of text that is called a database", { type: "sqlite", path: "plain.csv" }, []],
		["nothing of text that is called a Parquet file", { type: "parquet", path: "plain.csv" }, null],
		["nothing of a database server", { type: "postgres", path: "plain.csv" }, null],
	];
	for (const [name, source, found] of seen) it(`shows ${name}`, async () => assert.deepEqual(await peek(source), found));

	it("reads the other texts of a workbook where the first are not enough", async () => {
		const strings = [...Array.from({ length: 8000 }, (_, index) => `text ${index}`), "Device", "PC1"];
		const rows = '<row r="1"><c r="A1" t="s"><v>8000</v></c></row><row r="2"><c r="A2" t="s"><v>8001</v></c></row>';
		folder.write("many.xlsx", writeWorkbook({ sheets: { S: rows }, strings }));
		assert.deepEqual(await peek({ type: "excel", path: "many.xlsx" }), ["Device: PC1", "sheets S"]);
	});

	it("stops when nobody waits any more", async () => {
		const reason = new Error("stop");
		await assert.rejects(peekSource(makeSource({}), folder.file("plain.csv"), AbortSignal.abort(reason)), reason);
	});
});
