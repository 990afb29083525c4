import { type DayNumber, NO_DAY } from "../dates/day-number.ts";
import { type DayColumn, NARROW_BASE, WIDE_BASE } from "./day-column.ts";
import { NARROW_VALUES, sharedInt32, sharedUint16, sharedUint32 } from "./shared-array.ts";

/** A column of whole numbers while it is written. */
export interface GrowingColumn<Values> {
	/** Appends a whole number from 0 to 2³² − 1. */
	push(value: number): void;
	/** Appends several numbers; the same as each by itself, only faster. */
	append(values: Uint32Array): void;
	/** How many there are. */
	length(): number;
	/** The column in shared memory; nothing may be pushed any more. */
	finish(): Values;
}

/** Calendar days while they are written. */
export interface GrowingDayColumn {
	/** Appends a day; `NO_DAY` where there is none. */
	push(day: DayNumber): void;
	/** Appends several days; the same as each by itself, only faster. */
	append(days: Int32Array): void;
	length(): number;
	/** The column in shared memory, narrow if all days fit; nothing may be pushed any more. */
	finish(): DayColumn;
}

/** An empty column of 4 bytes per value. */
export function createUint32Column(): GrowingColumn<Uint32Array> {
	const blocks = createBlocks((length) => new Uint32Array(length));
	return {
		push: blocks.push,
		append: (values) => blocks.extend(values.length, (block, at, from, to) => block.set(values.subarray(from, to), at)),
		length: blocks.length,
		finish: () => blocks.moveTo(sharedUint32(blocks.length())),
	};
}

/** An empty column of indices: 2 bytes per value if all fit, otherwise 4. */
export function createIndexColumn(): GrowingColumn<Uint16Array | Uint32Array> {
	const narrow = createBlocks((length) => new Uint16Array(length));
	// From the first large value on.
	let wide: Blocks | null = null;
	const length = () => narrow.length() + (wide?.length() ?? 0);
	function push(value: number): void {
		if (wide === null) {
			if (value < NARROW_VALUES) {
				narrow.push(value);
				return;
			}
			wide = createBlocks((blockLength) => new Uint32Array(blockLength));
		}
		wide.push(value);
	}
	return {
		push,
		append(values) {
			let all = 0;
			for (let index = 0; index < values.length; index++) all |= values[index]!;
			const blocks = wide ?? (all >>> 0 < NARROW_VALUES ? narrow : null);
			if (blocks === null) for (const value of values) push(value);
			else blocks.extend(values.length, (block, at, from, to) => block.set(values.subarray(from, to), at));
		},
		length,
		finish() {
			if (wide === null) return narrow.moveTo(sharedUint16(length()));
			const column = sharedUint32(length());
			narrow.moveTo(column);
			return wide.moveTo(column, narrow.length());
		},
	};
}

/** An empty column of days. */
export function createDayColumn(): GrowingDayColumn {
	const narrow = createBlocks((length) => new Uint16Array(length));
	// From the first day on that 2 bytes don't hold.
	let wide: Blocks | null = null;
	const length = () => narrow.length() + (wide?.length() ?? 0);
	function push(day: DayNumber): void {
		if (wide === null) {
			if (isNarrow(day)) {
				narrow.push(day === NO_DAY ? 0 : day - NARROW_BASE);
				return;
			}
			wide = createBlocks((blockLength) => new Int32Array(blockLength));
		}
		wide.push(day === NO_DAY ? 0 : day - WIDE_BASE);
	}
	return {
		push,
		append(days) {
			let narrowDays = 0;
			while (narrowDays < days.length && isNarrow(days[narrowDays]!)) narrowDays++;
			if (wide === null && narrowDays < days.length) {
				for (const day of days) push(day);
				return;
			}
			const base = wide === null ? NARROW_BASE : WIDE_BASE;
			(wide ?? narrow).extend(days.length, (block, at, from, to) => {
				for (let index = from; index < to; index++) {
					const day = days[index]!;
					block[at + index - from] = day === NO_DAY ? 0 : day - base;
				}
			});
		},
		length,
		finish() {
			if (wide === null) return { days: narrow.moveTo(sharedUint16(length())), base: NARROW_BASE };
			const days = sharedInt32(length());
			narrow.moveTo(days);
			for (let index = 0; index < narrow.length(); index++) {
				if (days[index] !== 0) days[index]! += NARROW_BASE - WIDE_BASE;
			}
			return { days: wide.moveTo(days, narrow.length()), base: WIDE_BASE };
		},
	};
}

function isNarrow(day: DayNumber): boolean {
	return day === NO_DAY || (day > NARROW_BASE && day < NARROW_BASE + NARROW_VALUES);
}

type Values = Uint16Array | Uint32Array | Int32Array;

/** Values in blocks, so that growing copies nothing and the only copy is the finished column. */
interface Blocks {
	push(value: number): void;
	/** Makes room for several values, which `write` has to fill: those `from` to before `to`, at a place of a block. */
	extend(count: number, write: (block: Values, at: number, from: number, to: number) => void): void;
	length(): number;
	/** Writes all values from an index of a column on, lets the blocks go, and answers the column. `length` stays. */
	moveTo<Column extends Values>(column: Column, from?: number): Column;
}

const FIRST_BLOCK = 256;
/** Large enough that there are few, small enough that the last one wastes little. */
const LARGEST_BLOCK = 1 << 18;

function createBlocks(make: (length: number) => Values): Blocks {
	const full: Values[] = [];
	let filled = 0;
	let block = make(FIRST_BLOCK);
	let used = 0;
	function next(): void {
		full.push(block);
		filled += used;
		block = make(Math.min(2 * used, LARGEST_BLOCK));
		used = 0;
	}
	return {
		push(value) {
			if (used === block.length) next();
			block[used++] = value;
		},
		extend(count, write) {
			for (let from = 0; from < count; ) {
				if (used === block.length) next();
				const to = Math.min(count, from + block.length - used);
				write(block, used, from, to);
				used += to - from;
				from = to;
			}
		},
		length: () => filled + used,
		moveTo(column, from = 0) {
			column.set(block.subarray(0, used), from + filled);
			let end = from + filled;
			for (let last = full.pop(); last !== undefined; last = full.pop()) {
				end -= last.length;
				column.set(last, end);
			}
			return column;
		},
	};
}
