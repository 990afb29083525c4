import { type DayColumn, NARROW_BASE, WIDE_BASE } from "../../columns/day-column.ts";
import { sharedInt32, sharedUint16, sharedUint32 } from "../../columns/shared-array.ts";
import { type DayNumber, NO_DAY } from "../../dates/day-number.ts";

/** Answers how many values a column will probably have. */
export type Estimate = () => number;

/** A column in shared memory that grows by blocks of values. */
export interface BlockColumn<Values> {
	append(block: Uint16Array | Uint32Array): void;
	/** The column; nothing may be appended any more. */
	finish(): Values;
}

/** A column of days that grows by blocks. */
export interface DayBlockColumn {
	/** Appends days as a narrow column has them, with those that do not fit into one beside it: place in the block and day. */
	append(block: Uint16Array, wideDays: readonly (readonly [place: number, day: DayNumber])[]): void;
	finish(): DayColumn;
}

/** Numbers of 4 bytes. */
export function createUint32Blocks(estimate: Estimate): BlockColumn<Uint32Array> {
	const store = createStore(estimate, sharedUint32);
	return { append: (block) => store.extend(block.length).set(block, store.length() - block.length), finish: store.finish };
}

/** Indices of 2 bytes until the first block of 4 arrives. */
export function createIndexBlocks(estimate: Estimate): BlockColumn<Uint16Array | Uint32Array> {
	let store = createStore<Uint16Array | Uint32Array>(estimate, sharedUint16);
	let isWide = false;
	return {
		append(block) {
			if (!isWide && block instanceof Uint32Array) {
				isWide = true;
				const narrow = store.values();
				store = createStore<Uint16Array | Uint32Array>(estimate, sharedUint32);
				store.extend(narrow.length).set(narrow);
			}
			store.extend(block.length).set(block, store.length() - block.length);
		},
		finish: () => store.finish(),
	};
}

/** Days of 2 bytes until the first that does not fit. */
export function createDayBlocks(estimate: Estimate): DayBlockColumn {
	const narrow = createStore<Uint16Array>(estimate, sharedUint16);
	let wide: Store<Int32Array> | null = null;
	function widen(days: Uint16Array, target: Store<Int32Array>): Int32Array {
		const start = target.length();
		const values = target.extend(days.length);
		for (let index = 0; index < days.length; index++) {
			const stored = days[index]!;
			values[start + index] = stored === 0 ? 0 : stored + NARROW_BASE - WIDE_BASE;
		}
		return values;
	}
	return {
		append(block, wideDays) {
			if (wide === null && wideDays.length === 0) {
				narrow.extend(block.length).set(block, narrow.length() - block.length);
				return;
			}
			if (wide === null) {
				wide = createStore(estimate, sharedInt32);
				widen(narrow.finish(), wide);
			}
			const start = wide.length();
			const values = widen(block, wide);
			for (const [place, day] of wideDays) values[start + place] = day === NO_DAY ? 0 : day - WIDE_BASE;
		},
		finish: () => (wide === null ? { days: narrow.finish(), base: NARROW_BASE } : { days: wide.finish(), base: WIDE_BASE }),
	};
}

interface Store<Values> {
	/** Makes room for more values, and answers the whole buffer. */
	extend(count: number): Values;
	length(): number;
	/** The values so far. */
	values(): Values;
	/** The values, cut to size; the store lets go of them. */
	finish(): Values;
}

type AnyValues = Uint16Array | Uint32Array | Int32Array;

/** Pages that nothing is written to cost nothing, so an estimate may be generous. */
const SPARE = 1.02;
const LEAST = 1024;

function createStore<Values extends AnyValues>(estimate: Estimate, make: (length: number) => Values): Store<Values> {
	let buffer = make(0);
	let used = 0;
	const cut = (length: number) => buffer.subarray(0, length) as Values;
	return {
		extend(count) {
			if (used + count > buffer.length) {
				const larger = make(Math.ceil(Math.max(used + count, estimate() * SPARE, used * 1.25, LEAST)));
				larger.set(cut(used));
				buffer = larger;
			}
			used += count;
			return buffer;
		},
		length: () => used,
		values: () => cut(used),
		finish() {
			const values = cut(used);
			// A copy of a small rest is cheaper than keeping much that is not used.
			const finished = buffer.length - used > used / 8 ? (make(used) as Values) : values;
			if (finished !== values) finished.set(values);
			buffer = make(0);
			used = 0;
			return finished;
		},
	};
}
