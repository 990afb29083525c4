import { formatDay } from "../dates/day-number.ts";
import { formatCounted } from "../texts/format-count.ts";
import {
	type BoundName,
	boundOf,
	type Comparison,
	type Condition,
	type DateName,
	type Facts,
	type MeasureName,
	measure,
	type Rule,
} from "./decision-table.ts";
import { DEVICE_REPORTING_DAYS, type Limits } from "./limits.ts";

/** A rule's conditions in words, such as "usage age at most UsedCategoryLimit"; limits by name only. */
export function describeRule(rule: Rule): string {
	return rule.conditions.map((condition) => describeCondition(condition, describeBound)).join(" and ");
}

/** A rule's conditions in words, with the days of its limits and what was found, such as "no install date (it is 2026-10-05)". */
export function describeRuleFor(rule: Rule, facts: Facts, limits: Limits): string {
	const withDays = (bound: BoundName) =>
		bound === "DEVICE_REPORTING_DAYS" ? describeBound(bound) : `${bound} of ${formatCounted(boundOf(bound, limits), "day")}`;
	return rule.conditions
		.map((condition) => {
			const found = describeFinding(condition, facts);
			return found === null ? describeCondition(condition, withDays) : `${describeCondition(condition, withDays)} (${found})`;
		})
		.join(", and ");
}

/** What people call the dates. */
const DATE_WORDS: { readonly [name in DateName]: string } = {
	inventoryDate: "device inventory date",
	lastUsageDate: "last usage date",
	installDate: "install date",
};

/** What people call the measures. */
const MEASURE_WORDS: { readonly [name in MeasureName]: string } = {
	inventoryAge: "inventory age",
	usageLag: "time from the latest usage on the device to its inventory",
	usageAge: "usage age",
	installAge: "install age",
};

const COMPARISON_WORDS: { readonly [comparison in Comparison]: string } = {
	"<": "less than",
	"<=": "at most",
	">": "more than",
	">=": "at least",
};

function describeCondition(condition: Condition, bound: (name: BoundName) => string): string {
	switch (condition.kind) {
		case "date":
			return describeDateCondition(DATE_WORDS[condition.date], condition.is);
		case "reports":
			return `the ${condition.subject} ${condition.usage ? "reports" : "does not report"} usage`;
		case "days":
			return `${MEASURE_WORDS[condition.measure]} ${COMPARISON_WORDS[condition.comparison]} ${bound(condition.bound)}`;
	}
}

function describeDateCondition(words: string, is: "missing" | "present" | "inFuture"): string {
	switch (is) {
		case "missing":
			return `no ${words}`;
		case "present":
			return `a ${words}`;
		case "inFuture":
			return `${words} in the future`;
	}
}

/** What there is where the condition looks; null where the condition says it all. */
function describeFinding(condition: Condition, facts: Facts): string | null {
	switch (condition.kind) {
		case "date": {
			const date = facts[condition.date];
			return date === null ? "there is none" : `it is ${formatDay(date.day)}`;
		}
		case "reports":
			return null;
		case "days": {
			const days = measure(facts, condition.measure);
			return days === null ? "there is none" : `it is ${formatCounted(days, "day")}`;
		}
	}
}

function describeBound(name: BoundName): string {
	return name === "DEVICE_REPORTING_DAYS" ? formatCounted(DEVICE_REPORTING_DAYS, "day") : name;
}
