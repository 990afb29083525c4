import type { DayNumber } from "../dates/day-number.ts";

/** What the rows of an instance's data sources say on their own, before they are consolidated: for diagnostics and hovers. */
export interface SourceFacts {
	/** Place of the source in the file's `dataSources`. */
	readonly sourceIndex: number;
	readonly provides: "devices" | "installations";
	/** Rows that were not left out. */
	readonly rows: number;
	/** Different devices that its rows name. */
	readonly devices: number;
	/** Different products that it names; null for devices. */
	readonly products: number | null;
	/** Its date columns in the order of the documentation; those that the source does not have are absent. */
	readonly dates: readonly DateFacts[];
	/** Rows that were last used before they were installed, dates that stand for none set aside; null without one of the two columns. */
	readonly usedBeforeInstalled: RowCount | null;
}

/** Name of one of our date columns of devices or installations. */
export type DateColumnName = "inventoryDate" | "installDate" | "lastUsageDate";

/** The dates of one column of one source. */
export interface DateFacts {
	readonly column: DateColumnName;
	/** Rows with a date. */
	readonly dated: number;
	/** Rows without one, also those whose cell is no date in the source's format. */
	readonly empty: number;
	/** The earliest date; null when there is none. */
	readonly first: DayNumber | null;
	/** The latest date, also one in the future; null when there is none. */
	readonly last: DayNumber | null;
	/** Number of the first row with the latest date, as the source counts it; null when there is none. */
	readonly lastRow: number | null;
	/** Different dates in ascending order. */
	readonly days: Int32Array;
	/** By index in `days`, how many rows have it. */
	readonly counts: Uint32Array;
}

/** Some rows of a source. */
export interface RowCount {
	readonly count: number;
	/** Numbers of the first few as the source counts them, ascending. */
	readonly firstRows: readonly number[];
}

/** How the devices that installations name are listed among the devices. */
export interface DeviceKeyFacts {
	/** Devices with an installation that no row of a devices source has, and that none has in another spelling either. */
	readonly unlisted: DeviceCount;
	/** Devices with an installation whose key some row of a devices source has in another case, or with or without a domain. */
	readonly respelt: DeviceCount & {
		/** By place in `examples`, the key in the devices source. */
		readonly listedAs: readonly string[];
	};
}

/** Some devices of an estate. */
interface DeviceCount {
	readonly devices: number;
	/** Rows of installations on them. */
	readonly rows: number;
	/** The first few keys as the installations have them. */
	readonly examples: readonly string[];
}

/** What the data sources of an instance say on their own and beside each other. */
export interface DescribedData {
	/** In the order of the configuration; sources of anything but devices and installations are absent. */
	readonly sources: readonly SourceFacts[];
	/** Null without a source of devices or without one of installations. */
	readonly deviceKeys: DeviceKeyFacts | null;
}
