// Rows of accesses: who came to which server when, and as what.
import { isEarly, parseInstant, reportDate, reportMissing } from "./events.ts";
import { EARLY, instant, LATE, NO_INSTANT, readInstant } from "./instants.ts";
import { addressOf, countOf, hashOf, indexOfHashed, indexOfName, isEqual, touchName, touchSlot } from "./names.ts";
import {
	cell,
	columnCount,
	isIrregular,
	MAX_RECORD_BYTES,
	moveTo,
	record,
	recordNumber,
	recordStart,
	refuseRecord,
	skipLf,
} from "./position.ts";
import { cellEnds, delimiterLength, hasCr, recordEnds, records } from "./structure.ts";
import { beginRecord, cellAt, cellLength, isPlain, readCell } from "./text.ts";

/** Rows that are staged before they have to be taken away. */
const STAGE: u32 = 8192;
/** Different texts of dates that are remembered. */
const MAX_DATES: u32 = 1 << 17;
const NO_NAME: u32 = 0xffffffff;

// Places in the stage.
const SERVERS: usize = 0;
const USERS: usize = 4 * 8192;
const INSTANTS: usize = 8 * 8192;
const NUMBERS: usize = 16 * 8192;
const KINDS: usize = 20 * 8192;

// The lower bits of a kind are the user type: Registered, Enterprise, Designer, something else, nothing.
const OTHER_TYPE: u32 = 3;
const NO_TYPE: u32 = 4;
const TYPE_BITS: u32 = 3;

let stage: usize = 0;
let servers: usize = 0;
let users: usize = 0;
/** Texts of dates that the kernel cannot read, with their instants and what those are. */
let dates: usize = 0;
let dateInstants: usize = 0;
let dateKinds: usize = 0;

let serverColumn: u32 = 0;
let userColumn: u32 = 0;
let typeColumn: u32 = 0;
let instantColumn: u32 = 0;

let lastServer: u32 = NO_NAME;
let lastLength: u32 = 0;

export function useAccessColumns(server: u32, user: u32, userType: u32, accessedAt: u32): void {
	serverColumn = server;
	userColumn = user;
	typeColumn = userType;
	instantColumn = accessedAt;
}

export function useAccessTables(region: usize, ofServers: usize, ofUsers: usize): void {
	stage = region;
	servers = ofServers;
	users = ofUsers;
	lastServer = NO_NAME;
}

/** Takes an empty dictionary, and room for 8 bytes and for one byte of each of its texts. */
export function useAccessDates(texts: usize, instants: usize, kinds: usize): void {
	dates = texts;
	dateInstants = instants;
	dateKinds = kinds;
}

/** Where a cell begins, and how long it is with its quotes; a cell that the record does not have is empty. */
let from: usize = 0;
let length: u32 = 0;

function findCell(column: u32, start: usize, base: usize, cells: u32): void {
	if (column >= cells) {
		from = start;
		length = 0;
		return;
	}
	from = column == 0 ? start : <usize>load<u32>(base + ((<usize>column) << 2) - 4) + delimiterLength;
	length = <u32>(<usize>load<u32>(base + ((<usize>column) << 2)) - from);
}

/** Finds the trimmed content of a cell; false when there is none. */
function findContent(column: u32, start: usize, base: usize, cells: u32): bool {
	findCell(column, start, base, cells);
	if (isPlain(from, length)) return true;
	readCell(from, from + length);
	from = cellAt;
	length = cellLength;
	return length != 0;
}

/** Stages rows until the stage is full, no record is left or one is too long, which is then the next one; answers how many. */
export function takeAccesses(): u32 {
	const count = records;
	const ends = cellEnds;
	const checksCr = hasCr;
	let row: u32 = 0;
	let index = record;
	let first = cell;
	let next = recordStart;
	let number = recordNumber;
	while (index < count && row < STAGE) {
		const start = next;
		const base = ends + ((<usize>first) << 2);
		const last = load<u32>(recordEnds + ((<usize>index) << 2));
		const end = <usize>load<u32>(ends + ((<usize>last) << 2));
		const cells = last - first + 1;
		if (end - start > MAX_RECORD_BYTES) {
			refuseRecord();
			break;
		}
		next = end + 1;
		index++;
		number++;
		if (checksCr) next = skipLf(end);
		if ((cells != columnCount || cells == 1) && isIrregular(start, end, first, last, number)) {
			first = last + 1;
			continue;
		}
		first = last + 1;
		beginRecord();

		// The keys: a row that lacks one leaves nothing in the dictionaries.
		if (!findContent(serverColumn, start, base, cells)) {
			reportMissing(0, number);
			continue;
		}
		const serverAt = from;
		const serverLength = length;
		if (!findContent(userColumn, start, base, cells)) {
			reportMissing(1, number);
			continue;
		}
		const place = <usize>row;
		store<u32>(stage + (place << 2), serverOf(serverAt, serverLength), SERVERS);
		if (from >= start && from < end) awaitUser(row);
		else {
			// The next record takes its place.
			findUsers();
			store<u32>(stage + (place << 2), indexOfName(users, from, length), USERS);
		}
		const type = findContent(typeColumn, start, base, cells) ? readType(from, length) : NO_TYPE;
		let kind = NO_INSTANT;
		if (findContent(instantColumn, start, base, cells)) {
			kind = readInstant(from, length);
			if (kind != NO_INSTANT) store<f64>(stage + (place << 3), <f64>instant, INSTANTS);
			else kind = parseCell(place, number);
		}
		store<u32>(stage + (place << 2), number, NUMBERS);
		store<u8>(stage + place, type | (kind << TYPE_BITS), KINDS);
		row++;
	}
	findUsers();
	moveTo(index, first, next, number);
	return row;
}

/** Users that are looked up together: a processor that waits for the memory of one is busy with the next ones. */
const AWAITED: u32 = 64;
/** Of each, 24 bytes: row, length, address, hash. */
const AWAITED_BYTES: usize = 24;
export const WAITING_BYTES: usize = 64 * 24;

let waiting: usize = 0;
let awaited: u32 = 0;
/** Depends on all that was touched, so that nothing is left out. */
let touched: u32 = 0;

/** Takes WAITING_BYTES. */
export function useWaitingRoom(region: usize): void {
	waiting = region;
}

function awaitUser(row: u32): void {
	const place = waiting + <usize>awaited * AWAITED_BYTES;
	const hash = hashOf(from, length);
	store<u32>(place, row);
	store<u32>(place, length, 4);
	store<u32>(place, <u32>from, 8);
	store<u64>(place, hash, 16);
	touched ^= touchSlot(users, hash);
	awaited++;
	if (awaited == AWAITED) findUsers();
}

function findUsers(): void {
	const end = waiting + <usize>awaited * AWAITED_BYTES;
	let sum: u32 = 0;
	for (let place = waiting; place < end; place += AWAITED_BYTES) sum += touchName(users, load<u64>(place, 16));
	touched ^= sum;
	for (let place = waiting; place < end; place += AWAITED_BYTES) {
		const index = indexOfHashed(users, <usize>load<u32>(place, 8), load<u32>(place, 4), load<u64>(place, 16));
		store<u32>(stage + ((<usize>load<u32>(place)) << 2), index, USERS);
	}
	awaited = 0;
}

/** Logs tend to have the accesses of one server together. */
function serverOf(at: usize, bytes: u32): u32 {
	if (lastServer != NO_NAME && bytes == lastLength && isEqual(addressOf(servers, lastServer), at, bytes)) return lastServer;
	lastServer = indexOfName(servers, at, bytes);
	lastLength = bytes;
	return lastServer;
}

const LOWER: u64 = 0x2020202020202020;

/** Compares without regard to case; of a letter and its bit 5 nothing else is a letter of these words. */
function readType(at: usize, bytes: u32): u32 {
	if (bytes != 8 && bytes != 10) return OTHER_TYPE;
	const head = load<u64>(at) | LOWER;
	// designer
	if (bytes == 8) return head == 0x72656e6769736564 ? 2 : OTHER_TYPE;
	const tail = <u32>load<u16>(at, 8) | 0x2020;
	// registered, enterprise
	if (head == 0x7265747369676572) return tail == 0x6465 ? 0 : OTHER_TYPE;
	return head == 0x6972707265746e65 && tail == 0x6573 ? 1 : OTHER_TYPE;
}

/** What the general parser says of a cell, which it is asked once per text. */
function parseCell(place: usize, number: u32): u32 {
	const known = countOf(dates);
	const at = stage + (place << 3);
	let kind = NO_INSTANT;
	if (known == MAX_DATES) {
		const parsed = parseInstant(from, length);
		kind = parsed != parsed ? NO_INSTANT : isEarly() ? EARLY : LATE;
		store<f64>(at, parsed, INSTANTS);
	} else {
		const index = indexOfName(dates, from, length);
		if (index == known) {
			const parsed = parseInstant(from, length);
			store<f64>(dateInstants + ((<usize>index) << 3), parsed);
			store<u8>(dateKinds + index, parsed != parsed ? NO_INSTANT : isEarly() ? EARLY : LATE);
		}
		kind = load<u8>(dateKinds + index);
		store<f64>(at, load<f64>(dateInstants + ((<usize>index) << 3)), INSTANTS);
	}
	if (kind == NO_INSTANT) reportDate(0, number, from, length);
	return kind;
}
