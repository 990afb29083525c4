import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import type { DataSource } from "../../../core/config/model.ts";
import { SourceError, type SourceKey } from "../../../core/connectors/connector.ts";
import { sqliteConnector } from "../../../core/connectors/sqlite.ts";
import { cannotLoad, checkRuntime, findNativeBinding } from "../../../core/connectors/sqlite-binding.ts";
import { asOrdinaryUser } from "../../support/ordinary-user.ts";
import { createFolder, type Folder, makeSource, readTable } from "./source-fixture.ts";

describe("sqlite", function () {
	// Some files are of several megabytes.
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
		const database = new Database(folder.file("log.db"));
		database.exec(`
			CREATE TABLE usage_log (Server TEXT, LogDate, "Active ""Reg""" INTEGER);
			INSERT INTO usage_log VALUES ('live', '2026-11-04T21:00:00Z', 12), ('tëst', NULL, 9007199254740993), (X'00ff', 1.5, ' ');
			CREATE VIEW latest AS SELECT Server, LogDate FROM usage_log WHERE Server = 'live';
			CREATE TABLE "odd ""name""; x" (a);
			CREATE TABLE bare (a, b);
			CREATE TABLE many (n INTEGER);
			WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5001) INSERT INTO many SELECT n FROM c;
		`);
		database.close();
	});
	after(() => folder.remove());

	const source = (values: Partial<DataSource>) => makeSource({ type: "sqlite", path: "log.db", ...values });

	const LOG_ROWS = [
		[1, ["live", "2026-11-04T21:00:00Z", 12n]],
		[2, ["tëst", null, 9007199254740993n]],
		[3, [Buffer.from([0, 255]), 1.5, " "]],
	];
	const tables: readonly (readonly [string, Partial<DataSource>, readonly string[], readonly unknown[]])[] = [
		["a table", { table: "usage_log" }, ["Server", "LogDate", 'Active "Reg"'], LOG_ROWS],
		["a table, in another case", { table: "USAGE_Log" }, ["Server", "LogDate", 'Active "Reg"'], LOG_ROWS],
		["a view", { table: "latest" }, ["Server", "LogDate"], [[1, ["live", "2026-11-04T21:00:00Z"]]]],
		["a name that needs quoting", { table: 'odd "name"; x' }, ["a"], []],
		["a table without rows", { table: "bare" }, ["a", "b"], []],
		["a query", { query: "SELECT upper(Server) AS s, 1 + 1 FROM usage_log WHERE LogDate IS NULL" }, ["s", "1 + 1"], [[1, ["TëST", 2n]]]],
		["a query with a semicolon and a comment", { query: "WITH x AS (SELECT 1 AS a) SELECT a FROM x; -- all" }, ["a"], [[1, [1n]]]],
	];
	for (const [name, values, columns, rows] of tables) {
		it(`reads ${name}`, async () => {
			assert.deepEqual(await readTable(source(values), folder.file("log.db")), { columns, rows });
		});
	}

	it("reads more rows than a batch has, each once", async () => {
		const result = await readTable(source({ table: "many" }), folder.file("log.db"));
		assert.ok("rows" in result);
		assert.deepEqual(
			result.rows,
			Array.from({ length: 5001 }, (_, index) => [index + 1, [BigInt(index + 1)]]),
		);
	});

	it("leaves the database and its folder as they are", async () => {
		const before = readFileSync(folder.file("log.db"));
		const names = readdirSync(folder.path);
		await readTable(source({ table: "usage_log" }), folder.file("log.db"));
		assert.deepEqual(readFileSync(folder.file("log.db")), before);
		assert.deepEqual(readdirSync(folder.path), names);
	});

	const locations: readonly (readonly [string, Partial<DataSource>, string, SourceKey, string])[] = [
		[
			"neither table nor query",
			{},
			"source/missing-location",
			"table",
			'The source "source" does not say what to read from the database. Add "table", or "query" with a SELECT.',
		],
		[
			"both table and query",
			{ table: "bare", query: "SELECT 1" },
			"source/invalid-query",
			"query",
			'The source "source" has both "table" and "query". Remove one of them.',
		],
		[
			"no such table",
			{ table: "usage_logs" },
			"source/missing-table",
			"table",
			'log.db has no table "usage_logs". Did you mean "usage_log"? It has: "bare", "latest", "many", "odd "name"; x", "usage_log".',
		],
		[
			"no such table, none similar",
			{ table: "devices" },
			"source/missing-table",
			"table",
			'log.db has no table "devices". It has: "bare", "latest", "many", "odd "name"; x", "usage_log".',
		],
		[
			"a query that is none",
			{ query: "SELEC 1" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: near "SELEC": syntax error.',
		],
		[
			"a query on a column that is missing",
			{ query: "SELECT nope FROM bare" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: no such column: nope.',
		],
		[
			"a query on a table that is missing",
			{ query: "SELECT 1 FROM nope" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: no such table: nope.',
		],
		[
			"two queries",
			{ query: "SELECT 1; SELECT 2" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: The supplied SQL string contains more than one statement.',
		],
		[
			"an empty query",
			{ query: "-- nothing" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: The supplied SQL string contains no statements.',
		],
		[
			"a query with parameters",
			{ query: "SELECT ?" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: Too few parameter values were provided.',
		],
		[
			"a query that fails in a row",
			{ query: "SELECT abs(-9223372036854775808)" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: integer overflow.',
		],
		[
			"DELETE",
			{ query: "DELETE FROM bare" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: it is not a SELECT; only reading is allowed.',
		],
		[
			"DELETE that answers rows",
			{ query: "DELETE FROM bare RETURNING a" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: it is not a SELECT; only reading is allowed.',
		],
		[
			"ATTACH",
			{ query: "ATTACH 'other.db' AS other" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: it is not a SELECT; only reading is allowed.',
		],
		[
			"a PRAGMA that writes",
			{ query: "PRAGMA journal_mode = wal" },
			"source/invalid-query",
			"query",
			'The query of the source "source" cannot be run: it is not a SELECT; only reading is allowed.',
		],
	];
	for (const [name, values, code, key, message] of locations) {
		it(`refuses ${name}`, async () => {
			assert.deepEqual(await readTable(source(values), folder.file("log.db")), { code, key, message });
		});
	}

	const files: readonly (readonly [string, (file: string) => void, string, SourceKey, string])[] = [
		["no such file", () => {}, "source/missing-file", "path", 'There is no file lag.db. Did you mean "log.db"?'],
		["a folder", (file) => mkdirSync(file), "source/not-a-file", "path", "lag.db is a folder. Name the file in it that holds the table."],
		["an empty file", (file) => writeFileSync(file, ""), "source/empty-file", "path", "lag.db is empty. Copy the database again."],
		[
			"a CSV file",
			(file) => writeFileSync(file, "a,b\n1,2\n"),
			"source/damaged-database",
			"type",
			"lag.db is not a SQLite database. This is text: use type: csv.",
		],
		[
			"an encrypted database",
			(file) => writeFileSync(file, Buffer.from("9f1c00e2a7", "hex")),
			"source/damaged-database",
			"path",
			"lag.db is not a SQLite database. Check the path; an encrypted database cannot be read.",
		],
		[
			"an archive",
			(file) => writeFileSync(file, "PK\x03\x04devices"),
			"source/damaged-database",
			"path",
			"lag.db is not a SQLite database. This is a ZIP archive.",
		],
		[
			"a database that is cut off",
			(file) => cutDatabase(file),
			"source/damaged-database",
			"path",
			"The database lag.db is damaged (database disk image is malformed). Copy it again, or restore it from a backup.",
		],
		[
			"a database with a damaged header",
			(file) => damageDatabase(file, 20, 100),
			"source/damaged-database",
			"path",
			"The database lag.db is damaged (file is not a database). Copy it again, or restore it from a backup.",
		],
		[
			"a database with damaged pages",
			(file) => damageDatabase(file, 3 * 4096, 60 * 4096),
			"source/damaged-database",
			"path",
			"The database lag.db is damaged (database disk image is malformed). Copy it again, or restore it from a backup.",
		],
	];
	for (const [name, make, code, key, message] of files) {
		it(`refuses ${name}`, async () => {
			const own = createFolder();
			try {
				makeDatabase(own.file("log.db"));
				make(own.file("lag.db"));
				const result = await readTable(source({ path: "lag.db", table: "t" }), own.file("lag.db"));
				assert.deepEqual(result, { code, key, message });
			} finally {
				own.remove();
			}
		});
	}

	it("refuses a source without a path", async () => {
		const message = 'The source "source" does not say which file to read. Add "path".';
		assert.deepEqual(await readTable(source({ path: null, table: "t" }), null), { code: "source/missing-location", key: "path", message });
	});

	it("refuses a database that another program has locked", async () => {
		const path = folder.file("locked.db");
		makeDatabase(path);
		const other = new Database(path);
		try {
			other.exec("BEGIN EXCLUSIVE");
			const message = "The database locked.db is locked by another program. Close it there, or read a copy.";
			assert.deepEqual(await readTable(source({ path: "locked.db", table: "t" }), path), {
				code: "source/unreadable",
				key: "path",
				message,
			});
		} finally {
			other.close();
		}
	});

	// Windows knows no permission that keeps a file out of a folder in this way.
	if (process.platform !== "win32")
		it("says why a database with a write-ahead log cannot be read in a folder that may not be written to", async () => {
			mkdirSync(folder.file("closed"));
			const path = folder.file("closed/wal.db");
			const maker = new Database(path);
			maker.pragma("journal_mode = WAL");
			maker.exec("CREATE TABLE t (a)");
			maker.close();
			chmodSync(folder.file("closed"), 0o555);
			chmodSync(folder.file("."), 0o755);
			const result = await asOrdinaryUser(() => readTable(source({ path: "wal.db", table: "t" }), path));
			chmodSync(folder.file("closed"), 0o755);
			assert.match(
				"message" in result ? result.message : "",
				/wal\.db cannot be read where it is .* Copy it to a folder that you may write to/,
			);
		});

	it("reads a database with a write-ahead log, with what the log holds", async () => {
		const path = folder.file("wal.db");
		const other = new Database(path);
		try {
			other.pragma("journal_mode = wal");
			other.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
			assert.deepEqual(await readTable(source({ path: "wal.db", table: "t" }), path), { columns: ["a"], rows: [[1, [1n]]] });
		} finally {
			other.close();
		}
	});

	it("can be closed in the middle, and is", async () => {
		const table = await sqliteConnector.open(source({ table: "many" }), folder.file("log.db"), new AbortController().signal);
		for await (const batch of table.batches) {
			assert.equal(batch.length, 2000);
			break;
		}
		await table.close();
	});

	it("stops at once when it is cancelled", async () => {
		const controller = new AbortController();
		const table = await sqliteConnector.open(source({ table: "many" }), folder.file("log.db"), controller.signal);
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

	const runtimes: readonly (readonly [string | undefined, string, string | null])[] = [
		["10", "22.14.0", null],
		["11", "26.0.0", null],
		["9", "20.19.2", "SQLite files need Node.js 22.14 or newer; this is Node.js 20.19.2. Install a newer one, or export the table as CSV."],
		[
			undefined,
			"18.0.0",
			"SQLite files need Node.js 22.14 or newer; this is Node.js 18.0.0. Install a newer one, or export the table as CSV.",
		],
	];
	for (const [napi, node, message] of runtimes) {
		it(`on Node ${node} (N-API ${napi}) it ${message === null ? "runs" : "says what it needs"}`, () => {
			if (message === null) assert.doesNotThrow(() => checkRuntime(napi, node));
			else assert.throws(() => checkRuntime(napi, node), new SourceError("source/unsupported-runtime", "type", message));
		});
	}

	it("explains a library that does not load", () => {
		const { code, key, message } = cannotLoad(new Error("libc.so.6: version `GLIBC_2.34' not found\n  at x"));
		const expected =
			"The SQLite library cannot be loaded on this system (libc.so.6: version `GLIBC_2.34' not found). Install the product for this system again, or export the table as CSV.";
		assert.deepEqual([code, key, message], ["source/unsupported-runtime", "type", expected]);
	});

	it("takes the package's own native part when it runs from the sources", () => {
		assert.equal(findNativeBinding(), null);
	});
});

function makeDatabase(path: string): void {
	const database = new Database(path);
	database.exec("CREATE TABLE t (a, b)");
	database.exec(
		"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) INSERT INTO t SELECT n, 'value ' || n FROM c",
	);
	database.close();
}

function cutDatabase(path: string): void {
	makeDatabase(path);
	truncateSync(path, 100_000);
}

function damageDatabase(path: string, from: number, to: number): void {
	makeDatabase(path);
	const bytes = readFileSync(path);
	writeFileSync(path, bytes.fill(0x41, from, to));
}
