import type { InstantMs } from "../dates/instant.ts";

/** Set in {@link Estate.dateFlags} when the consolidated last usage date is in the future. */
export const USAGE_IN_FUTURE = 1;
/** Set in {@link Estate.dateFlags} when the consolidated install date is in the future. */
export const INSTALL_IN_FUTURE = 2;

/**
 * Everything that is known of one instance's devices and installations at one `asOf`, consolidated over all data
 * sources, in typed columns: one entry per device, one per installation, i.e. per (device, product). Missing dates are
 * `NO_DAY`. Whether a date is in the future was decided in the time zone of the source that it came from.
 */
export interface Estate {
	readonly asOf: InstantMs;
	/** Names by device index, in order of first appearance; also devices that only an installation names. */
	readonly deviceNames: readonly string[];
	/** Names by product index, in order of first appearance; every one has at least one installation. */
	readonly productNames: readonly string[];
	/** Day number by device. */
	readonly inventoryDay: Int32Array;
	/** 1 where the device's inventory date is in the future. */
	readonly inventoryInFuture: Uint8Array;
	/** Device index by installation. */
	readonly deviceOf: Int32Array;
	/** Product index by installation. */
	readonly productOf: Int32Array;
	/** Day number by installation. */
	readonly installDay: Int32Array;
	/** Day number by installation; the installation's own, before bundles. */
	readonly lastUsageDay: Int32Array;
	/** {@link USAGE_IN_FUTURE} and {@link INSTALL_IN_FUTURE} by installation. */
	readonly dateFlags: Uint8Array;
}
