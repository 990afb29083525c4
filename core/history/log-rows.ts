import type { UsageLogRow } from "../subscriptions/usage-log.ts";

/** Columns of the table `log` that {@link toLog} takes, in order. */
export const LOG_COLUMNS = "server, logged_at, active_registered, active_enterprise, active_designers, version, is_computed";

/** A row of {@link LOG_COLUMNS}. */
export type StoredRow = readonly [string, number, number, number, number, string | null, number];

/** A row of the table as a log. */
export function toLog([
	server,
	loggedAt,
	activeRegistered,
	activeEnterprise,
	activeDesigners,
	version,
	isComputed,
]: StoredRow): UsageLogRow {
	return {
		server,
		loggedAt,
		activeRegistered,
		activeEnterprise,
		activeDesigners,
		...(version === null ? {} : { version }),
		...(isComputed === 1 ? { isComputed: true } : {}),
	};
}
