import assert from "node:assert/strict";
import { copyFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import type { DataSource } from "../../../core/config/model.ts";
import type { Cell, CellPage } from "../../../core/connectors/connector.ts";
import { sqliteConnector } from "../../../core/connectors/sqlite.ts";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";
import { planParts, readSourceTable } from "../../../core/loading/read-source-table.ts";
import type { SourceRead } from "../../../core/loading/source-read.ts";
import { createSourceTableBuilder } from "../../../core/loading/source-table-builder.ts";
import { rowsOf } from "../loading/table-rows.ts";
import { createFolder, type Folder, makeSource } from "./source-fixture.ts";

describe("sqlite pages", function () {
	// Some databases have hundreds of thousands of rows.
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	function make(sql: string, name = "a.db"): string {
		rmSync(folder.file(name), { force: true });
		const database = new Database(folder.file(name));
		database.exec(sql);
		database.close();
		return folder.file(name);
	}

	const source = (values: Partial<DataSource>) => makeSource({ type: "sqlite", path: "a.db", name: "s", ...values });
	const read = (of: DataSource, signal = new AbortController().signal, onProgress = () => {}) =>
		readSourceTable({ source: of, path: folder.file(of.path!), part: null }, { signal, onProgress });

	/** The same by the rows that the connector gives one by one. */
	async function readPlainly(of: DataSource): Promise<SourceRead> {
		const table = await sqliteConnector.open(of, folder.file(of.path!), new AbortController().signal);
		const places = Object.fromEntries(table.columns.map((name, index) => [name, { index, name }]));
		const builder = createSourceTableBuilder(of, makeTimeZone("UTC")!, places);
		for await (const batch of table.batches) for (const { number, cells } of batch) builder.add(number, cells, 0);
		await table.close();
		return builder.finish();
	}

	const describeRead = ({ table, problems, counts, failures }: SourceRead) => ({
		rows: table === null ? null : rowsOf(table),
		records: table?.records,
		problems,
		counts,
		failures,
	});

	const ROWS = "('PC1', 'Visio', '2026-01-02', NULL), (' PC1 ', 'Wörd', 'x', ''), (NULL, 'Visio', 1, 2), ('PC2', NULL, NULL, NULL)";
	const tables: readonly (readonly [string, string, Partial<DataSource>?])[] = [
		["text", `CREATE TABLE t (device TEXT, product TEXT, installDate TEXT, lastUsageDate TEXT); INSERT INTO t VALUES ${ROWS}`],
		["columns without a type", `CREATE TABLE t (device, product, installDate, lastUsageDate); INSERT INTO t VALUES ${ROWS}`],
		[
			"other columns between",
			`CREATE TABLE t (x, product TEXT, y, device TEXT); INSERT INTO t VALUES (1, 'A', 2, 'PC1'), (3, 'B', 4, 'PC2')`,
		],
		["no row", "CREATE TABLE t (device, product)"],
		[
			"large keys",
			"CREATE TABLE t (device, product); INSERT INTO t VALUES (9007199254740993, 1), (9007199254740992, -9223372036854775808), (5, 1)",
		],
		["fractions", "CREATE TABLE t (device, product); INSERT INTO t VALUES (16777219.0, 0.1), (1e300, 1e-7), (1e15, 'x'), (-0.0, 1.5)"],
		[
			"fractions in a column of whole numbers",
			"CREATE TABLE t (device INTEGER, product TEXT); INSERT INTO t VALUES (1, 1.50), (2.5, '1.50'), (3.0, 1e3)",
		],
		[
			"bytes",
			"CREATE TABLE t (device TEXT, product); INSERT INTO t VALUES (X'566973696F', X'00ff'), (X'5043C3BC', X'efbbbf41'), (X'ff', '0xff'), ('NULL', 1), (X'4E554C4C', 1)",
		],
		[
			"text that is no UTF-8",
			"CREATE TABLE t (device TEXT, product TEXT); INSERT INTO t VALUES (CAST(X'41ff' AS TEXT), 'a'), (CAST(X'41fe' AS TEXT), 'a')",
		],
		[
			"control characters",
			"CREATE TABLE t (device TEXT, product TEXT); INSERT INTO t VALUES ('a' || char(31) || 'b', 'c'), ('a', 'b' || char(31)), (char(9) || 'PC', char(0)), (char(127), 'x' || char(133) || 'y')",
		],
		[
			"UTF-16",
			"PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (device TEXT, product TEXT); INSERT INTO t VALUES ('Büro', '日本'), ('PC2', 'x')",
		],
		["a column named rowid", "CREATE TABLE t (rowid TEXT, device, product); INSERT INTO t VALUES ('z', 'PC1', 'A'), ('a', 'PC2', 'B')"],
		[
			"columns that take all names of the row number",
			"CREATE TABLE t (rowid, _rowid_, oid, device, product); INSERT INTO t VALUES (3, 2, 1, 'PC1', 'A'), (1, 2, 3, 'PC2', 'B')",
		],
		[
			"no row numbers",
			"CREATE TABLE t (device, product, x, PRIMARY KEY (product, device)) WITHOUT ROWID; INSERT INTO t VALUES ('PC1', 'B', 1), ('PC2', 'A', 2); CREATE INDEX i ON t (device, x)",
		],
		[
			"an index that covers",
			"CREATE TABLE t (device, product, x); INSERT INTO t VALUES ('PC2', 'B', 1), ('PC1', 'A', 2); CREATE INDEX i ON t (device, product)",
		],
		[
			"row numbers with gaps",
			"CREATE TABLE t (id INTEGER PRIMARY KEY, device, product); INSERT INTO t VALUES (-9000000, 'PC1', 'A'), (0, 'PC2', 'B'), (700, 'PC3', 'C'), (9007199254740000, 'PC4', 'D')",
		],
		[
			"row numbers beyond what a number holds",
			"CREATE TABLE t (id INTEGER PRIMARY KEY, device, product); INSERT INTO t VALUES (9223372036854775807, 'PC1', 'A'), (9007199254740993, 'PC2', 'B'), (-9223372036854775808, 'PC3', 'C')",
		],
		["a generated column", "CREATE TABLE t (device TEXT, product TEXT AS (device || '!') VIRTUAL); INSERT INTO t VALUES ('PC1'), ('PC2')"],
		[
			"a view",
			"CREATE TABLE x (d, p); INSERT INTO x VALUES ('PC2', 1), ('PC1', 2.5); CREATE VIEW t AS SELECT p AS product, d AS device FROM x ORDER BY d",
		],
		["a virtual table", "CREATE VIRTUAL TABLE t USING fts5(product, device); INSERT INTO t VALUES ('A', 'PC1'), ('B', 'PC2')"],
		[
			"a query",
			"CREATE TABLE x (d, p); INSERT INTO x VALUES ('PC2', 9007199254740993), ('PC1', 2)",
			{ table: null, query: "SELECT p AS product, 1, d AS device FROM x -- all" },
		],
		[
			"many pages, one of them odd",
			`CREATE TABLE t (id INTEGER PRIMARY KEY, device TEXT, product, installDate TEXT);
			WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000)
			INSERT INTO t SELECT n * 3, 'PC' || (n / 7), iif(n = 5000, 0.5, 'P' || (n % 13)), iif(n % 100 = 0, 'never', date('2020-01-01', n || ' days')) FROM c`,
		],
		[
			"many pages of another kind",
			`CREATE TABLE t (device, product);
			WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) INSERT INTO t SELECT 'PC' || char(9) || n, n * 0.5 FROM c`,
		],
	];
	for (const [name, sql, values = {}] of tables) {
		it(`reads the same as row by row: ${name}`, async () => {
			make(sql);
			const own = source({ table: "t", ...values });
			assert.deepEqual(describeRead(await read(own)), describeRead(await readPlainly(own)));
		});
	}

	it("numbers the rows of a table without row numbers by its key, whatever index covers the columns", async () => {
		make(
			`CREATE TABLE t (device TEXT, product TEXT, x, PRIMARY KEY (product, device)) WITHOUT ROWID; CREATE INDEX i ON t (device, product);
			INSERT INTO t VALUES ('PC1', 'B', 1), ('PC2', 'A', 2), ('PC0', 'C', 3)`,
		);
		const { table } = await read(source({ table: "t" }));
		assert.deepEqual(
			rowsOf(table!).map((cells) => cells.slice(0, 3)),
			[
				[1, "PC2", "A"],
				[2, "PC1", "B"],
				[3, "PC0", "C"],
			],
		);
	});

	it("packs pages of text, and no others", async () => {
		const path = make(
			`CREATE TABLE t (device TEXT, product); WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000)
			INSERT INTO t SELECT 'PC' || n, iif(n > 2000, 0.5, n) FROM c`,
		);
		const table = await sqliteConnector.open(source({ table: "t" }), path, new AbortController().signal);
		const pages: CellPage[] = [];
		let cells: readonly (readonly Cell[])[] = [];
		for await (const page of table.select!([1, 0]).pages) {
			if (pages.length === 0 && "packed" in page) cells = [...page.unpack()].flatMap((own) => ("rows" in own ? own.rows : []));
			pages.push(page);
		}
		await table.close();
		const kinds = pages.map((page) =>
			"packed" in page ? `${page.firstRow} packed` : "rows" in page ? `${page.firstRow} rows` : "columns",
		);
		assert.equal(kinds[0], "1 packed");
		assert.match(kinds.at(-1)!, /rows$/);
		const first = pages[0]!;
		assert.ok("packed" in first);
		assert.equal(Buffer.from(first.packed).toString().slice(0, 12), "1\u001fPC1\n2\u001fPC2\n");
		assert.deepEqual(cells[0]?.slice(0, 2), [1, "PC1"] satisfies Cell[]);
		assert.equal(cells.length, first.length);
	});

	const rows = (count: number, fill: number) => `CREATE TABLE t (id INTEGER PRIMARY KEY, device TEXT, product TEXT, x);
		WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${count})
		INSERT INTO t SELECT n, 'PC' || (n / 50), 'Product ' || (n % 50), zeroblob(${fill}) FROM c;
		CREATE VIEW v AS SELECT * FROM t; CREATE TABLE small (device, product);`;
	/** Enough for two threads. */
	const LARGE = 300_000;
	/** Enough to be cancelled or changed within. */
	const COUNT = 50_000;

	it("divides a large table into ranges of row numbers that give all rows", async () => {
		make(rows(LARGE, 100), "large.db");
		const own = source({ path: "large.db", table: "t" });
		const parts = await planParts(own, folder.file("large.db"));
		assert.deepEqual(parts, [
			{ from: 1, to: LARGE / 2 + 1, exact: true },
			{ from: LARGE / 2 + 1, to: null, exact: true },
		]);
		const options = { signal: new AbortController().signal, onProgress: () => {} };
		const reads = await Promise.all(parts.map((part) => readSourceTable({ source: own, path: folder.file("large.db"), part }, options)));
		assert.deepEqual(
			reads.map(({ table }) => [table!.rows, table!.records, table!.rowNumbers.values[0], table!.rowNumbers.starts.length]),
			[
				[LARGE / 2, LARGE / 2, 1, 1],
				[LARGE / 2, LARGE / 2, 1, 1],
			],
		);
		const plans = [
			source({ path: "large.db", table: "v" }),
			source({ path: "large.db", table: "small" }),
			source({ path: "large.db", table: "none" }),
			source({ path: "large.db", table: null, query: "SELECT * FROM t" }),
			source({ path: "none.db", table: "t" }),
		].map((other) => planParts(other, folder.file(other.path!)));
		assert.deepEqual(await Promise.all(plans), [null, null, null, null, null]);
	});

	it("cuts where the rows are, not the row numbers", async () => {
		make(rows(LARGE, 100), "gaps.db");
		const database = new Database(folder.file("gaps.db"));
		database.exec("INSERT INTO t VALUES (9000000000000000, 'PC', 'P', NULL), (-5000000000, 'PC', 'P', NULL)");
		database.close();
		const parts = await planParts(source({ path: "gaps.db", table: "t" }), folder.file("gaps.db"));
		assert.equal(parts?.length, 2);
		const middle = parts[1]!.from;
		assert.ok(middle > LARGE / 4 && middle < (LARGE * 3) / 4, String(middle));
	});

	const CHANGED = "a.db was changed by another program while it was being read. Try again.";
	const changes: readonly (readonly [string, (path: string) => void])[] = [
		["grows", (path) => writeFileSync(path, "x", { flag: "a" })],
		["shrinks", (path) => truncateSync(path, 8192)],
		["is written to by a program that is not SQLite", (path) => utimesSync(path, 1, 1)],
		["is replaced", replaceFile],
		["vanishes", (path) => rmSync(path)],
	];
	// Windows lets nobody replace or remove a file that is in use.
	for (const [name, change] of process.platform === "win32" ? changes.slice(0, 3) : changes) {
		it(`says so when the database ${name} while it is read`, async () => {
			const path = make(rows(COUNT, 9));
			let steps = 0;
			const result = await read(source({ table: "t" }), undefined, () => {
				if (steps++ === 0) change(path);
			});
			assert.equal(result.table, null);
			assert.deepEqual(
				result.failures.map(({ code, message }) => [code, message]),
				[["source/unreadable", CHANGED]],
			);
		});
	}

	it("sees one state of a database with a write-ahead log, whoever writes to it", async () => {
		const path = make(`PRAGMA journal_mode = wal; ${rows(COUNT, 9)}`);
		const other = new Database(path);
		try {
			const size = statSync(path).size;
			let steps = 0;
			const { table, failures } = await read(source({ table: "t" }), undefined, () => {
				if (steps++ > 0) return;
				other.exec(`DELETE FROM t WHERE id > ${COUNT / 2}; INSERT INTO t VALUES (${COUNT * 2}, 'new', 'new', NULL)`);
				other.pragma("wal_checkpoint");
			});
			assert.ok(steps > 0 && size > 0);
			assert.deepEqual([failures, table?.rows], [[], COUNT]);
		} finally {
			other.close();
		}
	});

	it("stops when it is cancelled within a table, a view and a query", async () => {
		make(rows(COUNT, 9));
		for (const values of [{ table: "t" }, { table: "v" }, { query: "SELECT * FROM t" }]) {
			const controller = new AbortController();
			let last = 0;
			const reading = readSourceTable(
				{ source: source(values), path: folder.file("a.db"), part: null },
				{
					signal: controller.signal,
					onProgress({ rows }) {
						last = rows;
						controller.abort(new Error("enough"));
					},
				},
			);
			await assert.rejects(reading, new Error("enough"));
			assert.ok(last < COUNT / 2, String(last));
		}
	});
});

function replaceFile(path: string): void {
	copyFileSync(path, `${path}.new`);
	renameSync(`${path}.new`, path);
}
