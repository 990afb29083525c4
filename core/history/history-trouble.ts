import { SourceError } from "../connectors/connector.ts";
import { sqliteCodeOf } from "../connectors/sqlite-failure.ts";
import { t } from "../texts/translate.ts";

/** All that can be wrong with a history, or with a log that is to go into it; documented in docs/history.md. */
export const HISTORY_CODES = [
	"history/damaged",
	"history/disk-full",
	"history/foreign",
	"history/future-log",
	"history/locked",
	"history/newer-version",
	"history/no-folder",
	"history/no-rights",
	"history/not-a-file",
	"history/read-only",
	"history/unavailable",
] as const;

/** One of them. */
export type HistoryCode = (typeof HISTORY_CODES)[number];

/** Why a history cannot be used, or not be written. */
export interface HistoryTrouble {
	readonly code: HistoryCode;
	/** What is wrong, where, and how to go on. */
	readonly message: string;
}

/** Thrown inside of this room, and nowhere else: whoever asks for something is answered a {@link HistoryTrouble}. */
export class HistoryError extends Error {
	readonly trouble: HistoryTrouble;
	constructor(code: HistoryCode, message: string) {
		super(message);
		this.trouble = { code, message };
	}
}

/** Whether another try may go well, because somebody else uses the file at this moment. */
export function isBusy(error: unknown): boolean {
	const code = sqliteCodeOf(error);
	return code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED") || code === "SQLITE_PROTOCOL" || code === "EBUSY";
}

/**
 * What went wrong with a history, in words.
 * @param path of the file.
 * @throws what is no fault of a file or of the system.
 */
export function toTrouble(error: unknown, path: string): HistoryTrouble {
	if (error instanceof HistoryError) return error.trouble;
	if (error instanceof SourceError) return { code: "history/unavailable", message: error.message };
	const code = sqliteCodeOf(error);
	if (code === "") throw error;
	if (isBusy(error)) return lockedTrouble(path);
	const reason = error instanceof Error ? error.message : code;
	if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT" || FULL_CODES.has(code)) return fullTrouble(path);
	if (code === "EACCES" || code === "EPERM") return noRights(path);
	if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN") || code === "SQLITE_PERM" || code === "EROFS")
		return readOnly(path);
	return DAMAGE.test(code) ? damaged(path, reason) : unavailable(path, reason);
}

/** What the system answers where nothing more can be written: also beyond a limit for the size of files. */
const FULL_CODES: ReadonlySet<string> = new Set(["SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE", "EFBIG"]);

/** In our own tables nothing but damage can make a statement fail. */
const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB|FORMAT|ERROR|SCHEMA|CONSTRAINT|MISMATCH|IOERR_SHORT_READ)/;

function lockedTrouble(path: string): HistoryTrouble {
	return {
		code: "history/locked",
		message: t`The history ${path} is locked by another program. Close it there, then run again.`,
	};
}

function fullTrouble(path: string): HistoryTrouble {
	const advice = t("Free some space, then run again. Whatever was stored before is still there.");
	return { code: "history/disk-full", message: t`The history ${path} cannot be written: the drive is full, or a quota is used up. ${advice}` };
}

function noRights(path: string): HistoryTrouble {
	return {
		code: "history/no-rights",
		message: t`The history ${path} may not be opened by this user. Ask for the right to it, or ${nameAnother()}.`,
	};
}

function readOnly(path: string): HistoryTrouble {
	const advice = t`Ask for the right to write to the file and to its folder, or ${nameAnother()}.`;
	return { code: "history/read-only", message: t`The history ${path} cannot be written: it is read-only, or its folder is. ${advice}` };
}

function unavailable(path: string, reason: string): HistoryTrouble {
	return { code: "history/unavailable", message: t`The history ${path} cannot be used (${reason}). Try again, or ${nameAnother()}.` };
}

/** A file that is no database any more, or one whose content contradicts itself. */
export function damaged(path: string, reason: string): HistoryTrouble {
	const advice = t(
		"It is left as it is. Move it to another place together with the files beside it whose names begin alike; the next run begins a new one, into which an export or a backup can be imported (usage-report history import).",
	);
	return { code: "history/damaged", message: t`The history ${path} is damaged, or is no database (${reason}). ${advice}` };
}

/** How to go on with another file, within a sentence. */
export function nameAnother(): string {
	return t("name another file (--history FILE, or the setting usageReport.history)");
}
