import type { NameTable } from "../../columns/name-table.ts";
import type { DateFormat } from "../../config/model.ts";
import type { ParsedDate } from "../../dates/date-format.ts";
import type { DayNumber } from "../../dates/day-number.ts";

/**
 * Turns the bytes of a CSV file into values of columns: records of a text that stands in `input`, split by `split`, come out of
 * `take` in blocks. Works on one table at a time, from one `begin` to the next. There are two with the same behaviour: one in
 * WebAssembly (assembly/) and one in TypeScript.
 */
export interface CsvKernel {
	/** Forgets everything and begins a table of devices or installations. */
	begin(layout: CsvLayout, events: KernelEvents): void;
	/** Forgets everything and begins a table of accesses. */
	beginAccesses(layout: AccessLayout, events: AccessEvents): void;
	/** Where text is written, `capacity` bytes and one more; valid until the next call of `take`. */
	input(): Uint8Array;
	/**
	 * Finds the records of the text between two offsets of `input`. At `from` a record begins; whatever is behind the last line end
	 * outside of quotes is left. All records found before must have been taken.
	 */
	split(from: number, to: number): TextFindings;
	/** The values of the next rows; without rows when no record is left. Valid until the next call. */
	take(): StagedRows;
	/** The same of a table of accesses. */
	takeAccesses(): StagedAccesses;
	/** Records that `take` has passed, with those before the table. */
	records(): number;
	/** Offset in `input` behind the records that were taken. */
	consumed(): number;
	/** Whether `take` stopped at a record that is longer than a record may be. */
	isTooLong(): boolean;
	/**
	 * The different names of a column so far: of devices (0) or of `layout.names[which - 1]`, of accesses those of servers (0) or users (1).
	 * Valid until the next call.
	 */
	names(which: number): NameTable;
}

/** How a text is written. */
export interface TextLayout {
	/** Bytes of text that `split` may be given at once. */
	readonly capacity: number;
	/** Records before the first that is split. */
	readonly records: number;
	/** The delimiter in UTF-8. */
	readonly delimiter: Uint8Array;
	/** Number of columns of the table. */
	readonly columns: number;
	readonly dateFormat: DateFormat;
}

/** Which columns a table of accesses has. */
export interface AccessLayout extends TextLayout {
	readonly server: number;
	readonly user: number;
	readonly userType: number;
	readonly accessedAt: number;
}

/** Which columns a table of devices or installations has. */
export interface CsvLayout extends TextLayout {
	/** Place of the column of devices. */
	readonly device: number;
	/** Places of columns of names: the first is the product, without which there is no row. Null where there is no such column. */
	readonly names: readonly [number | null, number | null, number | null];
	/** Places of columns of days. */
	readonly days: readonly [number | null, number | null];
	/** Whether the days of the table are those of UTC. */
	readonly isUtc: boolean;
}

/** What a kernel leaves to others. */
export interface KernelEvents {
	/** The day of a text that the kernel cannot read; `NO_DAY` when it is no date. */
	parseDate(text: string): DayNumber;
	/** A cell of `layout.days[column]` is no date. */
	reportDate(column: number, record: number, text: () => string): void;
	/** A row has no device (0) or no product (1). */
	reportMissing(key: number, record: number): void;
	/** A row has cells beyond the last column that are not blank. */
	reportSurplus(cells: number, record: number): void;
	/** The day of `layout.days[column]` in a staged row does not fit into 2 bytes; it is staged as 0. */
	addWideDay(column: number, row: number, day: DayNumber): void;
}

/** What a kernel leaves to others where rows are accesses. */
export interface AccessEvents {
	/** What the general parser makes of a text. */
	parseInstant(text: string): ParsedDate | null;
	/** The cell of `layout.accessedAt` holds something that is no date. */
	reportDate(record: number, text: () => string): void;
	/** A row has no server (0) or no user (1). */
	reportMissing(key: number, record: number): void;
	/** As in {@link KernelEvents}. */
	reportSurplus(cells: number, record: number): void;
}

/** What the bytes of a text look like. */
export interface TextFindings {
	/** Text follows the closing quote of a cell; records before it may have been found. */
	readonly isMalformed: boolean;
	readonly hasHighBytes: boolean;
	readonly hasNul: boolean;
}

/** Values of neighbouring rows. */
export interface StagedRows {
	readonly rows: number;
	/** By row the index of the product, and of the others the index plus one or 0 without a name; null where there is no such column. */
	readonly names: readonly (Uint16Array | Uint32Array | null)[];
	/** By row the day as a narrow column has it; null where there is no such column. */
	readonly days: readonly (Uint16Array | null)[];
	/** Rows of the table at which another device begins, and which. */
	readonly deviceStarts: Uint32Array;
	readonly deviceValues: Uint32Array;
	/** Rows of the table whose record does not follow that of the row before, and the number of the record. */
	readonly numberStarts: Uint32Array;
	readonly numberValues: Uint32Array;
}

/** Values of neighbouring rows with a server and a user each. */
export interface StagedAccesses {
	readonly rows: number;
	readonly servers: Uint32Array;
	readonly users: Uint32Array;
	/** Milliseconds; what they are is a part of `kinds`. */
	readonly instants: Float64Array;
	/** Numbers of the records. */
	readonly numbers: Uint32Array;
	/** The lower three bits are the place of the user type in `USER_TYPES`, or one of {@link ACCESS_TYPES}; the others one of {@link ACCESS_DATES}. */
	readonly kinds: Uint8Array;
}

/** How many of the lower bits of a staged access' kind are its user type. */
export const ACCESS_TYPE_BITS = 3;

/** Cells of user types that are none. */
export const ACCESS_TYPES = { other: 3, empty: 4 } as const;

/** What the milliseconds of a staged access are. */
export const ACCESS_DATES = {
	none: 0,
	/** Milliseconds since 1970-01-01T00:00Z. */
	absolute: 1,
	/** Milliseconds since 1970-01-01T00:00 on the clock of the source's time zone. */
	local: 2,
	/** As `absolute`, with a day of the month that is at most 12, or not. */
	early: 3,
	late: 4,
} as const;

/** Rows that are staged at most at once. */
export const STAGED_ROWS = 8192;

/** Different texts of dates that are remembered, so that a general parser sees each only once. */
export const REMEMBERED_DATES = 1 << 17;

/** The kernels that there are. */
export type KernelKind = "wasm" | "plain";
