import type { SqliteDatabase } from "../connectors/sqlite-binding.ts";
import type { UsageLogRow } from "../subscriptions/usage-log.ts";
import type { HistoryTrouble } from "./history-trouble.ts";
import { type HistoryOptions, readHistory, writeHistory } from "./open-history.ts";
import { type PackedLogs, packLogs, unpackLogs } from "./packed-logs.ts";
import { type StoredRow, type StoreOutcome, selectLogs, storeLogs, toLog } from "./store-logs.ts";

/** What is to be stored in a history, and what is to be read from it. */
export interface HistoryRequest {
	/** Absolute. */
	readonly path: string;
	readonly projects: readonly HistoryProject[];
	/** False where nothing may be written. */
	readonly stores: boolean;
	/** Whether computed logs take the place of stored computed ones that say something else. */
	readonly replaceComputed?: boolean;
	/** Milliseconds for which another program's lock is waited for. */
	readonly waitMs?: number;
}

/** A project that a history is asked for. */
export interface HistoryProject {
	/** Path of its file from the folder of the history, with forward slashes. */
	readonly file: string;
	readonly title: string;
	/** Logs to store. */
	readonly logs: PackedLogs;
	/** Servers whose logs are read; those that the history has noted for the project are too. */
	readonly servers: readonly string[];
}

/** What a history has answered. */
export interface HistoryAnswer {
	/** By project; null when nothing could be or was to be stored. */
	readonly stored: readonly StoreOutcome[] | null;
	/** By server and week, with what has just been stored; null when they could not be read. */
	readonly logs: PackedLogs | null;
	/** What prevented the one or the other. */
	readonly trouble: HistoryTrouble | null;
}

/**
 * Stores logs in a history, and reads what it has of some projects. A history that cannot be written is read all the same, if possible. One
 * that is not there is made when there is something to store.
 * @throws `signal.reason` when aborted.
 */
export async function syncHistory(request: HistoryRequest, signal: AbortSignal): Promise<HistoryAnswer> {
	const { path, projects, stores, replaceComputed = false, waitMs } = request;
	const options: HistoryOptions = { signal, ...(waitMs === undefined ? {} : { waitMs }) };
	const read = (database: SqliteDatabase) => packLogs(readLogs(database, projects, signal));
	const isStoring = stores && projects.some(({ logs }) => logs.serverOf.length > 0);
	let prevented: HistoryTrouble | null = null;
	if (isStoring) {
		const logs = projects.map((project) => ({ ...project, logs: unpackLogs(project.logs) }));
		const written = await writeHistory(path, options, (database) => {
			const stored = storeLogs(database, logs, replaceComputed, signal);
			return { stored, logs: read(database) };
		});
		if (written.value !== null) return { ...written.value, trouble: null };
		prevented = written.trouble;
	}
	const found = await readHistory(path, options, packLogs([]), read);
	return { stored: null, logs: found.value, trouble: found.trouble ?? prevented };
}

function readLogs(database: SqliteDatabase, projects: readonly HistoryProject[], signal: AbortSignal): readonly UsageLogRow[] {
	const noted = database
		.prepare("SELECT server FROM project_server JOIN project ON project.id = project_server.project WHERE file = ?")
		.pluck();
	const servers = new Set(projects.flatMap(({ file, servers: named }) => [...named, ...(noted.all(file) as readonly string[])]));
	const select = selectLogs(database);
	const logs: UsageLogRow[] = [];
	for (const server of servers) {
		signal.throwIfAborted();
		for (const row of select.all(server) as readonly StoredRow[]) logs.push(toLog(server, row));
	}
	return logs;
}
