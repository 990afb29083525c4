import { stat } from "node:fs/promises";
import type { DataSource } from "../config/model.ts";
import { t } from "../texts/translate.ts";
import { type Connector, type OpenTable, type RowRange, SourceError } from "./connector.ts";
import { describeBinary, isSqliteDatabase, looksLikeText, repairType } from "./file-magic.ts";
import { changedWhileRead, openInputFile, stampOfFile } from "./input-file.ts";
import { cannotLoad, findNativeBinding, loadSqlite, type SqliteDatabase, type SqliteStatement } from "./sqlite-binding.ts";
import { invalidQuery, sqliteCodeOf, toSqliteFailure } from "./sqlite-failure.ts";
import { readByRowid } from "./sqlite-pages.ts";
import { readBatches, readPages } from "./sqlite-rows.ts";
import { findMiddleRowid, findTable, quoteName, type SqliteTable } from "./sqlite-table.ts";

/**
 * Reads a table, a view or the result of one query from a SQLite file, which is never written to, in one read transaction: what other
 * programs write meanwhile is not seen.
 */
export const sqliteConnector: Connector = { open: openSqlite, plan: planSqlite };

/** Waiting for a lock stops everything else in the thread, so it is short. */
const LOCK_TIMEOUT_MS = 200;

/** A smaller file is read by the time a second thread has begun. */
const LARGE_BYTES = 32_000_000;

async function openSqlite(source: DataSource, path: string | null, signal: AbortSignal, range: RowRange | null = null): Promise<OpenTable> {
	checkLocation(source);
	const watch = await watchFile(source, path, signal);
	const database = await openDatabase(source, path!, LOCK_TIMEOUT_MS);
	try {
		signal.throwIfAborted();
		database.exec("BEGIN");
		const table = source.query === null ? findTable(database, source) : null;
		const statement = prepareAll(database, source, table);
		const names = statement.columns().map((column) => column.name);
		await watch.begin();
		const guard = <Rows>(rows: AsyncIterable<Rows>) => guardRows(rows, source, watch, signal);
		return {
			columns: names.map((name) => name.trim()),
			batches: guard(readBatches(statement, signal)),
			select(wanted) {
				const columns = wanted.map((index) => names[index]!);
				// The order of a view's rows could become another one.
				if (table === null || !table.isStored) return { positions: wanted, pages: guard(readPages(statement, signal)) };
				const positions = wanted.map((_, order) => order);
				if (table.rowid !== null) return { positions, pages: guard(readByRowid(database, table, columns, range, signal)) };
				const narrow = database.prepare(`SELECT ${columns.map(quoteName).join(", ")} FROM ${quoteName(table.name)}${table.orderBy}`);
				return { positions, pages: guard(readPages(exactArrays(narrow), signal)) };
			},
			close: async () => void database.close(),
		};
	} catch (error) {
		database.close();
		signal.throwIfAborted();
		throw toSqliteFailure(error, source);
	}
}

/** Only tables with row numbers are divided: any other part of a table could not be found without reading what is before it. */
async function planSqlite(source: DataSource, path: string): Promise<readonly RowRange[] | null> {
	if (source.table === null || source.query !== null) return null;
	const stats = await stat(path).catch(() => null);
	if (stats === null || !stats.isFile() || stats.size < LARGE_BYTES) return null;
	let database: SqliteDatabase | null = null;
	try {
		database = await openDatabase(source, path, 0);
		database.exec("BEGIN");
		const found = findMiddleRowid(database, findTable(database, source));
		return found === null ? null : [found.first, found.middle].map((from, place) => ({ from, to: place === 0 ? found.middle : null }));
	} catch {
		// Reading it will tell.
		return null;
	} finally {
		database?.close();
	}
}

function checkLocation(source: DataSource): void {
	if (source.table === null && source.query === null) {
		const message = t`The source "${source.name}" does not say what to read from the database. Add "table", or "query" with a SELECT.`;
		throw new SourceError("source/missing-location", "table", message);
	}
	if (source.table !== null && source.query !== null) {
		const message = t`The source "${source.name}" has both "table" and "query". Remove one of them.`;
		throw new SourceError("source/invalid-query", "query", message);
	}
}

/**
 * Opens a database for reading.
 * @param timeout for which a lock is waited, in milliseconds.
 * @throws {SourceError} when it cannot be opened.
 */
export async function openDatabase(source: DataSource, path: string, timeout: number): Promise<SqliteDatabase> {
	const Sqlite = await loadSqlite();
	const binding = findNativeBinding();
	try {
		const options = { readonly: true, fileMustExist: true, timeout };
		return new Sqlite(path, binding === null ? options : { ...options, nativeBinding: binding });
	} catch (error) {
		throw sqliteCodeOf(error).startsWith("SQLITE") ? toSqliteFailure(error, source) : cannotLoad(error);
	}
}

/** What a source names, with all columns. */
function prepareAll(database: SqliteDatabase, source: DataSource, table: SqliteTable | null): SqliteStatement {
	const statement = database.prepare(table === null ? source.query! : `SELECT * FROM ${quoteName(table.name)}${table.orderBy}`);
	if (!statement.reader || !statement.readonly) throw invalidQuery(source, t("it is not a SELECT; only reading is allowed"));
	return exactArrays(statement);
}

/** Keys and times may be larger than a number can hold exactly. */
function exactArrays(statement: SqliteStatement): SqliteStatement {
	return statement.raw(true).safeIntegers(true);
}

/** Tells whether a database is still the one that was opened. */
interface FileWatch {
	/** To be called once the read transaction has begun. */
	begin(): Promise<void>;
	hasChanged(): Promise<boolean>;
}

/**
 * While we read, SQLite keeps others from writing to the file itself, unless it has a write-ahead log, whose content is copied there
 * at any time without harm. Programs that are not SQLite, and folders in the network, keep to no such rule.
 */
async function watchFile(source: DataSource, path: string | null, signal: AbortSignal): Promise<FileWatch> {
	const file = await openInputFile(source, path, signal);
	await file.close();
	checkFormat(source, file.head);
	const hasLog = file.head[WRITE_VERSION_OFFSET] === LOG_VERSION;
	const observe = async () => {
		const stamp = await stampOfFile(path!);
		return hasLog ? (stamp?.split(" ")[0] ?? null) : stamp;
	};
	let before: string | null = null;
	return {
		async begin() {
			before = await observe();
		},
		hasChanged: async () => before === null || (await observe()) !== before,
	};
}

const WRITE_VERSION_OFFSET = 18;
const LOG_VERSION = 2;

/** SQLite itself takes an empty file for a database, and reports every other one alike. */
function checkFormat(source: DataSource, head: Uint8Array): void {
	const shown = source.path ?? source.name;
	if (head.length === 0) throw new SourceError("source/empty-file", "path", t`${shown} is empty. Copy the database again.`);
	if (isSqliteDatabase(head)) return;
	const binary = describeBinary(head);
	if (binary === null && looksLikeText(source, head)) {
		const message = t`${shown} is not a SQLite database. This is text: use type: csv.`;
		throw new SourceError("source/damaged-database", "type", message, repairType(source, "csv"));
	}
	const guess = binary === null ? t("Check the path; an encrypted database cannot be read") : t`This is ${t(binary.what)}`;
	throw new SourceError(
		"source/damaged-database",
		"path",
		t`${shown} is not a SQLite database. ${guess}.`,
		repairType(source, binary?.type ?? null),
	);
}

/** The rows, with SQLite's errors in our words, and none of a file that changed on the way. */
async function* guardRows<Rows>(
	rows: AsyncIterable<Rows>,
	source: DataSource,
	watch: FileWatch,
	signal: AbortSignal,
): AsyncGenerator<Rows> {
	const changed = () => changedWhileRead(source.path ?? source.name);
	try {
		yield* rows;
	} catch (error) {
		signal.throwIfAborted();
		throw (await watch.hasChanged()) ? changed() : toSqliteFailure(error, source);
	}
	if (await watch.hasChanged()) throw changed();
}
