import { type NameTable, namesOf } from "../columns/name-table.ts";
import { sharedInt32 } from "../columns/shared-array.ts";
import { type InstantMs, MS_PER_DAY } from "../dates/instant.ts";
import { type MergedNames, mergeNames } from "../usage/merge-names.ts";
import { ACTIVE_DAYS } from "./active-users.ts";
import { type ActivityTally, BLOCK, BLOCK_WEEKS, BLOCK_WORDS, CHUNK_BITS, CHUNK_MASK, NO_FIRST_WEEK, TYPE_BITS } from "./activity-tally.ts";
import { createPairSlots } from "./pair-slots.ts";
import { USER_TYPES, type UsageLogRow } from "./usage-log.ts";
import { startOfWeek, type UsageWeek, weekOf } from "./usage-week.ts";

/** Active users of servers by week and type; plain data in shared memory, without the name of any user. */
export interface ActivityCounts {
	/** In order of first access; only those with a Wednesday after it. */
	readonly servers: NameTable;
	/** By server the week that begins at or next after its first access. */
	readonly firstWeeks: Int32Array;
	/** By server, for each week from the first one to that of `asOf`, the users of each type in the order of `USER_TYPES`. */
	readonly counts: Int32Array;
}

const TYPES = USER_TYPES.length;
const TYPE_MASK = 2 ** TYPE_BITS - 1;

/**
 * Makes the counts of the logs that the servers would have sent: per server one for each Wednesday 21:00 UTC from the first at or after its
 * first access up to `asOf`. Each counts every user once, by the type of this user's latest access so far, if that access is
 * recent enough for the type. The tallies are taken as one list, in their order: of two accesses at the same instant the one in the
 * later tally counts. Names are compared exactly.
 *
 * A list of each user's last access is counted in the same way. It no longer shows who was active in earlier weeks, nor
 * that a user who came back since the last Wednesday was active before: there a log is a lower bound.
 */
export function countActivity(tallies: readonly ActivityTally[], asOf: InstantMs): ActivityCounts {
	const latest = weekOf(asOf);
	const servers = mergeNames(tallies.map((tally) => tally.servers));
	const users = mergeNames(tallies.map((tally) => tally.users));
	const layout = layOutCounts(tallies, servers, latest);
	const { starts, counts } = layout;
	const activeMs = USER_TYPES.map((type) => ACTIVE_DAYS[type] * MS_PER_DAY);
	let firstWeek = 0;
	let start = 0;
	/** The week before which an access says how things are: that of the next newer one. */
	let before = 0;

	/** Notes +1 where a user becomes active and −1 after the last week; sums are made later. */
	function addEntry(week: UsageWeek, value: number): void {
		const type = value & TYPE_MASK;
		const accessedAt = startOfWeek(week - 1) + (value >>> TYPE_BITS);
		const last = Math.min(weekOf(accessedAt + activeMs[type]!), before - 1);
		if (week <= last) {
			counts[start + (week - firstWeek) * TYPES + type]! += 1;
			counts[start + (last + 1 - firstWeek) * TYPES + type]! -= 1;
		}
		if (week < before) before = week;
	}

	let list = createList();
	const next = createList();
	let merged = createList();
	forEachPair(tallies, servers, users, (server, tallyNumbers, pairs, length) => {
		if (starts[server] === NOT_COUNTED) return;
		firstWeek = layout.firstWeeks[server]!;
		start = starts[server]!;
		before = latest + 1;
		listEntries(tallies[tallyNumbers[0]!]!, pairs[0]!, list);
		for (let which = 1; which < length; which++) {
			listEntries(tallies[tallyNumbers[which]!]!, pairs[which]!, next);
			mergeLists(list, next, merged);
			[list, merged] = [merged, list];
		}
		for (let entry = 0; entry < list.length; entry++) addEntry(list.weeks[entry]!, list.values[entry]!);
	});
	return sumUp(layout, servers);
}

/** The logs of all servers, by server and then by week; `loggedAt` is the Wednesday 21:00 UTC. */
export function toUsageLogs({ servers, firstWeeks, counts }: ActivityCounts, asOf: InstantMs): readonly UsageLogRow[] {
	const latest = weekOf(asOf);
	let at = 0;
	return namesOf(servers).flatMap((server, index) => {
		const firstWeek = firstWeeks[index]!;
		return Array.from({ length: latest - firstWeek + 1 }, (_, offset): UsageLogRow => {
			const first = at;
			at += TYPES;
			return {
				server,
				loggedAt: startOfWeek(firstWeek + offset),
				activeRegistered: counts[first]!,
				activeEnterprise: counts[first + 1]!,
				activeDesigners: counts[first + 2]!,
				isComputed: true,
			};
		});
	});
}

/** Where the counts of each server stand. */
interface CountLayout {
	/** Places of the servers that are counted, in order of first access. */
	readonly order: Uint32Array;
	/** By place. */
	readonly firstWeeks: Int32Array;
	/** By place, {@link NOT_COUNTED} where there is nothing to count. */
	readonly starts: Float64Array;
	/** Of each server one week more than it has, for what ends with the latest. */
	readonly counts: Int32Array;
	readonly latest: UsageWeek;
}

const NOT_COUNTED = -1;

function layOutCounts(tallies: readonly ActivityTally[], servers: MergedNames, latest: UsageWeek): CountLayout {
	const firstWeeks = new Int32Array(servers.count).fill(NO_FIRST_WEEK);
	for (const [number, tally] of tallies.entries()) {
		for (const [index, week] of tally.firstWeeks.entries()) {
			const place = servers.placeOf[number]![index]!;
			if (week < firstWeeks[place]!) firstWeeks[place] = week;
		}
	}
	const starts = new Float64Array(servers.count).fill(NOT_COUNTED);
	const order: number[] = [];
	let length = 0;
	for (const [number, tally] of tallies.entries()) {
		for (const server of tally.pairServers) {
			const place = servers.placeOf[number]![server]!;
			if (starts[place] !== NOT_COUNTED || firstWeeks[place]! > latest) continue;
			starts[place] = length;
			length += TYPES * (latest - firstWeeks[place]! + 2);
			order.push(place);
		}
	}
	return { order: Uint32Array.from(order), firstWeeks, starts, counts: new Int32Array(length), latest };
}

/** Makes figures of the notes, each from the week before. */
function sumUp({ order, firstWeeks, starts, counts, latest }: CountLayout, servers: MergedNames): ActivityCounts {
	const figures = sharedInt32(counts.length - TYPES * order.length);
	const weeks = sharedInt32(order.length);
	let to = 0;
	for (const [index, place] of order.entries()) {
		weeks[index] = firstWeeks[place]!;
		const start = starts[place]!;
		const length = TYPES * (latest - firstWeeks[place]! + 1);
		for (let at = 0; at < length; at++) {
			if (at >= TYPES) counts[start + at]! += counts[start + at - TYPES]!;
			figures[to++] = counts[start + at]!;
		}
	}
	return { servers: servers.pick(order), firstWeeks: weeks, counts: figures };
}

/**
 * Calls back for each pair of a server and a user in any of the tallies: with the place of the server, and with the tallies that have the
 * pair and its number in each, in their order.
 */
function forEachPair(
	tallies: readonly ActivityTally[],
	servers: MergedNames,
	users: MergedNames,
	take: (server: number, tallyNumbers: Uint32Array, pairs: Uint32Array, length: number) => void,
): void {
	const tallyNumbers = new Uint32Array(tallies.length);
	const pairs = new Uint32Array(tallies.length);
	const [only] = tallies;
	if (tallies.length === 1 && only !== undefined) {
		for (const [pair, server] of only.pairServers.entries()) {
			pairs[0] = pair;
			take(server, tallyNumbers, pairs, 1);
		}
		return;
	}
	const total = tallies.reduce((sum, { pairServers }) => sum + pairServers.length, 0);
	// By different pair its last occurrence + 1, which leads to the one before in the same way.
	const lastOf = new Uint32Array(total);
	const tallyOf = new Uint16Array(total);
	const pairOf = new Uint32Array(total);
	const earlier = new Uint32Array(total);
	const slots = createPairSlots(2);
	let occurrences = 0;
	for (const [number, tally] of tallies.entries()) {
		for (const [pair, server] of tally.pairServers.entries()) {
			const place = slots.placeOf(servers.placeOf[number]![server]!, users.placeOf[number]![tally.pairUsers[pair]!]!);
			tallyOf[occurrences] = number;
			pairOf[occurrences] = pair;
			earlier[occurrences] = lastOf[place]!;
			lastOf[place] = ++occurrences;
		}
	}
	const records = slots.records();
	for (let place = 0; place < slots.count(); place++) {
		let length = 0;
		for (let one = lastOf[place]!; one !== 0; one = earlier[one - 1]!) length++;
		let at = length;
		for (let one = lastOf[place]!; one !== 0; one = earlier[one - 1]!) {
			tallyNumbers[--at] = tallyOf[one - 1]!;
			pairs[at] = pairOf[one - 1]!;
		}
		take(records[2 * place]!, tallyNumbers, pairs, length);
	}
}

/** The latest accesses of one pair by week, the newest week first. */
interface EntryList {
	length: number;
	weeks: Int32Array;
	values: Uint32Array;
}

function createList(): EntryList {
	return { length: 0, weeks: new Int32Array(64), values: new Uint32Array(64) };
}

/** Fills a list with the accesses of a pair of a tally. */
function listEntries({ newest, blocks }: ActivityTally, pair: number, list: EntryList): void {
	let length = 0;
	for (let block = newest[pair]!; block !== 0; ) {
		const words = blocks[(block - 1) >>> CHUNK_BITS]!;
		const at = ((block - 1) & CHUNK_MASK) * BLOCK_WORDS;
		const firstWeek = (words[at + BLOCK.group]! | 0) * BLOCK_WEEKS;
		if (length + BLOCK_WEEKS > list.weeks.length) enlarge(list);
		const { weeks, values } = list;
		for (let place = BLOCK_WEEKS - 1; place >= 0; place--) {
			const value = words[at + BLOCK.values + place]!;
			if (value === 0) continue;
			weeks[length] = firstWeek + place;
			values[length++] = value;
		}
		block = words[at + BLOCK.older]!;
	}
	list.length = length;
}

/** Makes one list of two; of the same week the later access counts, at the same instant that of the second list. */
function mergeLists(first: EntryList, second: EntryList, merged: EntryList): void {
	while (merged.weeks.length < first.length + second.length) enlarge(merged);
	let one = 0;
	let two = 0;
	let length = 0;
	while (one < first.length || two < second.length) {
		const oneWeek = one < first.length ? first.weeks[one]! : Number.NEGATIVE_INFINITY;
		const twoWeek = two < second.length ? second.weeks[two]! : Number.NEGATIVE_INFINITY;
		const isSecond = twoWeek > oneWeek || (twoWeek === oneWeek && second.values[two]! >>> TYPE_BITS >= first.values[one]! >>> TYPE_BITS);
		merged.weeks[length] = Math.max(oneWeek, twoWeek);
		merged.values[length++] = isSecond ? second.values[two]! : first.values[one]!;
		if (oneWeek >= twoWeek) one++;
		if (twoWeek >= oneWeek) two++;
	}
	merged.length = length;
}

function enlarge(list: EntryList): void {
	const weeks = new Int32Array(2 * list.weeks.length);
	const values = new Uint32Array(2 * list.values.length);
	weeks.set(list.weeks);
	values.set(list.values);
	Object.assign(list, { weeks, values });
}
