import type { NameTable } from "../columns/name-table.ts";

/**
 * The accesses of one source, or of a part of one, as far as they matter for weekly logs; plain data in shared memory. It has the
 * names of users, so that several can be brought together: it is for counting, and for nothing else.
 */
export interface ActivityTally {
	readonly servers: NameTable;
	readonly users: NameTable;
	/** Indices of the names of each pair of a server and a user, in the order in which the pairs first come. */
	readonly pairServers: Uint32Array;
	readonly pairUsers: Uint32Array;
	/** By pair the number + 1 of the block with its newest weeks. */
	readonly newest: Uint32Array;
	/** {@link BLOCK_WEEKS} weeks of one pair, in chunks of so many blocks of {@link BLOCK_WORDS} words each. */
	readonly blocks: readonly Uint32Array[];
	/** By server the week that begins at or next after its first access; {@link NO_FIRST_WEEK} without one. */
	readonly firstWeeks: Int32Array;
}

/** Blocks of a chunk: their number has this many bits. */
export const CHUNK_BITS = 12;
export const CHUNK_MASK = 2 ** CHUNK_BITS - 1;

/** Weeks of a block, which are neighbours: all whose number is the same without its lowest bits. */
export const WEEK_BITS = 3;
export const BLOCK_WEEKS = 2 ** WEEK_BITS;

/**
 * Words of a block: the number of its weeks without those bits, the number + 1 of the next older block of the pair, and a value for each
 * week. A value is 0 without an access; otherwise its lower bits are the user type of the latest one, the others its milliseconds
 * from the Wednesday before, of which a week has 1 to fewer than 2³⁰.
 */
export const BLOCK = { group: 0, older: 1, values: 2 } as const;
export const BLOCK_WORDS = BLOCK.values + BLOCK_WEEKS;
export const TYPE_BITS = 2;

/** Later than every week. */
export const NO_FIRST_WEEK = 0x7fffffff;
