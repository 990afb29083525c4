import { type DayNumber, LAST_DAY } from "../dates/day-number.ts";
import { utcDayOf } from "../dates/instant.ts";
import type { Categorization } from "./categorization.ts";
import type { Outcome } from "./category.ts";
import { BOUND_NAMES, boundOf, decide, type FactDate, type Facts, type MeasureName, measure, RULES } from "./decision-table.ts";
import { factDateAt, factsOf } from "./estate-facts.ts";
import { findInstallation } from "./estate-lookups.ts";
import type { Limits } from "./limits.ts";
import { describeRule, describeRuleFor } from "./rule-text.ts";

/** Why one installation has its outcome. Days are day numbers; null where there is no such date. */
export interface Explanation {
	readonly device: string;
	readonly product: string;
	readonly outcome: Outcome;
	/** Number of the deciding rule, 1 to 15. */
	readonly rule: number;
	/** The deciding rule in words, without figures. */
	readonly ruleText: string;
	/** What the rules looked at; of a bundle, `lastUsageDate` is the latest of its own and its components'. */
	readonly facts: Facts;
	/** The last usage date before bundles; differs from the one in `facts` only where a bundle took over a component's. */
	readonly ownLastUsageDate: FactDate | null;
	/** The differences of days that rules compare; null where one of the two dates is missing. */
	readonly ages: { readonly [name in MeasureName]: number | null };
	/** Every rule that was tried, in order, with its limits and what it found; the last one matched. */
	readonly steps: readonly { readonly rule: number; readonly text: string; readonly matched: boolean }[];
	/** When and to what the outcome changes by time alone; null when it never does. */
	readonly nextChange: NextChange | null;
}

/**
 * The first End of Sync with another outcome, if from now on every day brings new inventory and usage as of that day:
 * the device's inventory age and its lag behind its latest usage stay, and so do the dates of this installation. A
 * device inventory date in the future stays until its day has come, and is that day's from then on.
 */
export interface NextChange {
	readonly day: DayNumber;
	readonly outcome: Outcome;
}

/** Explains the outcome of one installation; null when there is no such installation. Names are compared exactly. */
export function explainInstallation(categorization: Categorization, device: string, product: string): Explanation | null {
	const { estate, limits } = categorization;
	const installation = findInstallation(estate, device, product);
	if (installation === null) return null;
	const facts = factsOf(categorization, installation);
	const rule = RULES[categorization.rule[installation]! - 1]!;
	return {
		device,
		product,
		outcome: rule.outcome,
		rule: rule.number,
		ruleText: describeRule(rule),
		facts,
		ownLastUsageDate: factDateAt(estate.lastUsageDay, installation, categorization.facts),
		ages: {
			inventoryAge: measure(facts, "inventoryAge"),
			usageLag: measure(facts, "usageLag"),
			usageAge: measure(facts, "usageAge"),
			installAge: measure(facts, "installAge"),
		},
		steps: RULES.slice(0, rule.number).map((tried) => ({
			rule: tried.number,
			text: describeRuleFor(tried, facts, limits),
			matched: tried === rule,
		})),
		nextChange: findNextChange(facts, limits, facts.endOfSync ?? utcDayOf(categorization.asOf)),
	};
}

/** Tries, in order, every day on which any condition may begin or cease to hold. */
function findNextChange(facts: Facts, limits: Limits, today: DayNumber): NextChange | null {
	const now = decide(facts, limits).outcome;
	const dates = [facts.inventoryDate, facts.lastUsageDate, facts.installDate].filter((date) => date !== null);
	const days = dates.flatMap(({ day }) => [
		day,
		...BOUND_NAMES.flatMap((name) => [day + boundOf(name, limits), day + boundOf(name, limits) + 1]),
	]);
	const candidates = [today + 1, ...days].filter((day) => day > today && day <= LAST_DAY).sort((a, b) => a - b);
	for (const day of candidates) {
		const { outcome } = decide(factsOnDay(facts, today, day), limits);
		if (outcome.category !== now.category || outcome.reason !== now.reason) return { day, outcome };
	}
	return null;
}

/** The facts when End of Sync and `asOf` have moved from `today` to a later day. */
function factsOnDay(facts: Facts, today: DayNumber, day: DayNumber): Facts {
	const lastUsageDate = ageDate(facts.lastUsageDate, day);
	// A usage date whose day has come makes its device report usage. So does its product, but the rules ask for that only
	// where there is no usage date.
	const arrived = facts.lastUsageDate?.inFuture === true && lastUsageDate?.inFuture === false ? lastUsageDate.day : null;
	return {
		endOfSync: day,
		inventoryDate: ageInventory(facts.inventoryDate, today, day),
		lastUsageDate,
		installDate: ageDate(facts.installDate, day),
		latestDeviceUsage: latestOf(facts.latestDeviceUsage === null ? null : facts.latestDeviceUsage + day - today, arrived),
		productReportsUsage: facts.productReportsUsage,
	};
}

/** A date that was not in the future stays so, also where its source's time zone is ahead. */
function ageDate(date: FactDate | null, day: DayNumber): FactDate | null {
	return date === null ? null : { day: date.day, inFuture: date.inFuture && date.day > day };
}

function ageInventory(date: FactDate | null, today: DayNumber, day: DayNumber): FactDate | null {
	if (date === null) return null;
	if (!date.inFuture) return { day: date.day + day - today, inFuture: false };
	return date.day > day ? date : { day, inFuture: false };
}

function latestOf(one: DayNumber | null, other: DayNumber | null): DayNumber | null {
	if (one === null || other === null) return one ?? other;
	return Math.max(one, other);
}
