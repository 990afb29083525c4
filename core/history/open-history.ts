import { mkdir, open, readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { findNativeBinding, loadSqlite, type SqliteDatabase } from "../connectors/sqlite-binding.ts";
import { sqliteCodeOf } from "../connectors/sqlite-failure.ts";
import { t } from "../texts/translate.ts";
import { damaged, HistoryError, type HistoryFailure, isBusy, toHistoryFailure } from "./history-failure.ts";
import { findDamage, type HistoryState, identify, migrate } from "./history-schema.ts";

/** The folder beside a project's file in which its history stands, and the name of the file in it. */
export const HISTORY_FOLDER = ".usage-report";
export const HISTORY_NAME = "history.db";

/** What a history is opened with. */
export interface OpenOptions {
	readonly signal?: AbortSignal;
	/** Milliseconds for which another program's lock is waited for. */
	readonly waitMs?: number;
}

/** A program that stores a whole estate's history holds its lock for some seconds. */
const WAIT_MS = 10_000;

/** SQLite waits for so long without listening to anybody. */
const STEP_MS = 250;

/** Holds what a large first run writes, so that it goes to the disk in one piece. */
const CACHE_KB = 64 * 1024;

/**
 * Does some work on a history that is opened for writing; a file that is not there is made. Waits while another program has it.
 * @throws `signal.reason` when aborted.
 */
export function writeHistory<Value>(
	file: string,
	options: OpenOptions,
	work: (database: SqliteDatabase) => Value,
): Promise<Value | HistoryFailure> {
	return attempt(file, options, async () => {
		await prepareFile(file);
		const database = await openDatabase(file, { timeout: STEP_MS });
		try {
			const { isEmpty } = identify(database, file);
			// Somebody may have been interrupted; SQLite mends that by itself, and it costs little to see that nothing else has happened.
			if (!isEmpty && (await sizeOf(`${file}-wal`)) > 0) refuseDamage(file, findDamage(database, "quick_check"));
			database.pragma("journal_mode = WAL");
			database.pragma("synchronous = FULL");
			database.pragma("fullfsync = ON");
			database.pragma("foreign_keys = ON");
			database.pragma(`cache_size = -${CACHE_KB}`);
			migrate(database, file);
			return work(database);
		} finally {
			database.close();
		}
	});
}

/**
 * Does some work on a history that is opened for reading. The value is that of `nothing` when there is no such file, or nothing in it.
 * @throws `signal.reason` when aborted.
 */
export function readHistory<Value>(
	file: string,
	options: OpenOptions,
	nothing: Value,
	work: (database: SqliteDatabase, state: HistoryState) => Value,
): Promise<Value | HistoryFailure> {
	return attempt(file, options, async () => {
		const state = await stat(file).catch((error: unknown) => {
			if (isMissing(error)) return null;
			throw error;
		});
		if (state === null) return nothing;
		refuseFolder(file, state);
		if (state.size === 0) return nothing;
		const database = await openForReading(file);
		try {
			const found = identify(database, file);
			return found.isEmpty ? nothing : database.transaction(() => work(database, found))();
		} finally {
			database.close();
		}
	});
}

async function attempt<Value>(
	file: string,
	{ signal, waitMs = WAIT_MS }: OpenOptions,
	work: () => Promise<Value>,
): Promise<Value | HistoryFailure> {
	const until = performance.now() + waitMs;
	for (let pauseMs = 5; ; pauseMs = Math.min(2 * pauseMs, 100)) {
		signal?.throwIfAborted();
		try {
			return await work();
		} catch (error) {
			signal?.throwIfAborted();
			if (!isBusy(error) || performance.now() >= until) return toHistoryFailure(await findReason(error, file), file);
		}
		await setTimeout(pauseMs);
	}
}

async function openDatabase(
	file: string | Buffer,
	options: { readonly timeout: number; readonly readonly?: true },
): Promise<SqliteDatabase> {
	const Sqlite = await loadSqlite();
	const binding = findNativeBinding();
	const database = new Sqlite(file, binding === null ? options : { ...options, nativeBinding: binding });
	try {
		// What the library does not do by itself before the first statement.
		database.pragma("trusted_schema = OFF");
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}

/**
 * A database with a write-ahead log needs files beside it even to be read. Where none may be made, the file is read as it is: whoever
 * closed it last has left nothing beside it.
 */
async function openForReading(file: string): Promise<SqliteDatabase> {
	let database: SqliteDatabase | null = null;
	try {
		database = await openDatabase(file, { timeout: STEP_MS, readonly: true });
		database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get();
		return database;
	} catch (error) {
		database?.close();
		const isRefused = /^SQLITE_(?:CANTOPEN|READONLY)/.test(sqliteCodeOf(error));
		if (!isRefused || (await sizeOf(`${file}-wal`)) > 0) throw error;
		const content = await readFile(file);
		// In memory there is no write-ahead log, which these two bytes of the head speak of.
		content.fill(ROLLBACK_JOURNAL, FORMAT_OFFSET, FORMAT_OFFSET + 2);
		return openDatabase(content, { timeout: STEP_MS });
	}
}

const FORMAT_OFFSET = 18;
const ROLLBACK_JOURNAL = 1;

/** Sees to it that there is a file, or that it can be made. */
async function prepareFile(file: string): Promise<void> {
	const state = await stat(file).catch((error: unknown) => {
		if (isMissing(error)) return null;
		throw error;
	});
	if (state === null) return prepareFolder(file);
	refuseFolder(file, state);
}

/**
 * Why SQLite cannot open a file, as the system says it. The file is opened only once SQLite could not: whoever closes a file gives up all locks that the
 * process has on it, also those of another thread's SQLite.
 */
async function findReason(error: unknown, file: string): Promise<unknown> {
	if (!sqliteCodeOf(error).startsWith("SQLITE_CANTOPEN")) return error;
	try {
		await (await open(file, "r")).close();
		return error;
	} catch (reason) {
		return isMissing(reason) ? error : reason;
	}
}

/** Our own folder is made where its parent is; any other has to be there. */
async function prepareFolder(file: string): Promise<void> {
	const folder = dirname(file);
	if ((await stat(folder).catch(() => null))?.isDirectory()) return;
	const parent = dirname(folder);
	const isOurs = basename(folder) === HISTORY_FOLDER && (await stat(parent).catch(() => null))?.isDirectory();
	if (!isOurs) {
		throw new HistoryError("history/no-folder", t`The history ${file} cannot be made: its folder does not exist. Create the folder first.`);
	}
	try {
		await mkdir(folder);
	} catch (error) {
		if (sqliteCodeOf(error) === "EEXIST") return;
		throw ["EACCES", "EPERM"].includes(sqliteCodeOf(error)) ? Object.assign(new Error(), { code: "EROFS" }) : error;
	}
	// It holds figures of clients, which do not belong into the history of the configurations.
	await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => {});
	// Some systems cannot do that with a folder; there it is done by the system itself.
	const handle = await open(parent, "r").catch(() => null);
	await handle?.sync().catch(() => {});
	await handle?.close();
}

function refuseFolder(file: string, state: { isFile(): boolean; isDirectory(): boolean }): void {
	if (state.isFile()) return;
	const message = state.isDirectory()
		? t`The history ${file} is a folder. Name a file in it.`
		: t`The history ${file} is not an ordinary file. Name another one.`;
	throw new HistoryError("history/not-a-file", message);
}

function refuseDamage(file: string, damage: string | null): void {
	if (damage !== null) throw new HistoryError("history/damaged", damaged(file, damage).message);
}

function isMissing(error: unknown): boolean {
	return ["ENOENT", "ENOTDIR"].includes(sqliteCodeOf(error));
}

async function sizeOf(file: string): Promise<number> {
	return (await stat(file).catch(() => null))?.size ?? 0;
}
