import type { InstantMs } from "../dates/instant.ts";
import type { UsageLogRow } from "../subscriptions/usage-log.ts";

/**
 * The logs that were read now together with the stored ones, in the order in which `chooseLogs` lets the later of two with the same
 * instant count: computed now, stored computed, stored sent, sent now. What another one of the same kind, server and instant stands for is left
 * out, so that a log that was stored by an earlier run is there once.
 */
export function mergeLogs(read: readonly UsageLogRow[], stored: readonly UsageLogRow[]): readonly UsageLogRow[] {
	if (stored.length === 0) return [...read.filter(isComputed), ...read.filter(isSent)];
	const sentNow = keysOf(read.filter(isSent));
	const computedBefore = keysOf(stored.filter(isComputed));
	return [
		...read.filter((log) => isComputed(log) && !has(computedBefore, log)),
		...stored.filter(isComputed),
		...stored.filter((log) => isSent(log) && !has(sentNow, log)),
		...read.filter(isSent),
	];
}

/** Whether a server has sent a log itself. */
export function isSent(log: UsageLogRow): boolean {
	return log.isComputed !== true;
}

function isComputed(log: UsageLogRow): boolean {
	return log.isComputed === true;
}

type Keys = ReadonlyMap<string, ReadonlySet<InstantMs>>;

function keysOf(logs: readonly UsageLogRow[]): Keys {
	const keys = new Map<string, Set<InstantMs>>();
	for (const { server, loggedAt } of logs) {
		const name = server.trim();
		const known = keys.get(name);
		if (known === undefined) keys.set(name, new Set([loggedAt]));
		else known.add(loggedAt);
	}
	return keys;
}

function has(keys: Keys, { server, loggedAt }: UsageLogRow): boolean {
	return keys.get(server.trim())?.has(loggedAt) ?? false;
}
