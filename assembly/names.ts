// Dictionaries of names: dense indices by open addressing over an arena of bytes, which is laid out as a NameTable is.
import { allocate, enlarge } from "./memory.ts";

/** Field offsets of a dictionary. */
const SLOTS: usize = 0;
const MASK: usize = 4;
const COUNT: usize = 8;
const ARENA: usize = 12;
const USED: usize = 16;
const CAPACITY: usize = 20;
const ENDS: usize = 24;
const ENDS_CAPACITY: usize = 28;
const SIZE: usize = 32;

/** A slot: index + 1 (0 is empty), the upper half of the hash, length, offset in the arena. */
const SLOT_SHIFT: usize = 4;

/** An empty dictionary. */
export function createNames(): usize {
	const names = allocate(SIZE);
	store<u32>(names, 0, COUNT);
	store<u32>(names, 0, USED);
	createSlots(names, 64);
	store<u32>(names, 512, CAPACITY);
	store<u32>(names, <u32>allocate(512 + 64), ARENA);
	store<u32>(names, 32, ENDS_CAPACITY);
	store<u32>(names, <u32>allocate(32 * 4), ENDS);
	return names;
}

export function countOf(names: usize): u32 {
	return load<u32>(names, COUNT);
}

/** Where the bytes of all names begin; they stand one behind the other. */
export function arenaOf(names: usize): usize {
	return load<u32>(names, ARENA);
}

export function usedOf(names: usize): u32 {
	return load<u32>(names, USED);
}

/** Where the ends of the names stand, 4 bytes each. */
export function endsOf(names: usize): usize {
	return load<u32>(names, ENDS);
}

/** Address of a name; it changes when names are added. */
export function addressOf(names: usize, index: u32): usize {
	return <usize>load<u32>(names, ARENA) + (index == 0 ? 0 : load<u32>(<usize>load<u32>(names, ENDS) + ((<usize>index - 1) << 2)));
}

/** Index of a name, which is added when it is new. */
export function indexOfName(names: usize, at: usize, length: u32): u32 {
	return indexOfHashed(names, at, length, hashOf(at, length));
}

/** Brings near what looking up a name needs, as far as it is known already; answers something that depends on it. */
export function touchSlot(names: usize, hash: u64): u32 {
	return load<u32>(slotOf(names, hash), 12);
}

export function touchName(names: usize, hash: u64): u32 {
	return load<u8>(<usize>load<u32>(names, ARENA) + load<u32>(slotOf(names, hash), 12));
}

function slotOf(names: usize, hash: u64): usize {
	return <usize>load<u32>(names, SLOTS) + ((<usize>(<u32>(hash >> 20) & load<u32>(names, MASK))) << SLOT_SHIFT);
}

/** As `indexOfName`, with the name's hash. */
export function indexOfHashed(names: usize, at: usize, length: u32, hash: u64): u32 {
	const tag = <u32>(hash >> 32);
	const mask = load<u32>(names, MASK);
	const slots = <usize>load<u32>(names, SLOTS);
	const arena = <usize>load<u32>(names, ARENA);
	const wanted = ((<u64>length) << 32) | tag;
	let place = <u32>(hash >> 20) & mask;
	while (true) {
		const slot = slots + ((<usize>place) << SLOT_SHIFT);
		const found = load<u32>(slot);
		if (found == 0) return add(names, at, length, tag, slot);
		if (load<u64>(slot, 4) == wanted && isEqual(arena + load<u32>(slot, 12), at, length)) return found - 1;
		place = (place + 1) & mask;
	}
}

/** Whether two ranges have the same bytes; up to 15 bytes behind them are read too. */
export function isEqual(left: usize, right: usize, length: u32): bool {
	if (length < 16) {
		const same = i8x16.bitmask(i8x16.eq(v128.load(left), v128.load(right)));
		return (~same & ((1 << length) - 1)) == 0;
	}
	// The last 16 bytes in any case, those that come twice do no harm.
	const last = left + length - 16;
	const offset = right - left;
	for (; left < last; left += 16) {
		if (!i8x16.all_true(i8x16.eq(v128.load(left), v128.load(left + offset)))) return false;
	}
	return i8x16.all_true(i8x16.eq(v128.load(last), v128.load(last + offset)));
}

export function hashOf(at: usize, length: u32): u64 {
	let hash: u64 = length;
	if (length <= 8) {
		// Without the bytes behind the name; it is never empty.
		hash = (hash + (load<u64>(at) << (64 - ((<u64>length) << 3)))) * 0xff51afd7ed558ccd;
	} else {
		const last = at + length - 16;
		for (; at < last; at += 16) hash = mix(hash, load<u64>(at), load<u64>(at, 8));
		hash = mix(hash, load<u64>(length < 16 ? at : last), load<u64>(last, 8));
	}
	hash ^= hash >> 32;
	return hash * 0xc4ceb9fe1a85ec53;
}

function mix(hash: u64, first: u64, second: u64): u64 {
	return (rotl(hash, 29) ^ (first * 0x9e3779b97f4a7c15)) * 0xff51afd7ed558ccd + rotl(second * 0xc2b2ae3d27d4eb4f, 31);
}

function add(names: usize, at: usize, length: u32, tag: u32, slot: usize): u32 {
	const index = load<u32>(names, COUNT);
	const used = load<u32>(names, USED);
	let arena = <usize>load<u32>(names, ARENA);
	const capacity = load<u32>(names, CAPACITY);
	if (used + length > capacity) {
		const wanted = max(capacity << 1, used + length);
		arena = enlarge(arena, used, <usize>capacity + 64, <usize>wanted + 64);
		store<u32>(names, <u32>arena, ARENA);
		store<u32>(names, wanted, CAPACITY);
	}
	memory.copy(arena + used, at, length);
	store<u32>(names, used + length, USED);
	const endsCapacity = load<u32>(names, ENDS_CAPACITY);
	if (index == endsCapacity) {
		store<u32>(names, <u32>enlarge(load<u32>(names, ENDS), index << 2, (<usize>endsCapacity) << 2, (<usize>endsCapacity) << 3), ENDS);
		store<u32>(names, endsCapacity << 1, ENDS_CAPACITY);
	}
	store<u32>(<usize>load<u32>(names, ENDS) + ((<usize>index) << 2), used + length);
	fillSlot(slot, index + 1, tag, length, used);
	store<u32>(names, index + 1, COUNT);
	if ((index + 1) * 2 > load<u32>(names, MASK)) rehash(names);
	return index;
}

function fillSlot(slot: usize, value: u32, tag: u32, length: u32, offset: u32): void {
	store<u32>(slot, value);
	store<u32>(slot, tag, 4);
	store<u32>(slot, length, 8);
	store<u32>(slot, offset, 12);
}

/** Doubles the slots; the lower half of the hash is worked out again, since no slot keeps it. */
function rehash(names: usize): void {
	const count = load<u32>(names, COUNT);
	createSlots(names, (load<u32>(names, MASK) + 1) << 1);
	const mask = load<u32>(names, MASK);
	const slots = <usize>load<u32>(names, SLOTS);
	const arena = <usize>load<u32>(names, ARENA);
	const ends = <usize>load<u32>(names, ENDS);
	let begin: u32 = 0;
	for (let index: u32 = 0; index < count; index++) {
		const end = load<u32>(ends + ((<usize>index) << 2));
		const hash = hashOf(arena + begin, end - begin);
		let place = <u32>(hash >> 20) & mask;
		while (load<u32>(slots + ((<usize>place) << SLOT_SHIFT)) != 0) place = (place + 1) & mask;
		fillSlot(slots + ((<usize>place) << SLOT_SHIFT), index + 1, <u32>(hash >> 32), end - begin, begin);
		begin = end;
	}
}

function createSlots(names: usize, count: u32): void {
	const size = (<usize>count) << SLOT_SHIFT;
	const slots = allocate(size);
	memory.fill(slots, 0, size);
	store<u32>(names, <u32>slots, SLOTS);
	store<u32>(names, count - 1, MASK);
}
