import type { InstantMs } from "../dates/instant.ts";
import { doAll, type Steps } from "./in-steps.ts";
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
	/** Number of logs after `asOf` by server name; servers without any are absent. Those of one instant are one, however often they were read. */
	readonly futureLogs: ReadonlyMap<string, number>;
}

/** What a step goes through. */
const STEP_LOGS = 4096;
const STEP_SERVERS = 64;

/**
 * Chooses one log per server and week: the latest, and of two with the same instant the later in the list. Logs after
 * `asOf` never count. Server names are compared exactly, after trimming, and the logs carry the trimmed name.
 */
export function chooseLogs(logs: readonly UsageLogRow[], asOf: InstantMs): LoggedWeeks {
	return doAll(chooseLogsInSteps(logs, asOf));
}

/** As {@link chooseLogs}, in steps. */
export function* chooseLogsInSteps(logs: readonly UsageLogRow[], asOf: InstantMs): Steps<LoggedWeeks> {
	let passed = 0;
	const chosen = new Map<string, Map<UsageWeek, UsageLogRow>>();
	const futureInstants = new Map<string, Set<InstantMs>>();
	for (const log of logs) {
		if (++passed % STEP_LOGS === 0) yield;
		const server = log.server.trim();
		if (log.loggedAt > asOf) {
			const instants = futureInstants.get(server) ?? new Set();
			futureInstants.set(server, instants.add(log.loggedAt));
			continue;
		}
		const weeks = chosen.get(server) ?? new Map<UsageWeek, UsageLogRow>();
		chosen.set(server, weeks);
		const week = weekOf(log.loggedAt);
		const rival = weeks.get(week);
		if (rival === undefined || log.loggedAt >= rival.loggedAt) weeks.set(week, server === log.server ? log : { ...log, server });
	}
	const byServer = new Map<string, readonly LoggedWeek[]>();
	for (const [server, weeks] of chosen) {
		byServer.set(server, inWeekOrder(weeks));
		if (byServer.size % STEP_SERVERS === 0) yield;
	}
	return {
		byServer,
		futureLogs: new Map([...futureInstants].map(([server, instants]) => [server, instants.size])),
	};
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
	return Array.from(weeks, ([week, log]) => ({ week, log })).sort((a, b) => a.week - b.week);
}
