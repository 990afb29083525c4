import { compareCodeUnits } from "../compare-code-units.ts";
import { type DayNumber, NO_DAY } from "../dates/day-number.ts";
import { type BundleDefinition, type EffectiveUsage, findMembership, takeOverReporting, takeOverUsage } from "./bundles.ts";
import { OUTCOMES } from "./category.ts";
import { type Facts, RULES } from "./decision-table.ts";
import { type Estate, INSTALL_IN_FUTURE, USAGE_IN_FUTURE } from "./estate.ts";
import { DEVICE_REPORTING_DAYS, type Limits } from "./limits.ts";

/** An estate with the rule that decides each installation, and what the rules looked at. */
export interface Categorization {
	readonly estate: Estate;
	readonly limits: Limits;
	/** Latest inventory or usage date that is not in the future; null when there is none. */
	readonly endOfSync: DayNumber | null;
	/** Number of the deciding rule by installation, 1 to 15. */
	readonly rule: Uint8Array;
	/** Last usage date by installation as the rules see it: a bundle has taken over its components'. `NO_DAY` when missing. */
	readonly effectiveUsageDay: Int32Array;
	/** 1 where that date is in the future. */
	readonly effectiveUsageInFuture: Uint8Array;
	readonly facts: EstateFacts;
}

/** What the rules need to know beyond one installation; dates in the future count for none of it. */
export interface EstateFacts {
	/** Latest usage date by device; `NO_DAY` when the device does not report usage. */
	readonly latestDeviceUsage: Int32Array;
	/** 1 by product that has a usage date anywhere, or is a bundle with a component that has. */
	readonly productReportsUsage: Uint8Array;
}

/**
 * Decides every installation by the decision table. It is the table written out as one pass over columns; that it
 * decides as the rules of the table do is tested.
 */
export function categorize(estate: Estate, limits: Limits, bundles: readonly BundleDefinition[]): Categorization {
	const membership = findMembership(estate, bundles);
	const own = readOwnFacts(estate);
	const facts = { latestDeviceUsage: own.latestDeviceUsage, productReportsUsage: takeOverReporting(own.productReportsUsage, membership) };
	const usage = takeOverUsage(estate, membership);
	return {
		estate,
		limits,
		endOfSync: own.endOfSync === NO_DAY ? null : own.endOfSync,
		rule: decideInstallations(estate, limits, own.endOfSync, facts, usage),
		effectiveUsageDay: usage.day,
		effectiveUsageInFuture: usage.inFuture,
		facts,
	};
}

/** Place in `OUTCOMES` of the outcome of a rule, 0 to 11. */
export function outcomeIndexOfRule(rule: number): number {
	return OUTCOME_INDEX_BY_RULE[rule]!;
}

/** Number of installations per outcome, in the order of `OUTCOMES`: of the whole estate, and by product in code-unit order of its name. */
export function countOutcomes(categorization: Categorization): {
	readonly totals: readonly number[];
	readonly byProduct: readonly { readonly product: string; readonly counts: readonly number[] }[];
} {
	const { estate, rule } = categorization;
	const width = OUTCOMES.length;
	const counts = new Int32Array(estate.productNames.length * width);
	for (let installation = 0; installation < rule.length; installation++) {
		counts[estate.productOf[installation]! * width + OUTCOME_INDEX_BY_RULE[rule[installation]!]!]!++;
	}
	const totals = OUTCOMES.map(() => 0);
	counts.forEach((count, cell) => {
		totals[cell % width]! += count;
	});
	const byProduct = sortedIndices(estate.productNames).map((product) => ({
		product: estate.productNames[product]!,
		counts: [...counts.subarray(product * width, (product + 1) * width)],
	}));
	return { totals, byProduct };
}

/** Indices of all installations by device name, then product name, both in code-unit order. */
export function orderByDeviceAndProduct(estate: Estate): Int32Array {
	const inEstateOrder = new Int32Array(estate.productOf.length);
	for (let installation = 0; installation < inEstateOrder.length; installation++) inEstateOrder[installation] = installation;
	const byProduct = distribute(inEstateOrder, estate.productOf, estate.productNames);
	return distribute(byProduct, estate.deviceOf, estate.deviceNames);
}

/** What the rules look at of one installation of a categorization. */
export function factsOf(categorization: Categorization, installation: number): Facts {
	const { estate, facts } = categorization;
	const device = estate.deviceOf[installation]!;
	const installInFuture = (estate.dateFlags[installation]! & INSTALL_IN_FUTURE) !== 0;
	const latestDeviceUsage = facts.latestDeviceUsage[device]!;
	return {
		endOfSync: categorization.endOfSync,
		inventoryDate: toFactDate(estate.inventoryDay[device]!, estate.inventoryInFuture[device] === 1),
		lastUsageDate: toFactDate(categorization.effectiveUsageDay[installation]!, categorization.effectiveUsageInFuture[installation] === 1),
		installDate: toFactDate(estate.installDay[installation]!, installInFuture),
		latestDeviceUsage: latestDeviceUsage === NO_DAY ? null : latestDeviceUsage,
		productReportsUsage: facts.productReportsUsage[estate.productOf[installation]!] === 1,
	};
}

const OUTCOME_INDEX_BY_RULE: readonly number[] = [
	// Rules count from 1.
	-1,
	...RULES.map(({ outcome }) => OUTCOMES.findIndex(({ category, reason }) => category === outcome.category && reason === outcome.reason)),
];

/** First pass: what the dates say of the estate, its devices and its products, before bundles. */
function readOwnFacts(estate: Estate): EstateFacts & { readonly endOfSync: DayNumber } {
	const { deviceOf, productOf, lastUsageDay, dateFlags, inventoryDay, inventoryInFuture } = estate;
	const latestDeviceUsage = new Int32Array(inventoryDay.length).fill(NO_DAY);
	const productReportsUsage = new Uint8Array(estate.productNames.length);
	let endOfSync = NO_DAY;
	for (let installation = 0; installation < deviceOf.length; installation++) {
		const day = lastUsageDay[installation]!;
		if (day === NO_DAY || (dateFlags[installation]! & USAGE_IN_FUTURE) !== 0) continue;
		const device = deviceOf[installation]!;
		productReportsUsage[productOf[installation]!] = 1;
		if (day > latestDeviceUsage[device]!) latestDeviceUsage[device] = day;
		if (day > endOfSync) endOfSync = day;
	}
	for (let device = 0; device < inventoryDay.length; device++) {
		if (inventoryInFuture[device] === 0 && inventoryDay[device]! > endOfSync) endOfSync = inventoryDay[device]!;
	}
	return { endOfSync, latestDeviceUsage, productReportsUsage };
}

/** Second pass: the deciding rule of every installation. */
function decideInstallations(estate: Estate, limits: Limits, endOfSync: DayNumber, facts: EstateFacts, usage: EffectiveUsage): Uint8Array {
	const { deviceOf, productOf, installDay, dateFlags } = estate;
	const { InstallDateCutOffLimit: installLimit, UsedCategoryLimit: usedLimit, UnusedCategoryLimit: unusedLimit } = limits;
	const deviceRule = decideDevices(estate, endOfSync, facts.latestDeviceUsage);
	const rule = new Uint8Array(deviceOf.length);
	for (let installation = 0; installation < rule.length; installation++) {
		const device = deviceOf[installation]!;
		const settled = deviceRule[device]!;
		if (settled !== 0 && settled !== USAGE_STOPPED) {
			rule[installation] = settled;
			continue;
		}
		const usageDay = usage.day[installation]!;
		if (usageDay !== NO_DAY) {
			const usageAge = endOfSync - usageDay;
			if (usage.inFuture[installation] === 1) rule[installation] = 5;
			else if (settled === USAGE_STOPPED) rule[installation] = USAGE_STOPPED;
			else if (usageAge <= usedLimit) rule[installation] = 7;
			else rule[installation] = usageAge >= unusedLimit ? 8 : 9;
		} else if (facts.latestDeviceUsage[device] === NO_DAY) rule[installation] = 10;
		else if (facts.productReportsUsage[productOf[installation]!] === 0) rule[installation] = 11;
		else if (installDay[installation] === NO_DAY) rule[installation] = 12;
		else if ((dateFlags[installation]! & INSTALL_IN_FUTURE) !== 0) rule[installation] = 13;
		else rule[installation] = endOfSync - installDay[installation]! < installLimit ? 14 : 15;
	}
	return rule;
}

/** The rule that the device alone asks for: it settles all installations on it (1 to 4), or those with a usage date (6). */
const USAGE_STOPPED = 6;

/** By device: 1 to 4 when that rule settles every installation on it, {@link USAGE_STOPPED}, or 0. */
function decideDevices(estate: Estate, endOfSync: DayNumber, latestDeviceUsage: Int32Array): Uint8Array {
	return Uint8Array.from(estate.inventoryDay, (inventoryDay, device) => {
		if (inventoryDay === NO_DAY) return 1;
		if (estate.inventoryInFuture[device] === 1) return 2;
		const inventoryAge = endOfSync - inventoryDay;
		const latestUsage = latestDeviceUsage[device]!;
		if (latestUsage === NO_DAY) return inventoryAge > DEVICE_REPORTING_DAYS ? 4 : 0;
		if (inventoryAge >= DEVICE_REPORTING_DAYS) return 3;
		return inventoryDay - latestUsage > DEVICE_REPORTING_DAYS ? USAGE_STOPPED : 0;
	});
}

/** Indices in the order of their names' places in a sorted list; entries of one name keep their order. */
function distribute(indices: Int32Array, nameOf: Int32Array, names: readonly string[]): Int32Array {
	const sizes = new Int32Array(names.length);
	for (let place = 0; place < indices.length; place++) sizes[nameOf[indices[place]!]!]!++;
	const next = new Int32Array(names.length);
	let start = 0;
	for (const name of sortedIndices(names)) {
		next[name] = start;
		start += sizes[name]!;
	}
	const ordered = new Int32Array(indices.length);
	for (let place = 0; place < indices.length; place++) {
		const index = indices[place]!;
		ordered[next[nameOf[index]!]!++] = index;
	}
	return ordered;
}

/** Indices of names in code-unit order, whatever the machine's language. */
function sortedIndices(names: readonly string[]): number[] {
	return [...names.keys()].sort((a, b) => compareCodeUnits(names[a]!, names[b]!));
}

function toFactDate(day: DayNumber, inFuture: boolean): Facts["installDate"] {
	return day === NO_DAY ? null : { day, inFuture };
}
