import { dayAt, NARROW_BASE } from "../columns/day-column.ts";
import { NARROW_VALUES } from "../columns/shared-array.ts";
import { NO_DAY } from "../dates/day-number.ts";
import type { Categorization } from "./categorization.ts";
import type { DeviceRange } from "./device-range.ts";
import { storedBounds } from "./estate-facts.ts";
import { DEVICE_REPORTING_DAYS, type Limits } from "./limits.ts";

/** What deciding an installation takes: all of a categorization but the rules. */
export type Undecided = Pick<Categorization, "estate" | "limits" | "endOfSync" | "effectiveUsage" | "facts">;

/**
 * Writes the deciding rule of each installation of some devices: the decision table written out as one pass over the columns. A device
 * settles much of it at once; for the rest, where dates are narrow and of one time zone, each stored date has its rule in a table.
 * @param rule by installation of the whole estate.
 */
export function decideInstallations(undecided: Undecided, range: DeviceRange, rule: Uint8Array): void {
	const { estate, effectiveUsage } = undecided;
	const deviceRule = decideDevices(undecided, range);
	const isPlain =
		effectiveUsage.days instanceof Uint16Array &&
		estate.installDay.days instanceof Uint16Array &&
		effectiveUsage.zoneSet === null &&
		estate.installDay.zoneSet === null;
	if (isPlain) decideByTables(undecided, range, deviceRule, rule);
	else decideByDates(undecided, range, deviceRule, rule);
}

/** The rule that the device alone asks for: it settles all installations on it (1 to 4), or those with a usage date (6). */
const USAGE_STOPPED = 6;

/** By device of the range: 1 to 4 when that rule settles every installation on it, {@link USAGE_STOPPED}, or 0. */
function decideDevices({ estate, endOfSync, facts }: Undecided, { from, to }: DeviceRange): Uint8Array {
	const { inventoryDay } = estate;
	const sync = endOfSync ?? NO_DAY;
	const decide = (device: number): number => {
		const day = dayAt(inventoryDay, device);
		if (day === NO_DAY) return 1;
		if (day > facts.lastPresentDay[inventoryDay.zoneSet?.[device] ?? 0]!) return 2;
		const inventoryAge = sync - day;
		const latestUsage = facts.latestDeviceUsage[device]!;
		if (latestUsage === NO_DAY) return inventoryAge > DEVICE_REPORTING_DAYS ? 4 : 0;
		if (inventoryAge >= DEVICE_REPORTING_DAYS) return 3;
		return day - latestUsage > DEVICE_REPORTING_DAYS ? USAGE_STOPPED : 0;
	};
	const deviceRule = new Uint8Array(to - from);
	for (let device = from; device < to; device++) deviceRule[device - from] = decide(device);
	return deviceRule;
}

function decideByTables(undecided: Undecided, { from, to }: DeviceRange, deviceRule: Uint8Array, rule: Uint8Array): void {
	const { estate, limits, endOfSync, effectiveUsage, facts } = undecided;
	const { installationStarts, productOf } = estate;
	const usageDays = effectiveUsage.days;
	const installDays = estate.installDay.days;
	const tables = makeTables(limits, endOfSync ?? NO_DAY, facts.lastPresentDay[0] ?? NO_DAY);
	const { byInstall } = tables;
	const reports = facts.productReportsUsage;
	let installation = installationStarts[from]!;
	for (let device = from; device < to; device++) {
		const end = installationStarts[device + 1]!;
		const settled = deviceRule[device - from]!;
		if (settled !== 0 && settled !== USAGE_STOPPED) {
			rule.fill(settled, installation, end);
			installation = end;
			continue;
		}
		const byUsage = settled === USAGE_STOPPED ? tables.byUsageStopped : tables.byUsage;
		if (facts.latestDeviceUsage[device] === NO_DAY) {
			for (; installation < end; installation++) {
				const used = usageDays[installation]!;
				rule[installation] = used === 0 ? 10 : byUsage[used]!;
			}
			continue;
		}
		// Without branches, since which installations have a usage date follows no pattern that a processor could foresee: the table by
		// usage has 0 where there is no date, and the mask lets the other one through just there.
		for (; installation < end; installation++) {
			const used = usageDays[installation]!;
			const unused = byInstall[(reports[productOf[installation]!]! << 16) | installDays[installation]!]!;
			rule[installation] = byUsage[used]! | (unused & ((used - 1) >> 31));
		}
	}
}

/** Rules by stored date, of 2 bytes each. */
interface RuleTables {
	/** 0 where there is no date. */
	readonly byUsage: Uint8Array;
	/** The same on a device that stopped reporting usage. */
	readonly byUsageStopped: Uint8Array;
	/** Without a usage date: first for products that do not report usage, then for those that do. */
	readonly byInstall: Uint8Array;
}

/** Written range by range: each later one prevails over those before it, as earlier rules do over later ones. */
function makeTables(limits: Limits, endOfSync: number, lastPresentDay: number): RuleTables {
	const placeOf = (day: number) => Math.min(Math.max(day - NARROW_BASE, 1), NARROW_VALUES);
	const future = placeOf(lastPresentDay + 1);
	const byUsage = new Uint8Array(NARROW_VALUES)
		.fill(9, 1)
		.fill(8, 1, placeOf(endOfSync - limits.UnusedCategoryLimit + 1))
		.fill(7, placeOf(endOfSync - limits.UsedCategoryLimit))
		.fill(5, future);
	const byUsageStopped = new Uint8Array(NARROW_VALUES).fill(USAGE_STOPPED, 1).fill(5, future);
	const byInstall = new Uint8Array(2 * NARROW_VALUES)
		.fill(11, 0, NARROW_VALUES)
		.fill(12, NARROW_VALUES, NARROW_VALUES + 1)
		.fill(15, NARROW_VALUES + 1)
		.fill(14, NARROW_VALUES + placeOf(endOfSync - limits.InstallDateCutOffLimit + 1))
		.fill(13, NARROW_VALUES + future);
	return { byUsage, byUsageStopped, byInstall };
}

function ruleOfUsageAge(age: number, { UsedCategoryLimit, UnusedCategoryLimit }: Limits): number {
	if (age <= UsedCategoryLimit) return 7;
	return age >= UnusedCategoryLimit ? 8 : 9;
}

function ruleOfInstallAge(age: number, { InstallDateCutOffLimit }: Limits): number {
	return age < InstallDateCutOffLimit ? 14 : 15;
}

/** For dates of any width and any number of zones. */
function decideByDates(undecided: Undecided, { from, to }: DeviceRange, deviceRule: Uint8Array, rule: Uint8Array): void {
	const { estate, limits, endOfSync, effectiveUsage, facts } = undecided;
	const { installationStarts, productOf, installDay } = estate;
	const usageDays = effectiveUsage.days;
	const usageSets = effectiveUsage.zoneSet;
	const usageBounds = storedBounds(effectiveUsage, facts.lastPresentDay);
	const usageSync = (endOfSync ?? NO_DAY) - effectiveUsage.base;
	const installDays = installDay.days;
	const installSets = installDay.zoneSet;
	const installBounds = storedBounds(installDay, facts.lastPresentDay);
	const installSync = (endOfSync ?? NO_DAY) - installDay.base;
	const reports = facts.productReportsUsage;
	let installation = installationStarts[from]!;
	for (let device = from; device < to; device++) {
		const end = installationStarts[device + 1]!;
		const settled = deviceRule[device - from]!;
		if (settled !== 0 && settled !== USAGE_STOPPED) {
			rule.fill(settled, installation, end);
			installation = end;
			continue;
		}
		const deviceReports = facts.latestDeviceUsage[device] !== NO_DAY;
		for (; installation < end; installation++) {
			const used = usageDays[installation]!;
			if (used !== 0) {
				if (used > usageBounds[usageSets === null ? 0 : usageSets[installation]!]!) rule[installation] = 5;
				else rule[installation] = settled === USAGE_STOPPED ? USAGE_STOPPED : ruleOfUsageAge(usageSync - used, limits);
			} else if (!deviceReports) rule[installation] = 10;
			else if (reports[productOf[installation]!] === 0) rule[installation] = 11;
			else {
				const installed = installDays[installation]!;
				if (installed === 0) rule[installation] = 12;
				else if (installed > installBounds[installSets === null ? 0 : installSets[installation]!]!) rule[installation] = 13;
				else rule[installation] = ruleOfInstallAge(installSync - installed, limits);
			}
		}
	}
}
