import type { DayNumber } from "../dates/day-number.ts";
import type { Category, Outcome, Reason } from "./category.ts";
import { DEVICE_REPORTING_DAYS, LIMIT_NAMES, type LimitName, type Limits } from "./limits.ts";

/** One row of the decision table. */
export interface Rule {
	/** 1 to 15. */
	readonly number: number;
	/** All must hold. What earlier rules have already settled is not repeated. */
	readonly conditions: readonly Condition[];
	readonly outcome: Outcome;
}

/** The dates that a condition can ask for. */
export type DateName = "inventoryDate" | "lastUsageDate" | "installDate";

/** The differences of days that a condition can compare, each of two dates. */
export type MeasureName = "inventoryAge" | "usageLag" | "usageAge" | "installAge";

/** A number of days that a measure is compared with: a limit, or the fixed constant. */
export type BoundName = LimitName | "DEVICE_REPORTING_DAYS";

export type Comparison = "<" | "<=" | ">" | ">=";

/** One condition of a rule, as data: it can be evaluated, put into words, or written as SQL. */
export type Condition =
	| { readonly kind: "date"; readonly date: DateName; readonly is: "missing" | "present" | "inFuture" }
	| { readonly kind: "reports"; readonly subject: "device" | "product"; readonly usage: boolean }
	| { readonly kind: "days"; readonly measure: MeasureName; readonly comparison: Comparison; readonly bound: BoundName };

/** The rules in order: the first whose conditions all hold decides. One of them holds for every installation. */
export const RULES: readonly Rule[] = [
	rule(1, [date("inventoryDate", "missing")], "No Device Inventory date"),
	rule(2, [date("inventoryDate", "inFuture")], "Invalid Device Inventory date"),
	rule(3, [reports("device"), days("inventoryAge", ">=", "DEVICE_REPORTING_DAYS")], "Device stopped reporting usage"),
	rule(4, [doesNotReport("device"), days("inventoryAge", ">", "DEVICE_REPORTING_DAYS")], "Device Inventory too old"),
	rule(5, [date("lastUsageDate", "inFuture")], "Invalid usage date"),
	rule(6, [date("lastUsageDate", "present"), days("usageLag", ">", "DEVICE_REPORTING_DAYS")], "Device stopped reporting usage"),
	rule(7, [days("usageAge", "<=", "UsedCategoryLimit")], "Used"),
	rule(8, [days("usageAge", ">=", "UnusedCategoryLimit")], "Unused"),
	rule(9, [date("lastUsageDate", "present")], "Rarely Used"),
	rule(10, [doesNotReport("device")], "No Device usage"),
	rule(11, [doesNotReport("product")], "No Product Usage"),
	rule(12, [date("installDate", "missing")], "Unused"),
	rule(13, [date("installDate", "inFuture")], "Invalid install date"),
	rule(14, [days("installAge", "<", "InstallDateCutOffLimit")], "Recently installed"),
	rule(15, [days("installAge", ">=", "InstallDateCutOffLimit")], "Unused"),
];

/** A measure is the days from its `earlier` to its `later` date; it has no value, and no comparison holds, when one is missing. */
const MEASURES: { readonly [name in MeasureName]: { readonly later: FactDay; readonly earlier: FactDay } } = {
	inventoryAge: { later: "endOfSync", earlier: "inventoryDate" },
	usageLag: { later: "inventoryDate", earlier: "latestDeviceUsage" },
	usageAge: { later: "endOfSync", earlier: "lastUsageDate" },
	installAge: { later: "endOfSync", earlier: "installDate" },
};

/** A consolidated date, with whether it lies after `asOf` in the time zone of its source. */
export interface FactDate {
	readonly day: DayNumber;
	readonly inFuture: boolean;
}

/** Everything that the rules look at of one installation; null where there is no such date. */
export interface Facts {
	/** Null when the instance has no usable date at all. */
	readonly endOfSync: DayNumber | null;
	readonly inventoryDate: FactDate | null;
	/** Of a bundle, the latest of its own and its components' on the device. */
	readonly lastUsageDate: FactDate | null;
	readonly installDate: FactDate | null;
	/** Latest usage of anything on the device that is not in the future; null when the device does not report usage. */
	readonly latestDeviceUsage: DayNumber | null;
	/** Whether the product, or of a bundle any component, has a usage date that is not in the future anywhere in the instance. */
	readonly productReportsUsage: boolean;
}

/** The facts that are days, between which measures are taken. */
type FactDay = "endOfSync" | "latestDeviceUsage" | DateName;

/**
 * The rule that decides an installation. For facts that no estate can have, such as a usable inventory date without an
 * End of Sync, it is the last one.
 */
export function decide(facts: Facts, limits: Limits): Rule {
	return RULES.find((candidate) => candidate.conditions.every((condition) => holds(condition, facts, limits))) ?? RULES.at(-1)!;
}

/** Whether a condition holds. */
export function holds(condition: Condition, facts: Facts, limits: Limits): boolean {
	switch (condition.kind) {
		case "date": {
			const found = facts[condition.date];
			if (condition.is === "inFuture") return found?.inFuture ?? false;
			return (found === null) === (condition.is === "missing");
		}
		case "reports":
			return condition.usage === (condition.subject === "device" ? facts.latestDeviceUsage !== null : facts.productReportsUsage);
		case "days": {
			const measured = measure(facts, condition.measure);
			return measured !== null && compare(measured, condition.comparison, boundOf(condition.bound, limits));
		}
	}
}

/** The value of a measure in days, negative when its `later` date is the earlier one; null when one of its dates is missing. */
export function measure(facts: Facts, name: MeasureName): number | null {
	const later = dayOf(facts, MEASURES[name].later);
	const earlier = dayOf(facts, MEASURES[name].earlier);
	return later === null || earlier === null ? null : later - earlier;
}

/** The days that a bound stands for. */
export function boundOf(name: BoundName, limits: Limits): number {
	return name === "DEVICE_REPORTING_DAYS" ? DEVICE_REPORTING_DAYS : limits[name];
}

/** All bounds that rules compare with. */
export const BOUND_NAMES: readonly BoundName[] = [...LIMIT_NAMES, "DEVICE_REPORTING_DAYS"];

function dayOf(facts: Facts, name: FactDay): DayNumber | null {
	const fact = facts[name];
	return fact === null || typeof fact === "number" ? fact : fact.day;
}

function compare(value: number, comparison: Comparison, bound: number): boolean {
	switch (comparison) {
		case "<":
			return value < bound;
		case "<=":
			return value <= bound;
		case ">":
			return value > bound;
		case ">=":
			return value >= bound;
	}
}

function rule(number: number, conditions: readonly Condition[], result: Exclude<Category, "Unreported"> | Reason): Rule {
	const isCategory = result === "Used" || result === "Rarely Used" || result === "Unused";
	return { number, conditions, outcome: isCategory ? { category: result, reason: null } : { category: "Unreported", reason: result } };
}

function date(name: DateName, is: "missing" | "present" | "inFuture"): Condition {
	return { kind: "date", date: name, is };
}

function reports(subject: "device" | "product"): Condition {
	return { kind: "reports", subject, usage: true };
}

function doesNotReport(subject: "device" | "product"): Condition {
	return { kind: "reports", subject, usage: false };
}

function days(name: MeasureName, comparison: Comparison, bound: BoundName): Condition {
	return { kind: "days", measure: name, comparison, bound };
}
