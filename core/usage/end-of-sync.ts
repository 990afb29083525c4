import { dayAt } from "../columns/day-column.ts";
import { nameAt } from "../columns/name-table.ts";
import { type DayNumber, NO_DAY } from "../dates/day-number.ts";
import type { Categorization } from "./categorization.ts";
import { factDateAt } from "./estate-facts.ts";
import { deviceCount, installationCount } from "./estate-lookups.ts";
import type { DateColumnName } from "./source-facts.ts";

/** The only device that has an inventory or usage date on End of Sync. */
export interface LoneDevice {
	readonly name: string;
	/** End of Sync. */
	readonly day: DayNumber;
	/** What End of Sync would be without this device. */
	readonly without: DayNumber;
	/** Devices with a date that is not in the future. */
	readonly datedDevices: number;
}

/** The device that alone sets End of Sync; null where several do, and where it is the only one with a date. */
export function findLoneDevice({ estate, facts, endOfSync }: Categorization): LoneDevice | null {
	if (endOfSync === null) return null;
	const devices = deviceCount(estate);
	let last = -1;
	let without = NO_DAY;
	let datedDevices = 0;
	for (let device = 0; device < devices; device++) {
		const inventory = factDateAt(estate.inventoryDay, device, facts);
		const latest = Math.max(facts.latestDeviceUsage[device]!, inventory === null || inventory.inFuture ? NO_DAY : inventory.day);
		if (latest === NO_DAY) continue;
		datedDevices++;
		if (latest < endOfSync) without = Math.max(without, latest);
		else if (last !== -1) return null;
		else last = device;
	}
	return last === -1 || without === NO_DAY ? null : { name: nameAt(estate.devices, last), day: endOfSync, without, datedDevices };
}

/**
 * How many installations have their category by one day of a column: by the age of a usage date (rules 7 to 9), or by that of their
 * device's inventory (rules 3 and 4).
 */
export function countDecidedBy(categorization: Categorization, column: Exclude<DateColumnName, "installDate">, day: DayNumber): number {
	const { estate, rule, effectiveUsage } = categorization;
	let count = 0;
	if (column === "lastUsageDate") {
		const stored = day - effectiveUsage.base;
		const installations = installationCount(estate);
		for (let installation = 0; installation < installations; installation++) {
			if (effectiveUsage.days[installation] === stored && rule[installation]! >= 7 && rule[installation]! <= 9) count++;
		}
		return count;
	}
	const devices = deviceCount(estate);
	for (let device = 0; device < devices; device++) {
		if (dayAt(estate.inventoryDay, device) !== day) continue;
		const end = estate.installationStarts[device + 1]!;
		for (let installation = estate.installationStarts[device]!; installation < end; installation++) {
			if (rule[installation] === 3 || rule[installation] === 4) count++;
		}
	}
	return count;
}
