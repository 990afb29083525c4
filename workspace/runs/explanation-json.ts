import { type DayNumber, formatDay } from "../../core/dates/day-number.ts";
import type { FactDate } from "../../core/usage/decision-table.ts";
import { findInstallation } from "../../core/usage/estate-lookups.ts";
import type { Explanation } from "../../core/usage/explain.ts";
import { type InstallationPlace, placeOf } from "./installation-place.ts";
import type { CategorizeRun } from "./run-categorize.ts";

/** Why one installation has its category; keys in this order, dates `YYYY-MM-DD`, absent values null. */
export interface ExplanationJson {
	readonly device: string;
	readonly product: string;
	readonly category: string;
	readonly reason: string | null;
	readonly rule: number;
	readonly ruleText: string;
	readonly inventoryDate: DateJson | null;
	readonly installDate: DateJson | null;
	readonly lastUsageDate: DateJson | null;
	readonly ownLastUsageDate: DateJson | null;
	readonly latestDeviceUsage: string | null;
	readonly productReportsUsage: boolean;
	readonly ages: Explanation["ages"];
	readonly steps: Explanation["steps"];
	readonly nextChange: { readonly day: string; readonly category: string; readonly reason: string | null } | null;
	/** Where it first appears in the data. */
	readonly place: InstallationPlace;
}

/** A date that a rule looked at. */
export interface DateJson {
	readonly date: string;
	readonly inFuture: boolean;
}

/** The explanation of an installation of a run. */
export function toExplanationJson(run: CategorizeRun, explanation: Explanation): ExplanationJson {
	const { device, product, outcome, facts, ages, steps, nextChange } = explanation;
	return {
		device,
		product,
		category: outcome.category,
		reason: outcome.reason,
		rule: explanation.rule,
		ruleText: explanation.ruleText,
		inventoryDate: toDate(facts.inventoryDate),
		installDate: toDate(facts.installDate),
		lastUsageDate: toDate(facts.lastUsageDate),
		ownLastUsageDate: toDate(explanation.ownLastUsageDate),
		latestDeviceUsage: toDay(facts.latestDeviceUsage),
		productReportsUsage: facts.productReportsUsage,
		ages: { inventoryAge: ages.inventoryAge, usageLag: ages.usageLag, usageAge: ages.usageAge, installAge: ages.installAge },
		steps: steps.map(({ rule, text, matched }) => ({ rule, text, matched })),
		nextChange:
			nextChange === null
				? null
				: { day: formatDay(nextChange.day), category: nextChange.outcome.category, reason: nextChange.outcome.reason },
		place: placeOf(run, findInstallation(run.categorization.estate, device, product)!),
	};
}

function toDate(date: FactDate | null): DateJson | null {
	return date === null ? null : { date: formatDay(date.day), inFuture: date.inFuture };
}

function toDay(day: DayNumber | null): string | null {
	return day === null ? null : formatDay(day);
}
