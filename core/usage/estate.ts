import type { DayColumn } from "../columns/day-column.ts";
import type { NameTable } from "../columns/name-table.ts";
import type { NameColumn } from "./source-table.ts";

/**
 * Everything that is known of one instance's devices and installations, consolidated over all data sources, in typed columns:
 * one entry per device, one per installation, i.e. per (device, product). The installations of a device stand together. All
 * buffers are shared memory. Whether a date is in the future depends on `asOf` and on the time zone of the sources that it
 * came from, and is decided by `categorize`.
 */
export interface Estate {
	/** Names by device index, also of devices that only an installation names. */
	readonly devices: NameTable;
	/** Names by product index; every one has at least one installation. */
	readonly products: NameTable;
	/** First installation by device index, and at the end the number of installations. */
	readonly installationStarts: Uint32Array;
	/** Product index by installation; each at most once per device. */
	readonly productOf: Uint16Array | Uint32Array;
	/** Inventory date by device. */
	readonly inventoryDay: DatedColumn;
	/** Install date by installation. */
	readonly installDay: DatedColumn;
	/** Last usage date by installation; the installation's own, before bundles. */
	readonly lastUsageDay: DatedColumn;
	/** Sets of IANA time zones that dates came from; the columns refer to them. */
	readonly zoneSets: readonly (readonly string[])[];
	/** Columns that only views show, where a source maps them; by installation, `deviceName` by device. */
	readonly publisher: NameColumn | null;
	readonly version: NameColumn | null;
	readonly deviceName: NameColumn | null;
	/** Where the installations came from. */
	readonly origin: InstallationOrigin;
}

/** Consolidated dates: of several dates the latest. */
export interface DatedColumn extends DayColumn {
	/** By index, which of `zoneSets` the date came from: all sources that gave this very day; null when all came from the first set. */
	readonly zoneSet: Uint8Array | null;
}

/** Which row an installation first appeared in. */
export interface InstallationOrigin {
	/** The sources' parts, in the order of the configuration; their rows are counted through over all of them. */
	readonly parts: readonly OriginPart[];
	/** By installation the row, counted over all parts; null when the installation has the same index as its row. */
	readonly row: Uint32Array | null;
}

/** The rows of one source or of a part of one. */
export interface OriginPart {
	readonly sourceIndex: number;
	/** First of its rows, counted over all parts. */
	readonly firstRow: number;
	/** As in `SourceTable`, with numbers that count from the beginning of the source. */
	readonly rowNumbers: { readonly starts: Uint32Array; readonly values: Uint32Array };
}
