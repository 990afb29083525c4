import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import Database from "better-sqlite3";
import { parquetWriteBuffer } from "hyparquet-writer";
import { writeWorkbook } from "./excel-fixture.ts";
import { createFolder, type Folder, makeSource } from "./source-fixture.ts";

/** Which of the heavy packages, and whether SQLite's native code, a fresh process has loaded after reading a source. */
const SCRIPT = `
	import { createRequire } from "node:module";
	import { connectorOf } from ${JSON.stringify(new URL("../../../core/connectors/connectors.ts", import.meta.url).href)};
	const { source, path } = JSON.parse(process.argv[1]);
	const table = await connectorOf(source.type).open(source, path, new AbortController().signal);
	let rows = 0;
	for await (const batch of table.batches) rows += batch.length;
	await table.close();
	const packages = Object.keys(createRequire(import.meta.url).cache).join("\\n");
	process.report.excludeNetwork = true;
	const libraries = process.report.getReport().sharedObjects.join("\\n");
	console.log(JSON.stringify({ rows, sqlite: /better-sqlite3/.test(packages), exceljs: /exceljs/.test(packages), zip: /yauzl/.test(packages), native: /better-sqlite3.*\\.node/.test(libraries) }));
`;

describe("connectors load a library when it is used, and not before", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
		folder.write("a.csv", "a,b\n1,2\n");
		const database = new Database(folder.file("a.db"));
		database.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
		database.close();
		folder.write("a.xlsx", writeWorkbook({ sheets: { S: "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>" } }));
		folder.write("a.parquet", Buffer.from(parquetWriteBuffer({ columnData: [{ name: "a", data: ["1"] }] })));
	});
	after(() => folder.remove());

	const cases = [
		["a.csv", makeSource({ path: "a.csv" }), { rows: 1, sqlite: false, exceljs: false, zip: false, native: false }],
		["a.xlsx", makeSource({ type: "excel", path: "a.xlsx" }), { rows: 1, sqlite: false, exceljs: false, zip: true, native: false }],
		[
			"a.parquet",
			makeSource({ type: "parquet", path: "a.parquet" }),
			{ rows: 1, sqlite: false, exceljs: false, zip: false, native: false },
		],
		["a.db", makeSource({ type: "sqlite", path: "a.db", table: "t" }), { rows: 1, sqlite: true, exceljs: false, zip: false, native: true }],
	] as const;
	for (const [file, source, loaded] of cases) {
		it(file, () => {
			const input = JSON.stringify({ source, path: folder.file(file) });
			const output = execFileSync(process.execPath, ["--input-type=module", "--eval", SCRIPT, input], { encoding: "utf8" });
			assert.deepEqual(JSON.parse(output), loaded);
		}).timeout(120_000);
	}
});
