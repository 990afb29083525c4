import type { InstantMs } from "../dates/instant.ts";
import { damaged, HistoryError, type HistoryFailure } from "./history-failure.ts";
import { findDamage } from "./history-schema.ts";
import { type OpenOptions, readHistory } from "./open-history.ts";

/** What a sound history holds. */
export interface CheckedHistory {
	readonly failed: false;
	/** Version of its format; 0 where there is no file, or nothing in it. */
	readonly version: number;
	readonly servers: number;
	readonly logs: number;
	/** How many of the logs were computed from accesses. */
	readonly computed: number;
	/** Different weeks that have a log. */
	readonly weeks: number;
	/** Instants of the first and the last log; null without any. */
	readonly from: InstantMs | null;
	readonly to: InstantMs | null;
}

/**
 * Looks through all of a history, every page and index of it.
 * @param file absolute.
 * @throws the signal's reason once it is aborted.
 */
export function checkHistory(file: string, options: OpenOptions = {}): Promise<CheckedHistory | HistoryFailure> {
	const nothing = { failed: false, version: 0, servers: 0, logs: 0, computed: 0, weeks: 0, from: null, to: null } as const;
	return readHistory<CheckedHistory>(file, options, nothing, (database, { version }) => {
		const damage = findDamage(database, "integrity_check");
		if (damage !== null) throw new HistoryError("history/damaged", damaged(file, damage).message);
		const counts = database
			.prepare(
				`SELECT count(DISTINCT server) AS servers, count(*) AS logs, coalesce(sum(is_computed), 0) AS computed,
					count(DISTINCT week) AS weeks, min(logged_at) AS "from", max(logged_at) AS "to" FROM log`,
			)
			.get() as Omit<CheckedHistory, "failed" | "version">;
		return { failed: false, version, ...counts };
	});
}
