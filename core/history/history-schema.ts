import type { SqliteDatabase } from "../connectors/sqlite-binding.ts";
import { t } from "../texts/translate.ts";
import { damaged, HistoryError, nameAnother } from "./history-failure.ts";

/** "URH1": what makes a SQLite file a history of ours. */
export const APPLICATION_ID = 0x55524831;

/**
 * One step per version, from the one before; a file's `user_version` says how many it has had. A step that was ever released is never
 * changed. Instants are milliseconds since 1970 in UTC; week numbers are those of `weekOf`.
 */
export const MIGRATIONS: readonly string[] = [
	`CREATE TABLE log (
		server TEXT NOT NULL,
		week INTEGER NOT NULL,
		logged_at INTEGER NOT NULL,
		active_registered INTEGER NOT NULL,
		active_enterprise INTEGER NOT NULL,
		active_designers INTEGER NOT NULL,
		version TEXT,
		is_computed INTEGER NOT NULL CHECK (is_computed IN (0, 1)),
		PRIMARY KEY (server, week)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE project (
		id INTEGER PRIMARY KEY,
		file TEXT NOT NULL UNIQUE,
		title TEXT NOT NULL
	) STRICT;
	CREATE TABLE project_server (
		project INTEGER NOT NULL REFERENCES project (id),
		server TEXT NOT NULL,
		PRIMARY KEY (project, server)
	) STRICT, WITHOUT ROWID;`,
];

/** What a file is, as far as its head says. */
export interface HistoryState {
	/** True for a file without any content, which becomes a history when something is stored. */
	readonly isEmpty: boolean;
	/** Steps of {@link MIGRATIONS} that it has had. */
	readonly version: number;
}

/**
 * Looks at what a file is.
 * @throws {HistoryError} when it is no history, or one that this program is too old for.
 */
export function identify(database: SqliteDatabase, file: string, newest: number = MIGRATIONS.length): HistoryState {
	const id = database.pragma("application_id", { simple: true }) as number;
	const version = database.pragma("user_version", { simple: true }) as number;
	if (id === 0 && version === 0 && database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined)
		return { isEmpty: true, version: 0 };
	if (id !== APPLICATION_ID) {
		throw new HistoryError(
			"history/foreign",
			t`${file} is a database of another program, and no history of Usage Report. It is left as it is: ${nameAnother()}.`,
		);
	}
	if (version > newest) {
		throw new HistoryError(
			"history/newer-version",
			t`The history ${file} was made by a newer version of Usage Report (format ${version}; this one knows ${newest}). Update Usage Report, or ${nameAnother()}.`,
		);
	}
	if (version < 1) throw new HistoryError("history/damaged", damaged(file, t`its format is ${version}`).message);
	return { isEmpty: false, version };
}

/**
 * Brings a file to the newest version, in one transaction: after a kill it has the old one. Another program may do the same at the
 * same time.
 */
export function migrate(database: SqliteDatabase, file: string, migrations: readonly string[] = MIGRATIONS): void {
	if (identify(database, file, migrations.length).version === migrations.length) return;
	database
		.transaction(() => {
			const { version } = identify(database, file, migrations.length);
			for (const step of migrations.slice(version)) database.exec(step);
			database.pragma(`application_id = ${APPLICATION_ID}`);
			database.pragma(`user_version = ${migrations.length}`);
		})
		.immediate();
}

/**
 * Goes through the whole file and compares its parts.
 * @returns what is wrong, in SQLite's words; null when nothing is.
 */
export function findDamage(database: SqliteDatabase, how: "quick_check" | "integrity_check"): string | null {
	const lines = database.prepare(`PRAGMA ${how}(5)`).pluck().all() as readonly string[];
	return lines.length === 1 && lines[0] === "ok" ? null : lines.map((line) => line.replace(/\s+/g, " ").trim()).join("; ");
}
