import type { DataSource } from "../config/model.ts";
import type { Beginning } from "./beginning.ts";
import { PEEKED_ROWS } from "./beginning.ts";
import type { Cell } from "./connector.ts";
import { SourceError } from "./connector.ts";
import { isSqliteDatabase } from "./file-magic.ts";
import { openInputFile } from "./input-file.ts";
import { openDatabase } from "./sqlite.ts";
import type { SqliteDatabase, SqliteStatement } from "./sqlite-binding.ts";
import { toSqliteFailure } from "./sqlite-failure.ts";
import { findTable, listTables, quoteName } from "./sqlite-table.ts";

/**
 * The tables of a database, and the first rows of the table or query that a source names. Waits for no lock.
 * @throws {SourceError} when there is no such file, or it is no database.
 */
export async function peekDatabase(source: DataSource, path: string, signal: AbortSignal): Promise<Beginning> {
	// Also sees to it that no pipe is opened.
	const file = await openInputFile(source, path, signal);
	await file.close();
	if (!isSqliteDatabase(file.head)) return { tables: [], sheets: [], columns: [], rows: [] };
	const database = await openDatabase(source, path, 0);
	try {
		return { tables: listTables(database), sheets: [], ...readBeginning(database, source) };
	} catch (error) {
		throw toSqliteFailure(error, source);
	} finally {
		database.close();
	}
}

function readBeginning(database: SqliteDatabase, source: DataSource): Pick<Beginning, "columns" | "rows"> {
	const statement = prepare(database, source);
	if (statement === null) return { columns: [], rows: [] };
	const columns = statement.columns().map(({ name }) => name.trim());
	const rows: (readonly Cell[])[] = [];
	for (const row of statement.raw(true).safeIntegers(true).iterate()) {
		if (rows.push(row as readonly Cell[]) >= PEEKED_ROWS) break;
	}
	return { columns, rows };
}

/** Null when it is not said what to read, or that cannot be read: which tables there are can be told all the same. */
function prepare(database: SqliteDatabase, source: DataSource): SqliteStatement | null {
	try {
		if (source.query === null && source.table === null) return null;
		const sql = source.query ?? `SELECT * FROM ${quoteName(findTable(database, source).name)}`;
		const statement = database.prepare(sql);
		return statement.reader && statement.readonly ? statement : null;
	} catch (error) {
		if (error instanceof SourceError || toSqliteFailure(error, source).code === "source/invalid-query") return null;
		throw error;
	}
}
