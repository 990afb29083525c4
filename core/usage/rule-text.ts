import { formatDay } from "../dates/day-number.ts";
import { formatCounted } from "../texts/format-count.ts";
import { mark, t } from "../texts/translate.ts";
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
	return rule.conditions.map((condition) => describeCondition(condition, describeBound)).reduce((all, next) => t`${all} and ${next}`);
}

/** A rule's conditions in words, with the days of its limits and what was found, such as "no install date (it is 2026-10-05)". */
export function describeRuleFor(rule: Rule, facts: Facts, limits: Limits): string {
	const withDays = (bound: BoundName) =>
		bound === "DEVICE_REPORTING_DAYS" ? describeBound(bound) : t`${bound} of ${formatCounted(boundOf(bound, limits), "day")}`;
	return rule.conditions
		.map((condition) => {
			const found = describeFinding(condition, facts);
			return found === null ? describeCondition(condition, withDays) : `${describeCondition(condition, withDays)} (${found})`;
		})
		.reduce((all, next) => t`${all}, and ${next}`);
}

/** What people call the dates. */
const DATE_WORDS: { readonly [name in DateName]: string } = {
	inventoryDate: mark("device inventory date"),
	lastUsageDate: mark("last usage date"),
	installDate: mark("install date"),
};

/** What people call the measures. */
const MEASURE_WORDS: { readonly [name in MeasureName]: string } = {
	inventoryAge: mark("inventory age"),
	usageLag: mark("time from the latest usage on the device to its inventory"),
	usageAge: mark("usage age"),
	installAge: mark("install age"),
};

/** What reports usage. */
const SUBJECT_WORDS = { device: mark("device"), product: mark("product") } as const;

const COMPARISON_WORDS: { readonly [comparison in Comparison]: string } = {
	"<": mark("{0} less than {1}"),
	"<=": mark("{0} at most {1}"),
	">": mark("{0} more than {1}"),
	">=": mark("{0} at least {1}"),
};

function describeCondition(condition: Condition, bound: (name: BoundName) => string): string {
	switch (condition.kind) {
		case "date":
			return describeDateCondition(t(DATE_WORDS[condition.date]), condition.is);
		case "reports":
			return condition.usage
				? t`the ${t(SUBJECT_WORDS[condition.subject])} reports usage`
				: t`the ${t(SUBJECT_WORDS[condition.subject])} does not report usage`;
		case "days":
			return t(COMPARISON_WORDS[condition.comparison], t(MEASURE_WORDS[condition.measure]), bound(condition.bound));
	}
}

function describeDateCondition(words: string, is: "missing" | "present" | "inFuture"): string {
	switch (is) {
		case "missing":
			return t`no ${words}`;
		case "present":
			return t`a ${words}`;
		case "inFuture":
			return t`${words} in the future`;
	}
}

/** What there is where the condition looks; null where the condition says it all. */
function describeFinding(condition: Condition, facts: Facts): string | null {
	switch (condition.kind) {
		case "date": {
			const date = facts[condition.date];
			return date === null ? t("there is none") : t`it is ${formatDay(date.day)}`;
		}
		case "reports":
			return null;
		case "days": {
			const days = measure(facts, condition.measure);
			return days === null ? t("there is none") : t`it is ${formatCounted(days, "day")}`;
		}
	}
}

function describeBound(name: BoundName): string {
	return name === "DEVICE_REPORTING_DAYS" ? formatCounted(DEVICE_REPORTING_DAYS, "day") : name;
}
