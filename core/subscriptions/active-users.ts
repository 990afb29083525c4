import { type InstantMs, MS_PER_DAY } from "../dates/instant.ts";
import { USER_TYPES, type UsageLogRow, type UserAccess, type UserType } from "./usage-log.ts";
import { startOfWeek, type UsageWeek, weekOf } from "./usage-week.ts";

/**
 * Days for which one access makes a user active. They define what "active" means and are no settings; exactly this many
 * times 24 hours still counts.
 */
export const ACTIVE_DAYS: { readonly [type in UserType]: number } = { Registered: 90, Enterprise: 90, Designer: 180 };

/** Weekly logs that were worked out from accesses. */
export interface ComputedLogs {
	/** By server in order of first appearance, then by week; `loggedAt` is the Wednesday 21:00 UTC. */
	readonly logs: readonly UsageLogRow[];
	/** Indices of the accesses after `asOf`; they are data problems and count nowhere. */
	readonly futureAccesses: readonly number[];
}

/**
 * Works out the logs that the servers would have sent: per server one for each Wednesday 21:00 UTC from the first at or
 * after its first access up to `asOf`, each counting every user once per type. Server and user names are compared exactly,
 * after trimming.
 *
 * A list of each user's last access is counted in the same way. It no longer shows who was active in earlier weeks, nor
 * that a user who came back since the last Wednesday was active before: there a log is a lower bound.
 */
export function computeLogs(accesses: readonly UserAccess[], asOf: InstantMs): ComputedLogs {
	const futureAccesses: number[] = [];
	const servers = new Map<string, ServerUsers>();
	for (const [index, access] of accesses.entries()) {
		const users = getOrAdd(servers, access.server.trim(), newServer)[access.userType];
		const name = access.user.trim();
		if (access.accessedAt > asOf) futureAccesses.push(index);
		else addSpan(getOrAdd(users, name, newSpans), access);
	}
	const latest = weekOf(asOf);
	const logs = [...servers].flatMap(([server, users]) => weeklyLogsOf(server, users, latest));
	return { logs, futureAccesses };
}

/** Weeks, both inclusive, at whose beginning a user is active because of one access. `first` is the first that begins at or after it. */
interface WeekSpan {
	readonly first: UsageWeek;
	readonly last: UsageWeek;
}

/** Spans by user name; users whose accesses all lie in the future are absent. */
type ServerUsers = { readonly [type in UserType]: Map<string, WeekSpan[]> };

function newServer(): ServerUsers {
	return { Registered: new Map(), Enterprise: new Map(), Designer: new Map() };
}

function newSpans(): WeekSpan[] {
	return [];
}

function addSpan(spans: WeekSpan[], access: UserAccess): void {
	const first = weekOf(access.accessedAt - 1) + 1;
	const last = weekOf(access.accessedAt + ACTIVE_DAYS[access.userType] * MS_PER_DAY);
	const previous = spans.at(-1);
	// Most accesses repeat the one before; without this a list of millions of them would need as many spans.
	if (previous?.first !== first || previous.last !== last) spans.push({ first, last });
}

function weeklyLogsOf(server: string, users: ServerUsers, latest: UsageWeek): readonly UsageLogRow[] {
	const firstWeek = firstWeekOf(users);
	if (firstWeek === null || firstWeek > latest) return [];
	const counts = {
		Registered: countByWeek(users.Registered, firstWeek, latest),
		Enterprise: countByWeek(users.Enterprise, firstWeek, latest),
		Designer: countByWeek(users.Designer, firstWeek, latest),
	};
	return Array.from({ length: latest - firstWeek + 1 }, (_, offset) =>
		makeLog(server, firstWeek + offset, (type) => counts[type][offset] ?? 0),
	);
}

/** The week that begins at or next after the server's first access; null when all its accesses lie in the future. */
function firstWeekOf(users: ServerUsers): UsageWeek | null {
	let first: UsageWeek | null = null;
	for (const type of USER_TYPES) {
		for (const spans of users[type].values()) {
			for (const span of spans) if (first === null || span.first < first) first = span.first;
		}
	}
	return first;
}

/** Active users at the beginning of each week from `firstWeek` to `latest`. */
function countByWeek(users: ReadonlyMap<string, readonly WeekSpan[]>, firstWeek: UsageWeek, latest: UsageWeek): Int32Array {
	const counts = new Int32Array(latest - firstWeek + 2);
	for (const spans of users.values()) {
		// Each stretch of weeks counts once: +1 where it begins, -1 after its end, and the sums at last.
		let counted = firstWeek - 1;
		for (const span of spans.toSorted((a, b) => a.first - b.first)) {
			const from = Math.max(span.first, counted + 1);
			const to = Math.min(span.last, latest);
			if (from > to) continue;
			counts[from - firstWeek]! += 1;
			counts[to - firstWeek + 1]! -= 1;
			counted = to;
		}
	}
	for (let index = 1; index < counts.length; index++) counts[index]! += counts[index - 1]!;
	return counts;
}

function makeLog(server: string, week: UsageWeek, countActive: (type: UserType) => number): UsageLogRow {
	return {
		server,
		loggedAt: startOfWeek(week),
		activeRegistered: countActive("Registered"),
		activeEnterprise: countActive("Enterprise"),
		activeDesigners: countActive("Designer"),
	};
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
