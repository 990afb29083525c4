import { type InstantMs, MS_PER_DAY } from "../dates/instant.ts";
import { ACTIVE_DAYS } from "./active-users.ts";
import { USER_TYPES } from "./usage-log.ts";
import { startOfWeek, type UsageWeek, weekOf } from "./usage-week.ts";

/**
 * Counts active users at every Wednesday 21:00 UTC in one pass over their accesses, which may come in any order. What it keeps are
 * typed arrays: 12 bytes per user, server and week with an access, of whose accesses only the latest can matter at any of these instants.
 */
export interface ActivityCounter {
	/**
	 * Takes one access.
	 * @param server any number from 0; so is `user`. Small numbers without gaps are best.
	 * @param type place in {@link USER_TYPES}.
	 * @param accessedAt not after the instant up to which is counted.
	 */
	add(server: number, user: number, type: number, accessedAt: InstantMs): void;
	/** Active users of a server by week; null when there is no Wednesday after its first access yet. */
	countServer(server: number): ServerActivity | null;
}

/** Active users of one server. */
export interface ServerActivity {
	/** The week that begins at or next after the first access. */
	readonly firstWeek: UsageWeek;
	/** For each week from the first one on, the users of each type in the order of {@link USER_TYPES}. */
	readonly counts: Int32Array;
}

const TYPES = USER_TYPES.length;
/** Of an entry's value, the lower bits are the type, the others the milliseconds from the Wednesday before, of which a week has fewer than 2³⁰. */
const TYPE_BITS = 4;
const NONE = 0;

/** A counter without any access. @param asOf instant of the latest Wednesday that counts, or one after it. */
export function createActivityCounter(asOf: InstantMs): ActivityCounter {
	const latest = weekOf(asOf);
	const activeMs = USER_TYPES.map((type) => ACTIVE_DAYS[type] * MS_PER_DAY);
	const pairs = createPairs();
	// Per pair the place of its newest entry + 1; an entry leads to the next older one in the same way.
	let newest = new Uint32Array(FIRST_LENGTH);
	// In the same way the entry that was last changed, from which lists that begin with the newest access need not look far.
	let recent = new Uint32Array(FIRST_LENGTH);
	let entryCount = 0;
	let weeks = new Int32Array(FIRST_LENGTH);
	let values = new Uint32Array(FIRST_LENGTH);
	let older = new Uint32Array(FIRST_LENGTH);
	let counted: Map<number, ServerActivity> | null = null;

	function addEntry(week: UsageWeek, value: number, next: number): number {
		if (entryCount === weeks.length) {
			weeks = enlarged(weeks, new Int32Array(2 * entryCount));
			values = enlarged(values, new Uint32Array(2 * entryCount));
			older = enlarged(older, new Uint32Array(2 * entryCount));
		}
		weeks[entryCount] = week;
		values[entryCount] = value;
		older[entryCount] = next;
		return ++entryCount;
	}

	function countAll(): Map<number, ServerActivity> {
		const byServer = new Map<number, ServerActivity>();
		for (const [server, firstWeek] of findFirstWeeks()) {
			// One week more, for what ends with the latest.
			if (firstWeek <= latest) byServer.set(server, { firstWeek, counts: new Int32Array(TYPES * (latest - firstWeek + 2)) });
		}
		for (let pair = 0; pair < pairs.count(); pair++) {
			const activity = byServer.get(pairs.serverOf(pair));
			if (activity !== undefined) addPair(pair, activity);
		}
		for (const [server, { firstWeek, counts }] of byServer) {
			for (let place = TYPES; place < counts.length; place++) counts[place]! += counts[place - TYPES]!;
			byServer.set(server, { firstWeek, counts: counts.subarray(0, counts.length - TYPES) });
		}
		return byServer;
	}

	function findFirstWeeks(): ReadonlyMap<number, UsageWeek> {
		const first = new Map<number, UsageWeek>();
		for (let pair = 0; pair < pairs.count(); pair++) {
			let entry = newest[pair]!;
			while (older[entry - 1] !== NONE) entry = older[entry - 1]!;
			const week = weeks[entry - 1]!;
			const server = pairs.serverOf(pair);
			const known = first.get(server);
			if (known === undefined || week < known) first.set(server, week);
		}
		return first;
	}

	/** Notes +1 where a user becomes active and −1 after the last week; sums are made later. */
	function addPair(pair: number, { firstWeek, counts }: ServerActivity): void {
		// An access says how things are until the next one.
		let before = latest + 1;
		for (let entry = newest[pair]!; entry !== NONE; entry = older[entry - 1]!) {
			const week = weeks[entry - 1]!;
			const value = values[entry - 1]!;
			const type = value % TYPE_BITS;
			const accessedAt = startOfWeek(week - 1) + Math.floor(value / TYPE_BITS);
			const last = Math.min(weekOf(accessedAt + activeMs[type]!), before - 1);
			if (week <= last) {
				counts[(week - firstWeek) * TYPES + type]! += 1;
				counts[(last + 1 - firstWeek) * TYPES + type]! -= 1;
			}
			before = Math.min(before, week);
		}
	}

	return {
		add(server, user, type, accessedAt) {
			counted = null;
			const instant = Math.floor(accessedAt);
			const week = weekOf(instant - 1) + 1;
			const value = (instant - startOfWeek(week - 1)) * TYPE_BITS + type;
			const pair = pairs.placeOf(server, user);
			if (pair >= newest.length) {
				newest = enlarged(newest, new Uint32Array(2 * newest.length));
				recent = enlarged(recent, new Uint32Array(2 * recent.length));
			}
			let newer = NONE;
			let entry = recent[pair]!;
			if (entry === NONE || weeks[entry - 1]! < week) entry = newest[pair]!;
			while (entry !== NONE && weeks[entry - 1]! > week) {
				newer = entry;
				entry = older[entry - 1]!;
			}
			if (entry !== NONE && weeks[entry - 1] === week) {
				// Of two at the same instant the later in the list counts.
				if (Math.floor(value / TYPE_BITS) >= Math.floor(values[entry - 1]! / TYPE_BITS)) values[entry - 1] = value;
				recent[pair] = entry;
				return;
			}
			const added = addEntry(week, value, entry);
			recent[pair] = added;
			if (newer === NONE) newest[pair] = added;
			else older[newer - 1] = added;
		},
		countServer(server) {
			counted ??= countAll();
			return counted.get(server) ?? null;
		},
	};
}

const FIRST_LENGTH = 1024;

/** Pairs of a server and a user, numbered from 0 in the order in which they first come. */
interface Pairs {
	placeOf(server: number, user: number): number;
	serverOf(pair: number): number;
	count(): number;
}

function createPairs(): Pairs {
	let count = 0;
	let servers = new Uint32Array(FIRST_LENGTH);
	let users = new Uint32Array(FIRST_LENGTH);
	// Places + 1 by hash; 0 in a free slot. At most half of the slots are taken.
	let slots = new Uint32Array(4 * FIRST_LENGTH);

	function slotOf(server: number, user: number): number {
		const mask = slots.length - 1;
		let hash = Math.imul(server, 0x9e3779b1) ^ Math.imul(user, 0x85ebca6b);
		hash ^= hash >>> 15;
		let slot = hash & mask;
		for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
			if (users[found - 1] === user && servers[found - 1] === server) break;
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	function grow(): void {
		servers = enlarged(servers, new Uint32Array(2 * count));
		users = enlarged(users, new Uint32Array(2 * count));
		slots = new Uint32Array(2 * slots.length);
		for (let pair = 0; pair < count; pair++) slots[slotOf(servers[pair]!, users[pair]!)] = pair + 1;
	}

	return {
		placeOf(server, user) {
			const known = slots[slotOf(server, user)]!;
			if (known !== 0) return known - 1;
			if (count === servers.length) grow();
			slots[slotOf(server, user)] = count + 1;
			servers[count] = server;
			users[count] = user;
			return count++;
		},
		serverOf: (pair) => servers[pair]!,
		count: () => count,
	};
}

function enlarged<Values extends Uint32Array | Int32Array>(values: Values, larger: Values): Values {
	larger.set(values);
	return larger;
}
