import type { InstantMs } from "../dates/instant.ts";
import type { HistoryFailure } from "./history-failure.ts";
import { versionOf } from "./history-schema.ts";
import { checkPages, type OpenOptions, readHistory } from "./open-history.ts";

/** What a sound history holds. */
export interface CheckedHistory {
	readonly failed: false;
	/** Schema version of the file; 0 where there is no file, or nothing in it. */
	readonly version: number;
	readonly servers: number;
	readonly logs: number;
	/** How many of the logs were computed from accesses. */
	readonly computed: number;
	/** Instants of the first and the last log; null without any. */
	readonly from: InstantMs | null;
	readonly to: InstantMs | null;
}

/** Looks through all of a history, every page and index of it. @param file absolute. */
export function checkHistory(file: string, options: OpenOptions = {}): Promise<CheckedHistory | HistoryFailure> {
	return readHistory<CheckedHistory>(
		file,
		{ failed: false, version: 0, servers: 0, logs: 0, computed: 0, from: null, to: null },
		(database) => {
			checkPages(database, file, "integrity_check");
			const [servers, logs, computed, from, to] = database
				.prepare("SELECT count(DISTINCT server), count(*), coalesce(sum(is_computed), 0), min(logged_at), max(logged_at) FROM log")
				.raw(true)
				.get() as readonly [number, number, number, number | null, number | null];
			return { failed: false, version: versionOf(database), servers, logs, computed, from, to };
		},
		options,
	);
}
