import type { SqliteDatabase } from "../connectors/sqlite-binding.ts";
import type { InstantMs } from "../dates/instant.ts";
import { findDamage } from "./history-schema.ts";
import { damaged, HistoryError } from "./history-trouble.ts";
import { type HistoryOptions, type HistoryResult, readHistory } from "./open-history.ts";
import { type PackedLogs, packLogs } from "./packed-logs.ts";
import { type StoredRow, toLog } from "./store-logs.ts";

/** What a history holds. */
export interface HistoryContent {
	/** Version of its format. */
	readonly version: number;
	readonly servers: number;
	readonly logs: number;
	/** Of these. */
	readonly computedLogs: number;
	/** Different weeks. */
	readonly weeks: number;
	/** Instants of the first and the last log; null when there is none. */
	readonly span: { readonly first: InstantMs; readonly last: InstantMs } | null;
	readonly projects: readonly { readonly file: string; readonly title: string; readonly servers: number }[];
}

/**
 * Checks a whole history, and says what it holds; null when there is no such file, or nothing in it.
 * @throws `signal.reason` when aborted.
 */
export function checkHistory(path: string, options: HistoryOptions): Promise<HistoryResult<HistoryContent | null>> {
	return readHistory<HistoryContent | null>(path, options, null, (database, { version }) => {
		const damage = findDamage(database, "integrity_check");
		if (damage !== null) throw new HistoryError("history/damaged", damaged(path, damage).message);
		return { version, ...count(database) };
	});
}

function count(database: SqliteDatabase): Omit<HistoryContent, "version"> {
	const totals = database
		.prepare(
			`SELECT count(*) AS logs, count(DISTINCT server) AS servers, count(DISTINCT week) AS weeks,
				coalesce(sum(is_computed), 0) AS computedLogs, min(logged_at) AS first, max(logged_at) AS last FROM log`,
		)
		.get() as { logs: number; servers: number; weeks: number; computedLogs: number; first: number | null; last: number | null };
	const { first, last, ...counts } = totals;
	const projects = database
		.prepare(
			"SELECT file, title, count(server) AS servers FROM project LEFT JOIN project_server ON project = id GROUP BY id ORDER BY file",
		)
		.all() as { file: string; title: string; servers: number }[];
	return { ...counts, span: first === null || last === null ? null : { first, last }, projects };
}

/**
 * All logs of a history, by server in code-unit order, then by week.
 * @throws `signal.reason` when aborted.
 */
export function readAllLogs(path: string, options: HistoryOptions): Promise<HistoryResult<PackedLogs>> {
	return readHistory(path, options, packLogs([]), (database) => {
		const rows = database
			.prepare(
				`SELECT server, week, logged_at, active_registered, active_enterprise, active_designers, version, is_computed
				FROM log ORDER BY server, week`,
			)
			.raw(true)
			.all() as readonly (readonly [string, ...StoredRow])[];
		return packLogs(rows.map(([server, ...row]) => toLog(server, row)));
	});
}
