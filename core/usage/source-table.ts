import type { DayColumn } from "../columns/day-column.ts";
import type { NameTable } from "../columns/name-table.ts";

/**
 * The rows of one data source, or of a part of one, as typed columns: neither an object nor a string per row. All buffers are
 * shared memory, so a table passes between threads without being copied. Rows that were left out are in none of the columns;
 * those that stay are counted from 0, in any order.
 */
export interface SourceTable {
	/** Place of the source in the file's `dataSources`. */
	readonly sourceIndex: number;
	readonly provides: "devices" | "installations";
	/** IANA name of the zone whose days its dates are. */
	readonly timeZone: string;
	/** Number of rows. */
	readonly rows: number;
	readonly devices: NameTable;
	/** Device by row, as runs. */
	readonly deviceRuns: Runs;
	/** Product by row; null for devices. */
	readonly product: NameColumn | null;
	/** Null for installations, and where the column is not mapped. */
	readonly inventoryDay: DayColumn | null;
	/** Null for devices, and where the column is not mapped. */
	readonly installDay: DayColumn | null;
	/** Null for devices, and where the column is not mapped. */
	readonly lastUsageDay: DayColumn | null;
	/** Columns that only views show, where they are mapped; always null for devices. */
	readonly publisher: NameColumn | null;
	readonly version: NameColumn | null;
	/** Null for installations, and where it is not mapped. */
	readonly deviceName: NameColumn | null;
	/** Row number in the source by row, as runs that count on: the row `starts[k] + i` has the number `values[k] + i`. */
	readonly rowNumbers: Runs;
	/** Records of the source or part, also those that are no row: what the row numbers of the part behind it go on from. */
	readonly records: number;
}

/** Values of neighbouring rows: run `k` covers the rows from `starts[k]` to before `starts[k + 1]`, the last one to the end. */
export interface Runs {
	/** Ascending, the first is 0; empty when there are no rows. */
	readonly starts: Uint32Array;
	readonly values: Uint32Array;
}

/** Names by row. */
export interface NameColumn {
	readonly names: NameTable;
	/** Index in `names` by row; for columns that may lack a value the index plus one, and 0 where there is none. */
	readonly indices: Uint16Array | Uint32Array;
}
