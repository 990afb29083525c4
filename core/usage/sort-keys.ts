import type { NameTable } from "../columns/name-table.ts";
import type { Categorization } from "./categorization.ts";
import { OUTCOMES, REASONS } from "./category.ts";
import { outcomeIndexOfRule } from "./count-outcomes.ts";
import { RULES } from "./decision-table.ts";
import type { DatedColumn, Estate } from "./estate.ts";
import { deviceCount } from "./estate-lookups.ts";
import { rankNames } from "./sorted-names.ts";
import type { NameColumn } from "./source-table.ts";

/** What installations can be sorted by. */
export type SortColumn =
	| "device"
	| "product"
	| "category"
	| "reason"
	| "rule"
	| "installDate"
	| "lastUsageDate"
	| "publisher"
	| "version"
	| "deviceName";

/** A column of whole numbers by installation, and the place of each number in the order: ranks from 0 to below `ranks`. */
export interface SortKeys {
	readonly values: Uint8Array | Uint16Array | Uint32Array | Int32Array;
	readonly rankOf: Uint32Array;
	readonly ranks: number;
}

/** The keys of one column. Missing values have the last rank, also when descending. */
export function createSortKeys({ estate, rule, effectiveUsage }: Categorization, by: SortColumn, descending: boolean): SortKeys {
	switch (by) {
		case "device":
			return rank(deviceByInstallation(estate), rankNames(estate.devices), descending);
		case "deviceName":
			return rank(deviceByInstallation(estate), rankDeviceNames(estate), descending);
		case "product":
			return rank(estate.productOf, rankNames(estate.products), descending);
		case "category":
			return rankRules(rule, (outcome) => Math.min(outcome, OUTCOMES.length - REASONS.length), descending);
		case "reason":
			return rankRules(rule, (outcome) => (OUTCOMES[outcome]!.reason === null ? null : outcome), descending);
		case "rule":
			return rankRules(rule, (_, number) => number, descending);
		case "installDate":
			return rankDays(estate.installDay, descending);
		case "lastUsageDate":
			return rankDays(effectiveUsage, descending);
		case "publisher":
			return rankNameColumn(estate.publisher, rule.length, descending);
		case "version":
			return rankNameColumn(estate.version, rule.length, descending);
	}
}

/** Marks what is missing in a list of ranks. */
const MISSING = 0xffff_ffff;

/** @param ascending ranks by value, or {@link MISSING}. */
function rank(values: SortKeys["values"], ascending: Uint32Array, descending: boolean): SortKeys {
	let last = -1;
	for (let value = 0; value < ascending.length; value++)
		if (ascending[value] !== MISSING && ascending[value]! > last) last = ascending[value]!;
	const rankOf = ascending.map((place) => (place === MISSING ? last + 1 : descending ? last - place : place));
	return { values, rankOf, ranks: last + 2 };
}

function rankRules(rule: Uint8Array, rankOf: (outcome: number, rule: number) => number | null, descending: boolean): SortKeys {
	const ranks = RULES.map(({ number }) => rankOf(outcomeIndexOfRule(number), number) ?? MISSING);
	return rank(rule, Uint32Array.of(MISSING, ...ranks), descending);
}

function rankDays({ days }: DatedColumn, descending: boolean): SortKeys {
	let last = 0;
	for (let index = 0; index < days.length; index++) if (days[index]! > last) last = days[index]!;
	const ranks = new Uint32Array(last + 1);
	ranks[0] = MISSING;
	for (let stored = 1; stored <= last; stored++) ranks[stored] = stored - 1;
	return rank(days, ranks, descending);
}

function rankNameColumn(column: NameColumn | null, installations: number, descending: boolean): SortKeys {
	if (column === null) return rank(new Uint8Array(installations), Uint32Array.of(MISSING), descending);
	return rank(column.indices, rankWithMissing(column.names), descending);
}

/** Ranks by index plus one, as columns have it that may lack a value. */
function rankWithMissing(names: NameTable): Uint32Array {
	const ranks = rankNames(names);
	const shifted = new Uint32Array(ranks.length + 1);
	shifted[0] = MISSING;
	shifted.set(ranks, 1);
	return shifted;
}

/** By device the rank of its name. */
function rankDeviceNames({ deviceName, devices }: Estate): Uint32Array {
	if (deviceName === null) return new Uint32Array(devices.ends.length).fill(MISSING);
	const ranks = rankWithMissing(deviceName.names);
	return Uint32Array.from(deviceName.indices, (index) => ranks[index]!);
}

function deviceByInstallation(estate: Estate): Uint32Array {
	const { installationStarts } = estate;
	const devices = new Uint32Array(estate.productOf.length);
	for (let device = 0; device < deviceCount(estate); device++) {
		devices.fill(device, installationStarts[device]!, installationStarts[device + 1]!);
	}
	return devices;
}
