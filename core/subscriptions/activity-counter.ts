import type { NameTable } from "../columns/name-table.ts";
import { sharedInt32, sharedUint32 } from "../columns/shared-array.ts";
import {
	type ActivityTally,
	BLOCK,
	BLOCK_WEEKS,
	BLOCK_WORDS,
	CHUNK_BITS,
	CHUNK_MASK,
	NO_FIRST_WEEK,
	TYPE_BITS,
	WEEK_BITS,
} from "./activity-tally.ts";
import { createPairSlots } from "./pair-slots.ts";
import { startOfWeek, weekOf } from "./usage-week.ts";

/**
 * Collects accesses, which may come in any order, in one pass. Of the accesses of one user to one server in one week it keeps the
 * latest, since only that can matter at a Wednesday 21:00 UTC: 4 bytes, and 8 for every eight weeks in which there is one.
 */
export interface ActivityCounter {
	/** Takes the first accesses of a batch. Of two at the same instant the later one counts. */
	addBatch(batch: AccessBatch, length: number): void;
	/** What was collected, in shared memory; nothing may be added any more. */
	finish(servers: NameTable, users: NameTable): ActivityTally;
}

/** Accesses by place. */
export interface AccessBatch {
	/** Any numbers from 0, best without gaps; so are users. */
	readonly servers: Uint32Array;
	readonly users: Uint32Array;
	/** Places in `USER_TYPES`. */
	readonly types: Uint8Array;
	/** Milliseconds since 1970-01-01T00:00Z; fractions are cut off. */
	readonly instants: Float64Array;
}

/** Accesses that a batch may have at most: so few that what they need stays near to the processor. */
export const BATCH_ROWS = 1024;

/** Room for a full batch. */
export function createBatch(): AccessBatch {
	return {
		servers: new Uint32Array(BATCH_ROWS),
		users: new Uint32Array(BATCH_ROWS),
		types: new Uint8Array(BATCH_ROWS),
		instants: new Float64Array(BATCH_ROWS),
	};
}

/** A counter without any access. */
export function createActivityCounter(): ActivityCounter {
	const blocks: Uint32Array[] = [];
	let blockCount = 0;
	const pairs = createPairSlots(RECORD_WORDS);
	let firstWeeks = new Int32Array(FIRST_LENGTH).fill(NO_FIRST_WEEK);
	const places = new Uint32Array(BATCH_ROWS);

	function noteWeek(server: number, week: number): void {
		if (server >= firstWeeks.length) {
			const larger = new Int32Array(2 * (server + 1)).fill(NO_FIRST_WEEK);
			larger.set(firstWeeks);
			firstWeeks = larger;
		}
		if (week < firstWeeks[server]!) firstWeeks[server] = week;
	}

	/** Adds a block before an older one; answers its number + 1. */
	function addBlock(group: number, older: number): number {
		if ((blockCount & CHUNK_MASK) === 0) blocks.push(sharedUint32(BLOCK_WORDS * 2 ** CHUNK_BITS));
		const words = blocks[blockCount >>> CHUNK_BITS]!;
		const at = (blockCount & CHUNK_MASK) * BLOCK_WORDS;
		words[at + BLOCK.group] = group;
		words[at + BLOCK.older] = older;
		return ++blockCount;
	}

	/** The number + 1 of the block of some weeks of a pair, which is added when there is none. */
	function findBlock(records: Uint32Array, at: number, group: number): number {
		let newer = 0;
		// Lists that begin with the newest access need not be looked through from there.
		let block = records[at + RECORD.recent]!;
		if (block === 0 || groupOf(block) < group) block = records[at + RECORD.newest]!;
		while (block !== 0 && groupOf(block) > group) {
			newer = block;
			block = blocks[(block - 1) >>> CHUNK_BITS]![((block - 1) & CHUNK_MASK) * BLOCK_WORDS + BLOCK.older]!;
		}
		if (block === 0 || groupOf(block) !== group) {
			block = addBlock(group, block);
			if (newer === 0) records[at + RECORD.newest] = block;
			else blocks[(newer - 1) >>> CHUNK_BITS]![((newer - 1) & CHUNK_MASK) * BLOCK_WORDS + BLOCK.older] = block;
		}
		records[at + RECORD.recent] = block;
		return block;
	}

	function groupOf(block: number): number {
		return blocks[(block - 1) >>> CHUNK_BITS]![((block - 1) & CHUNK_MASK) * BLOCK_WORDS + BLOCK.group]! | 0;
	}

	/** Puts the values of a record into their block. */
	function store(records: Uint32Array, at: number): void {
		const block = records[at + RECORD.recent]! - 1;
		if (block < 0) return;
		copyWeeks(records, at + RECORD.values, blocks[block >>> CHUNK_BITS]!, (block & CHUNK_MASK) * BLOCK_WORDS + BLOCK.values);
	}

	/** Puts the values of other weeks into a record. */
	function exchange(records: Uint32Array, at: number, group: number): void {
		store(records, at);
		const block = findBlock(records, at, group) - 1;
		copyWeeks(blocks[block >>> CHUNK_BITS]!, (block & CHUNK_MASK) * BLOCK_WORDS + BLOCK.values, records, at + RECORD.values);
		records[at + RECORD.group] = group;
	}

	function addBatch({ servers, users, types, instants }: AccessBatch, length: number): void {
		pairs.placesOf(servers, users, length, places);
		const records = pairs.records();
		for (let row = 0; row < length; row++) {
			const instant = Math.floor(instants[row]!);
			const week = weekOf(instant - 1) + 1;
			const offset = instant - startOfWeek(week - 1);
			noteWeek(servers[row]!, week);
			const at = places[row]! * RECORD_WORDS;
			const group = week >> WEEK_BITS;
			if ((records[at + RECORD.group]! | 0) !== group || records[at + RECORD.recent] === 0) exchange(records, at, group);
			const place = at + RECORD.values + (week & (BLOCK_WEEKS - 1));
			if (offset >= records[place]! >>> TYPE_BITS) records[place] = offset * 2 ** TYPE_BITS + types[row]!;
		}
	}

	return {
		addBatch,
		finish(servers, users) {
			const records = pairs.records();
			const column = (word: number) => {
				const values = sharedUint32(pairs.count());
				for (let pair = 0; pair < values.length; pair++) values[pair] = records[pair * RECORD_WORDS + word]!;
				return values;
			};
			for (let pair = 0; pair < pairs.count(); pair++) store(records, pair * RECORD_WORDS);
			const weeks = sharedInt32(servers.ends.length).fill(NO_FIRST_WEEK);
			weeks.set(firstWeeks.subarray(0, weeks.length));
			return {
				servers,
				users,
				pairServers: column(RECORD.server),
				pairUsers: column(RECORD.user),
				newest: column(RECORD.newest),
				blocks,
				firstWeeks: weeks,
			};
		},
	};
}

const FIRST_LENGTH = 512;

/**
 * Words of a pair: its numbers, the numbers + 1 of the blocks with its newest weeks and of the one that it is busy with, and the content of
 * the latter, so that an access needs no other memory than its pair's 64 bytes.
 */
const RECORD = { server: 0, user: 1, newest: 2, recent: 3, group: 4, values: 8 } as const;
const RECORD_WORDS = RECORD.values + BLOCK_WEEKS;

/** A loop: views on so few words would be objects to clear away. */
function copyWeeks(from: Uint32Array, fromAt: number, to: Uint32Array, toAt: number): void {
	for (let week = 0; week < BLOCK_WEEKS; week++) to[toAt + week] = from[fromAt + week]!;
}
