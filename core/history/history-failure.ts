import { sqliteCodeOf } from "../connectors/sqlite-failure.ts";
import { t } from "../texts/translate.ts";

/** Why a history could not be read or written, in words, with what to do. Nothing in the file has changed. */
export interface HistoryFailure {
	readonly failed: true;
	/** Stable; documented in docs/history.md. */
	readonly code: HistoryFailureCode;
	readonly message: string;
}

export type HistoryFailureCode =
	| "history/locked"
	| "history/not-writable"
	| "history/not-a-file"
	| "history/disk-full"
	| "history/disk-error"
	| "history/damaged"
	| "history/newer-version"
	| "history/foreign-file"
	| "history/unsupported-runtime"
	| "history/unreadable";

/** A failure that is thrown as far as the functions that answer it. */
export class HistoryError extends Error {
	readonly code: HistoryFailureCode;
	constructor(code: HistoryFailureCode, message: string) {
		super(message);
		this.name = "HistoryError";
		this.code = code;
	}
}

/** What an error says about a history, whoever threw it: this room, SQLite or the operating system. */
export function toHistoryFailure(error: unknown, file: string): HistoryFailure {
	if (error instanceof HistoryError) return { failed: true, code: error.code, message: error.message };
	const reason = error instanceof Error ? error.message : String(error);
	const code = codeOf(sqliteCodeOf(error));
	return { failed: true, code, message: describe(code, file, reason) };
}

function codeOf(code: string): HistoryFailureCode {
	// SQLite's codes begin like these and say more behind; the others are those of the operating system.
	if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "history/locked";
	if (/^SQLITE_(CORRUPT|NOTADB)|^SQLITE_IOERR_SHORT_READ/.test(code)) return "history/damaged";
	if (/^SQLITE_FULL|^(ENOSPC|EDQUOT|EFBIG)$/.test(code)) return "history/disk-full";
	if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^(EACCES|EPERM|EROFS)$/.test(code)) return "history/not-writable";
	if (/^(EISDIR|ENOTDIR|EEXIST|ENOENT|ENAMETOOLONG)$/.test(code)) return "history/not-a-file";
	if (/^SQLITE_IOERR|^EIO$/.test(code)) return "history/disk-error";
	return "history/unreadable";
}

function describe(code: HistoryFailureCode, file: string, reason: string): string {
	switch (code) {
		case "history/locked":
			return t`The history ${file} is locked by another program. Close what has it open and run this again; until then the logs are in their sources only.`;
		case "history/not-writable":
			return t`The history ${file} cannot be opened or written to (${reason}). Allow writing to the file and to its folder, or name another place for the history.`;
		case "history/not-a-file":
			return t`The history cannot be kept in ${file} (${reason}). Name a file in a folder for it.`;
		case "history/disk-full":
			return t`The disk has no room for the history ${file}. What it held before is safe. Make room and run this again.`;
		case "history/disk-error":
			return t`The disk did not read or write the history ${file} as it should (${reason}). Copy the file to another disk, and name it there.`;
		case "history/damaged":
			return t`The history ${file} is damaged (${reason}). Nothing was changed in it. Move it elsewhere, then import its last export, or let the sources make a new one.`;
		case "history/newer-version":
		case "history/foreign-file":
		case "history/unsupported-runtime":
		case "history/unreadable":
			return t`The history ${file} cannot be used (${reason}).`;
	}
}
