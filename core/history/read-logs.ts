import type { UsageLogRow } from "../subscriptions/usage-log.ts";
import type { HistoryFailure } from "./history-failure.ts";
import { LOG_COLUMNS, type StoredRow, toLog } from "./log-rows.ts";
import { type OpenOptions, readHistory } from "./open-history.ts";

/** Which logs of a history are wanted. */
export interface WantedLogs {
	/** Names of servers, without white space around them. */
	readonly servers: readonly string[];
	/** File of a project as the history notes it, for the servers that are noted for it as well; null for none. */
	readonly project: string | null;
}

/** Logs by server, then by week: one for each of both. */
export interface HistoryLogs {
	readonly failed: false;
	readonly logs: readonly UsageLogRow[];
}

/**
 * Reads logs from a history; a file that is not there has none.
 * @param file absolute.
 * @param wanted null for all.
 * @throws the signal's reason once it is aborted.
 */
export function readLogs(file: string, wanted: WantedLogs | null, options: OpenOptions = {}): Promise<HistoryLogs | HistoryFailure> {
	return readHistory<HistoryLogs>(file, options, { failed: false, logs: [] }, (database) => {
		const which =
			wanted === null
				? ""
				: `WHERE server IN (SELECT value FROM json_each(?) UNION
					SELECT server FROM project_server JOIN project ON project.id = project_server.project WHERE file = ?)`;
		const rows = database
			.prepare(`SELECT ${LOG_COLUMNS} FROM log ${which} ORDER BY server, week`)
			.raw(true)
			.all(...(wanted === null ? [] : [JSON.stringify(wanted.servers), wanted.project])) as readonly StoredRow[];
		return { failed: false, logs: rows.map(toLog) };
	});
}
