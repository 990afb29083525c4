import { type DayColumn, dayAt } from "../columns/day-column.ts";
import { sharedInt32, sharedUint8 } from "../columns/shared-array.ts";
import { type DayNumber, NO_DAY } from "../dates/day-number.ts";
import type { Categorization, EstateFacts } from "./categorization.ts";
import type { FactDate, Facts } from "./decision-table.ts";
import type { DeviceRange } from "./device-range.ts";
import type { DatedColumn, Estate } from "./estate.ts";
import { deviceOf, productCount } from "./estate-lookups.ts";

/** What the rules look at of one installation of a categorization. */
export function factsOf(categorization: Categorization, installation: number): Facts {
	const { estate, facts, effectiveUsage } = categorization;
	const device = deviceOf(estate, installation);
	const latestDeviceUsage = facts.latestDeviceUsage[device]!;
	return {
		endOfSync: categorization.endOfSync,
		inventoryDate: factDateAt(estate.inventoryDay, device, facts),
		lastUsageDate: factDateAt(effectiveUsage, installation, facts),
		installDate: factDateAt(estate.installDay, installation, facts),
		latestDeviceUsage: latestDeviceUsage === NO_DAY ? null : latestDeviceUsage,
		productReportsUsage: facts.productReportsUsage[estate.productOf[installation]!] === 1,
	};
}

/** A date with whether it is in the future; null when it is missing. */
export function factDateAt(column: DatedColumn, index: number, { lastPresentDay }: Pick<EstateFacts, "lastPresentDay">): FactDate | null {
	const day = dayAt(column, index);
	return day === NO_DAY ? null : { day, inFuture: day > lastPresentDay[column.zoneSet?.[index] ?? 0]! };
}

/** What the own dates of some devices say, before bundles. */
export interface RangeFacts {
	/** `NO_DAY` when no date is usable. */
	readonly endOfSync: DayNumber;
	/** As in {@link EstateFacts}, of the devices of the range only. */
	readonly latestDeviceUsage: Int32Array;
	/** As in {@link EstateFacts}, from the installations of the range only. */
	readonly productReportsUsage: Uint8Array;
}

/** Reads the facts of a range of an estate's devices. */
export function readFacts(estate: Estate, lastPresentDay: Int32Array, { from, to }: DeviceRange): RangeFacts {
	const { lastUsageDay, inventoryDay } = estate;
	const reports = sharedUint8(productCount(estate));
	const latestStored = sharedInt32(to - from);
	const bounds = storedBounds(lastUsageDay, lastPresentDay);
	const latestUsage =
		lastUsageDay.zoneSet === null
			? readUsage(estate, from, lastUsageDay.days, bounds[0] ?? 0, reports, latestStored)
			: readUsageOfZones(estate, from, lastUsageDay.days, lastUsageDay.zoneSet, bounds, reports, latestStored);
	let endOfSync = latestUsage === 0 ? NO_DAY : latestUsage + lastUsageDay.base;
	for (let device = from; device < to; device++) {
		const stored = latestStored[device - from]!;
		latestStored[device - from] = stored === 0 ? NO_DAY : stored + lastUsageDay.base;
		const day = dayAt(inventoryDay, device);
		if (day > endOfSync && day <= lastPresentDay[inventoryDay.zoneSet?.[device] ?? 0]!) endOfSync = day;
	}
	return { endOfSync, latestDeviceUsage: latestStored, productReportsUsage: reports };
}

/** The facts of a whole estate from those of ranges that follow each other; there is at least one. */
export function joinFacts(ranges: readonly RangeFacts[]): Omit<EstateFacts, "lastPresentDay"> & Pick<Categorization, "endOfSync"> {
	const latestDeviceUsage = sharedInt32(ranges.reduce((sum, range) => sum + range.latestDeviceUsage.length, 0));
	const productReportsUsage = sharedUint8(ranges[0]!.productReportsUsage.length);
	let device = 0;
	for (const range of ranges) {
		latestDeviceUsage.set(range.latestDeviceUsage, device);
		device += range.latestDeviceUsage.length;
		for (let product = 0; product < productReportsUsage.length; product++)
			productReportsUsage[product]! |= range.productReportsUsage[product]!;
	}
	const endOfSync = Math.max(...ranges.map((range) => range.endOfSync));
	return { endOfSync: endOfSync === NO_DAY ? null : endOfSync, latestDeviceUsage, productReportsUsage };
}

/** By zone set the largest value that a column stores for a date that is not in the future. */
export function storedBounds({ base }: DayColumn, lastPresentDay: Int32Array): Int32Array {
	return lastPresentDay.map((day) => day - base);
}

/**
 * The latest usage that is not in the future, as stored, of as many devices as `latestOf` is long; of each device into it. Without branches, since which installations
 * have a usage date follows no pattern that a processor could foresee.
 */
function readUsage(
	{ installationStarts, productOf }: Estate,
	firstDevice: number,
	days: Uint16Array | Int32Array,
	bound: number,
	reports: Uint8Array,
	latestOf: Int32Array,
): number {
	let latest = 0;
	let installation = installationStarts[firstDevice]!;
	for (let device = 0; device < latestOf.length; device++) {
		const end = installationStarts[firstDevice + device + 1]!;
		let latestOnDevice = 0;
		for (; installation < end; installation++) {
			const present = presentOrZero(days[installation]!, bound);
			reports[productOf[installation]!]! |= -present >>> 31;
			latestOnDevice = Math.max(latestOnDevice, present);
		}
		latestOf[device] = latestOnDevice;
		latest = Math.max(latest, latestOnDevice);
	}
	return latest;
}

/** As `readUsage`, for dates of several zones. */
function readUsageOfZones(
	{ installationStarts, productOf }: Estate,
	firstDevice: number,
	days: Uint16Array | Int32Array,
	zoneSet: Uint8Array,
	bounds: Int32Array,
	reports: Uint8Array,
	latestOf: Int32Array,
): number {
	let latest = 0;
	let installation = installationStarts[firstDevice]!;
	for (let device = 0; device < latestOf.length; device++) {
		const end = installationStarts[firstDevice + device + 1]!;
		let latestOnDevice = 0;
		for (; installation < end; installation++) {
			const present = presentOrZero(days[installation]!, bounds[zoneSet[installation]!]!);
			reports[productOf[installation]!]! |= -present >>> 31;
			latestOnDevice = Math.max(latestOnDevice, present);
		}
		latestOf[device] = latestOnDevice;
		latest = Math.max(latest, latestOnDevice);
	}
	return latest;
}

/** A stored date, or 0 where it is beyond a bound. */
function presentOrZero(stored: number, bound: number): number {
	return stored & ~((bound - stored) >> 31);
}
