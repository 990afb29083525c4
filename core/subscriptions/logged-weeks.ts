import type { InstantMs } from "../dates/instant.ts";
import type { UsageLogRow } from "./usage-log.ts";
import { type UsageWeek, weekOf } from "./usage-week.ts";

/** The log that counts for one server and week. */
export interface LoggedWeek {
	readonly week: UsageWeek;
	readonly log: UsageLogRow;
}

/** The counted logs of every server, and how many do not count because they lie after `asOf`. */
export interface LoggedWeeks {
	/** By server name, in order of first appearance; per server by week, ascending and never empty. */
	readonly byServer: ReadonlyMap<string, readonly LoggedWeek[]>;
	/** Number of logs after `asOf` by server name; servers without any are absent. */
	readonly futureLogs: ReadonlyMap<string, number>;
}

/**
 * Chooses one log per server and week: the latest, and of two with the same instant the later in the list. Logs after
 * `asOf` never count. Server names are compared exactly, after trimming, and the logs carry the trimmed name.
 */
export function chooseLogs(logs: readonly UsageLogRow[], asOf: InstantMs): LoggedWeeks {
	const chosen = new Map<string, Map<UsageWeek, UsageLogRow>>();
	const futureLogs = new Map<string, number>();
	for (const log of logs) {
		const server = log.server.trim();
		if (log.loggedAt > asOf) {
			futureLogs.set(server, (futureLogs.get(server) ?? 0) + 1);
			continue;
		}
		const weeks = chosen.get(server) ?? new Map<UsageWeek, UsageLogRow>();
		chosen.set(server, weeks);
		const week = weekOf(log.loggedAt);
		const rival = weeks.get(week);
		if (rival === undefined || log.loggedAt >= rival.loggedAt) weeks.set(week, server === log.server ? log : { ...log, server });
	}
	return { byServer: new Map([...chosen].map(([server, weeks]) => [server, inWeekOrder(weeks)])), futureLogs };
}

/**
 * Active Registered of the week at `index` minus that of the week directly before it; null when that week has no log, so
 * that a gap never shows as a jump.
 */
export function weeklyDifferenceAt(weeks: readonly LoggedWeek[], index: number): number | null {
	const current = weeks[index];
	const before = weeks[index - 1];
	if (current === undefined || before === undefined || before.week !== current.week - 1) return null;
	return current.log.activeRegistered - before.log.activeRegistered;
}

function inWeekOrder(weeks: ReadonlyMap<UsageWeek, UsageLogRow>): readonly LoggedWeek[] {
	return [...weeks].map(([week, log]) => ({ week, log })).toSorted((a, b) => a.week - b.week);
}
