import { setImmediate } from "node:timers/promises";
import type { Database, Statement } from "better-sqlite3";
import type { DataSource } from "../config/model.ts";
import { closestName, listNames } from "./closest-name.ts";
import { type Cell, type Connector, type OpenTable, SourceError, type TableRow } from "./connector.ts";
import { describeBinary, isSqliteDatabase } from "./file-magic.ts";
import { openInputFile } from "./input-file.ts";
import { cannotLoad, findNativeBinding, loadSqlite } from "./sqlite-binding.ts";

/** Reads a table, a view or the result of one query from a SQLite file, which is never written to. */
export const sqliteConnector: Connector = { open: openSqlite };

/** Rows between two turns of the event loop: a few milliseconds. */
const BATCH_ROWS = 2000;

/** Waiting for a lock stops everything else in the process, so it is short. */
const LOCK_TIMEOUT_MS = 200;

async function openSqlite(source: DataSource, path: string | null, signal: AbortSignal): Promise<OpenTable> {
	checkLocation(source);
	await checkFormat(source, path, signal);
	const Sqlite = await loadSqlite();
	signal.throwIfAborted();
	const binding = findNativeBinding();
	let database: Database;
	try {
		const options = { readonly: true, fileMustExist: true, timeout: LOCK_TIMEOUT_MS };
		database = new Sqlite(path!, binding === null ? options : { ...options, nativeBinding: binding });
	} catch (error) {
		throw codeOf(error).startsWith("SQLITE") ? toSourceError(error, source) : cannotLoad(error);
	}
	try {
		const statement = source.query === null ? prepareTable(database, source) : prepareQuery(database, source, source.query);
		// Keys and times may be larger than a number can hold exactly.
		statement.raw(true).safeIntegers(true);
		return {
			columns: statement.columns().map((column) => column.name.trim()),
			batches: readRows(statement, source, signal),
			close: async () => void database.close(),
		};
	} catch (error) {
		database.close();
		throw toSourceError(error, source);
	}
}

function checkLocation(source: DataSource): void {
	if (source.table === null && source.query === null) {
		const message = `The source "${source.name}" does not say what to read from the database. Add "table", or "query" with a SELECT.`;
		throw new SourceError("source/missing-location", "table", message);
	}
	if (source.table !== null && source.query !== null) {
		const message = `The source "${source.name}" has both "table" and "query". Remove one of them.`;
		throw new SourceError("source/invalid-query", "query", message);
	}
}

/** SQLite itself takes an empty file for a database, and reports every other one alike. */
async function checkFormat(source: DataSource, path: string | null, signal: AbortSignal): Promise<void> {
	const file = await openInputFile(source, path, signal);
	await file.close();
	const shown = source.path ?? source.name;
	if (file.head.length === 0) throw new SourceError("source/empty-file", "path", `${shown} is empty. Copy the database again.`);
	if (isSqliteDatabase(file.head)) return;
	const what = describeBinary(file.head)?.what;
	const guess = what === undefined ? "Check the path; an encrypted database cannot be read" : `This is ${what}`;
	throw new SourceError("source/damaged-database", "path", `${shown} is not a SQLite database. ${guess}.`);
}

function prepareTable(database: Database, source: DataSource): Statement {
	const wanted = source.table!;
	const tables = listTables(database);
	const table = tables.find((name) => name === wanted) ?? tables.find((name) => name.toLowerCase() === wanted.toLowerCase());
	if (table === undefined) {
		const meant = closestName(wanted, tables);
		const advice = meant === null ? "" : ` Did you mean "${meant}"?`;
		const message = `${source.path ?? source.name} has no table "${wanted}".${advice} It has: ${listNames(tables)}.`;
		throw new SourceError("source/missing-table", "table", message);
	}
	return database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`);
}

function listTables(database: Database): readonly string[] {
	const sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
	return database.prepare<[], string>(sql).pluck().all();
}

function prepareQuery(database: Database, source: DataSource, query: string): Statement {
	const statement = database.prepare(query);
	if (statement.reader && statement.readonly) return statement;
	throw invalidQuery(source, "it is not a SELECT; only reading is allowed");
}

async function* readRows(statement: Statement, source: DataSource, signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
	const rows = startRows(statement, source);
	try {
		for (let number = 1; ; ) {
			signal.throwIfAborted();
			const batch: TableRow[] = [];
			while (batch.length < BATCH_ROWS) {
				const cells = nextRow(rows, source);
				if (cells === null) break;
				batch.push({ number, cells, surplusCells: 0 });
				number++;
			}
			if (batch.length > 0) yield batch;
			if (batch.length < BATCH_ROWS) return;
			await setImmediate();
		}
	} finally {
		// A database with a statement under way cannot be closed.
		rows.return?.();
	}
}

function startRows(statement: Statement, source: DataSource): Iterator<unknown> {
	try {
		return statement.iterate();
	} catch (error) {
		throw toSourceError(error, source);
	}
}

function nextRow(rows: Iterator<unknown>, source: DataSource): readonly Cell[] | null {
	try {
		const next = rows.next();
		return next.done === true ? null : (next.value as readonly Cell[]);
	} catch (error) {
		throw toSourceError(error, source);
	}
}

/** The failure for what SQLite reports, by its result code; errors without one come from the library's check of the query. */
function toSourceError(error: unknown, source: DataSource): SourceError {
	if (error instanceof SourceError) return error;
	const shown = source.path ?? source.name;
	const reason = error instanceof Error ? error.message : String(error);
	const code = codeOf(error);
	const fail = (name: string, message: string) => new SourceError(name, "path", message);
	if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB" || code === "SQLITE_IOERR_SHORT_READ") {
		return fail("source/damaged-database", `The database ${shown} is damaged (${reason}). Copy it again, or restore it from a backup.`);
	}
	if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
		return fail("source/unreadable", `The database ${shown} is locked by another program. Close it there, or read a copy.`);
	}
	if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) {
		const advice = "Copy it to a folder that you may write to: a database with a write-ahead log needs that even to be read.";
		return fail("source/unreadable", `The database ${shown} cannot be read where it is (${reason}). ${advice}`);
	}
	if (code === "" || code === "SQLITE_ERROR" || code === "SQLITE_AUTH" || code === "SQLITE_MISMATCH") return invalidQuery(source, reason);
	return fail("source/unreadable", `The database ${shown} cannot be read (${reason}).`);
}

function invalidQuery(source: DataSource, reason: string): SourceError {
	const key = source.query === null ? "table" : "query";
	const what = source.query === null ? `The table "${source.table}"` : "The query";
	return new SourceError("source/invalid-query", key, `${what} of the source "${source.name}" cannot be run: ${reason}.`);
}

function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
