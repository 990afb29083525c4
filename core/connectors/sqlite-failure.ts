import type { DataSource } from "../config/model.ts";
import { t } from "../texts/translate.ts";
import { SourceError } from "./connector.ts";

/** The failure for what SQLite reports, by its result code; errors without one come from the library's check of the query. */
export function toSqliteFailure(error: unknown, source: DataSource): SourceError {
	if (error instanceof SourceError) return error;
	const shown = source.path ?? source.name;
	const reason = error instanceof Error ? error.message : String(error);
	const code = sqliteCodeOf(error);
	const fail = (name: string, message: string) => new SourceError(name, "path", message);
	if (isDamage(code)) {
		return fail("source/damaged-database", t`The database ${shown} is damaged (${reason}). Copy it again, or restore it from a backup.`);
	}
	if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
		return fail("source/unreadable", t`The database ${shown} is locked by another program. Close it there, or read a copy.`);
	}
	if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) {
		const advice = t("Copy it to a folder that you may write to: a database with a write-ahead log needs that even to be read.");
		return fail("source/unreadable", t`The database ${shown} cannot be read where it is (${reason}). ${advice}`);
	}
	if (code === "" || code === "SQLITE_ERROR" || code === "SQLITE_AUTH" || code === "SQLITE_MISMATCH") return invalidQuery(source, reason);
	return fail("source/unreadable", t`The database ${shown} cannot be read (${reason}).`);
}

/** The failure for a table or query that SQLite will not run. */
export function invalidQuery(source: DataSource, reason: string): SourceError {
	const key = source.query === null ? "table" : "query";
	const what = source.query === null ? t`The table "${source.table}"` : t("The query");
	return new SourceError("source/invalid-query", key, t`${what} of the source "${source.name}" cannot be run: ${reason}.`);
}

/** SQLite's result code, such as `SQLITE_BUSY`; empty for other errors. */
export function sqliteCodeOf(error: unknown): string {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function isDamage(code: string): boolean {
	return code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB" || code === "SQLITE_IOERR_SHORT_READ";
}
