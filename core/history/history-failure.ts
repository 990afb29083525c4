import { basename } from "node:path";
import { SourceError } from "../connectors/connector.ts";
import { sqliteCodeOf } from "../connectors/sqlite-failure.ts";
import { t } from "../texts/translate.ts";

/** All that can be wrong with a history, or with logs that are or may go into it; documented in docs/history.md. */
export const HISTORY_CODES = [
	"history/damaged",
	"history/disk-full",
	"history/foreign",
	"history/locked",
	"history/newer-version",
	"history/no-folder",
	"history/no-rights",
	"history/not-a-file",
	"history/outdated-log",
	"history/read-only",
	"history/unavailable",
	"history/unknown-origin",
] as const;

/** One of them. */
export type HistoryCode = (typeof HISTORY_CODES)[number];

/** Why a history could not be read or written. Nothing that was in the file is lost by it. */
export interface HistoryFailure {
	readonly failed: true;
	readonly code: HistoryCode;
	/** What is wrong, where, and how to go on. */
	readonly message: string;
}

/** Thrown inside of this room, and nowhere else: whoever asks for something is answered a {@link HistoryFailure}. */
export class HistoryError extends Error {
	readonly failure: HistoryFailure;
	constructor(code: HistoryCode, message: string) {
		super(message);
		this.failure = { failed: true, code, message };
	}
}

/** Whether another try may go well, because somebody else uses the file at this moment. */
export function isBusy(error: unknown): boolean {
	const code = sqliteCodeOf(error);
	return code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED") || code === "SQLITE_PROTOCOL" || code === "EBUSY";
}

/**
 * What went wrong with a history, in words.
 * @param file its name.
 * @throws what is no fault of a file or of the system.
 */
export function toHistoryFailure(error: unknown, file: string): HistoryFailure {
	if (error instanceof HistoryError) return error.failure;
	if (error instanceof SourceError) return { failed: true, code: "history/unavailable", message: error.message };
	const code = sqliteCodeOf(error);
	if (code === "") throw error;
	if (isBusy(error)) return locked(file);
	const reason = error instanceof Error ? error.message : code;
	if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT" || FULL_CODES.has(code)) return full(file);
	if (code === "EACCES" || code === "EPERM") return noRights(file);
	if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN") || code === "SQLITE_PERM" || code === "EROFS")
		return readOnly(file);
	return DAMAGE.test(code) ? damaged(file, reason) : unavailable(file, reason);
}

/** What the system answers where nothing more can be written: also beyond a limit for the size of files. */
const FULL_CODES: ReadonlySet<string> = new Set(["SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE", "EFBIG"]);

/** In our own tables nothing but damage can make a statement fail. */
const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB|FORMAT|ERROR|SCHEMA|CONSTRAINT|MISMATCH|IOERR_SHORT_READ)/;

function locked(file: string): HistoryFailure {
	return {
		failed: true,
		code: "history/locked",
		message: t`The history ${file} is locked by another program. Close it there, then run again.`,
	};
}

function full(file: string): HistoryFailure {
	const advice = t("Free some space, then run again. Whatever was stored before is still there.");
	return {
		failed: true,
		code: "history/disk-full",
		message: t`The history ${file} cannot be written: the drive is full, or a quota is used up. ${advice}`,
	};
}

function noRights(file: string): HistoryFailure {
	return {
		failed: true,
		code: "history/no-rights",
		message: t`The history ${file} may not be opened by this user. Ask for the right to it, or ${nameAnother()}.`,
	};
}

function readOnly(file: string): HistoryFailure {
	const advice = t`Ask for the right to write to the file and to its folder, or ${nameAnother()}.`;
	return {
		failed: true,
		code: "history/read-only",
		message: t`The history ${file} cannot be written: it is read-only, or its folder is. ${advice}`,
	};
}

function unavailable(file: string, reason: string): HistoryFailure {
	return {
		failed: true,
		code: "history/unavailable",
		message: t`The history ${file} cannot be used (${reason}). Try again, or ${nameAnother()}.`,
	};
}

/** A file that is no database any more, or one whose content contradicts itself. */
export function damaged(file: string, reason: string): HistoryFailure {
	const name = basename(file);
	const advice = t`It is left as it is. Move it to another folder, with ${`${name}-wal`} and ${`${name}-shm`} if they are there. Then put a backup in its place, or let the next run begin a new one and import an export (usage-report history import).`;
	return { failed: true, code: "history/damaged", message: t`The history ${file} is damaged, or is no database (${reason}). ${advice}` };
}

/** How to go on with another file, within a sentence. */
export function nameAnother(): string {
	return t("name another file (--history FILE, or the setting usageReport.history)");
}
