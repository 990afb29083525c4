import { stringify } from "csv-stringify/sync";
import { compareCodeUnits } from "../../core/compare-code-units.ts";
import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import { ORIGIN_COLUMN, ORIGINS } from "../../core/loading/load-log-file.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";

const COLUMNS = ["server", "loggedAt", "activeRegistered", "activeEnterprise", "activeDesigners", "version", ORIGIN_COLUMN] as const;

/**
 * Logs as CSV (comma, LF, quotes where needed): a header, then one record each by server and instant, so that the same logs are always the
 * same bytes. `usage-report history import` reads it, and so does a data source that provides `usageLog`.
 */
export function* toHistoryCsv(logs: readonly UsageLogRow[]): Iterable<string> {
	yield stringify([[...COLUMNS]]);
	const ordered = [...logs].sort((a, b) => compareCodeUnits(a.server, b.server) || a.loggedAt - b.loggedAt);
	for (const { server, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version, isComputed } of ordered) {
		const origin = ORIGINS[isComputed === true ? 1 : 0];
		yield stringify([[server, formatExactly(loggedAt), activeRegistered, activeEnterprise, activeDesigners, version ?? "", origin]]);
	}
}

/** With milliseconds only where there are any. */
function formatExactly(instant: InstantMs): string {
	return instant % 1000 === 0 ? formatInstant(instant) : new Date(instant).toISOString();
}
