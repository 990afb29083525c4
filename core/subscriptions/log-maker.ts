import { createNames } from "../columns/name-table.ts";
import type { InstantMs } from "../dates/instant.ts";
import { createActivityCounter } from "./activity-counter.ts";
import { USER_TYPES, type UsageLogRow, type UserAccess } from "./usage-log.ts";
import { startOfWeek } from "./usage-week.ts";

/** Works out weekly logs from accesses, which may come in any order. */
export interface LogMaker {
	/** Takes one access; false for one after `asOf`, which is a data problem and counts nowhere. */
	add(access: UserAccess): boolean;
	/** By server in order of first appearance, then by week; `loggedAt` is the Wednesday 21:00 UTC. */
	finish(): readonly UsageLogRow[];
}

/**
 * Makes the logs that the servers would have sent: per server one for each Wednesday 21:00 UTC from the first at or after its first
 * access up to `asOf`. Each counts every user once, by the type of this user's latest access so far, if that access is recent enough for
 * the type. Server and user names are compared exactly, after trimming; the names of users serve for nothing else and are not kept.
 *
 * A list of each user's last access is counted in the same way. It no longer shows who was active in earlier weeks, nor
 * that a user who came back since the last Wednesday was active before: there a log is a lower bound.
 */
export function createLogMaker(asOf: InstantMs): LogMaker {
	const servers: string[] = [];
	const serverIndices = new Map<string, number>();
	const users = createNames();
	const counter = createActivityCounter(asOf);

	function serverIndexOf(server: string): number {
		const known = serverIndices.get(server);
		if (known !== undefined) return known;
		serverIndices.set(server, servers.length);
		return servers.push(server) - 1;
	}

	function logsOf(server: string, index: number): readonly UsageLogRow[] {
		const activity = counter.countServer(index);
		if (activity === null) return [];
		const { firstWeek, counts } = activity;
		return Array.from({ length: counts.length / USER_TYPES.length }, (_, offset): UsageLogRow => {
			const first = offset * USER_TYPES.length;
			return {
				server,
				loggedAt: startOfWeek(firstWeek + offset),
				activeRegistered: counts[first]!,
				activeEnterprise: counts[first + 1]!,
				activeDesigners: counts[first + 2]!,
			};
		});
	}

	return {
		add({ server, user, userType, accessedAt }) {
			if (accessedAt > asOf) return false;
			counter.add(serverIndexOf(server.trim()), users.indexOf(user.trim()), USER_TYPES.indexOf(userType), accessedAt);
			return true;
		},
		finish: () => servers.flatMap(logsOf),
	};
}
