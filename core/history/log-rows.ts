import type { UsageLogRow } from "../subscriptions/usage-log.ts";

/** Columns of the table `log` that {@link toLog} takes, in order. */
export const LOG_COLUMNS = "server, logged_at, active_registered, active_enterprise, active_designers, version, is_computed";

/** A row of {@link LOG_COLUMNS} as a log. */
export function toLog(row: readonly unknown[]): UsageLogRow {
	const [server, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version, isComputed] = row as readonly [
		string,
		number,
		number,
		number,
		number,
		string | null,
		number,
	];
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
