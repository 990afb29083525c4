import { type DayNumber, formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import type { FactDate } from "../../core/usage/decision-table.ts";
import type { Explanation } from "../../core/usage/explain.ts";
import type { CategorizeRun } from "../../workspace/run-categorize.ts";

/** The JSON of `explain`; keys in this order, dates `YYYY-MM-DD`, absent values null. */
export function toExplainJson(run: CategorizeRun, explanation: Explanation): unknown {
	const { categorization, instanceName } = run;
	const { facts, ages, limits } = { ...explanation, limits: categorization.limits };
	return {
		instance: instanceName,
		asOf: formatInstant(categorization.estate.asOf),
		endOfSync: toDay(facts.endOfSync),
		limits: {
			InstallDateCutOffLimit: limits.InstallDateCutOffLimit,
			UsedCategoryLimit: limits.UsedCategoryLimit,
			UnusedCategoryLimit: limits.UnusedCategoryLimit,
		},
		device: explanation.device,
		product: explanation.product,
		category: explanation.outcome.category,
		reason: explanation.outcome.reason,
		rule: explanation.rule,
		ruleText: explanation.ruleText,
		inventoryDate: toDate(facts.inventoryDate),
		installDate: toDate(facts.installDate),
		lastUsageDate: toDate(facts.lastUsageDate),
		ownLastUsageDate: toDate(explanation.ownLastUsageDate),
		latestDeviceUsage: toDay(facts.latestDeviceUsage),
		productReportsUsage: facts.productReportsUsage,
		ages: { inventoryAge: ages.inventoryAge, usageLag: ages.usageLag, usageAge: ages.usageAge, installAge: ages.installAge },
		steps: explanation.steps.map(({ rule, text, matched }) => ({ rule, text, matched })),
		nextChange:
			explanation.nextChange === null
				? null
				: {
						day: formatDay(explanation.nextChange.day),
						category: explanation.nextChange.outcome.category,
						reason: explanation.nextChange.outcome.reason,
					},
	};
}

function toDate(date: FactDate | null): { readonly date: string; readonly inFuture: boolean } | null {
	return date === null ? null : { date: formatDay(date.day), inFuture: date.inFuture };
}

function toDay(day: DayNumber | null): string | null {
	return day === null ? null : formatDay(day);
}
