import { type DayNumber, formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import type { Outcome } from "../../core/usage/category.ts";
import type { FactDate } from "../../core/usage/decision-table.ts";
import { findInstallation } from "../../core/usage/estate-lookups.ts";
import type { Explanation } from "../../core/usage/explain.ts";
import { placeOf } from "../../workspace/runs/installation-place.ts";
import type { CategorizeRun } from "../../workspace/runs/run-categorize.ts";
import { formatLimits } from "./categorize-text.ts";
import type { Paint } from "./paint.ts";
import { formatTable, printable, wrap } from "./table.ts";

/** Lines that say why one installation has its category: the dates, the rules that were tried, and when it would change. */
export function formatExplanation(
	run: CategorizeRun,
	explanation: Explanation,
	{ width, paint }: { readonly width: number; readonly paint: Paint },
): readonly string[] {
	const { facts, ages, ownLastUsageDate } = explanation;
	const bundled = facts.lastUsageDate?.day !== ownLastUsageDate?.day ? "with its components; " : "";
	const dates = formatTable(
		[
			{ title: "", align: "left" },
			{ title: "", align: "left" },
			{ title: "", align: "left" },
		],
		[
			["End of Sync", formatOptionalDay(facts.endOfSync), ""],
			["Device inventory", formatDate(facts.inventoryDate), formatAge(facts.inventoryDate, ages.inventoryAge)],
			[
				"Latest usage on the device",
				formatOptionalDay(facts.latestDeviceUsage),
				ages.usageLag === null ? "" : formatDistance(ages.usageLag, "the inventory"),
			],
			["Last used", formatDate(facts.lastUsageDate), bundled + formatAge(facts.lastUsageDate, ages.usageAge)],
			["Installed", formatDate(facts.installDate), formatAge(facts.installDate, ages.installAge)],
			["Product reports usage", facts.productReportsUsage ? "yes" : "no", ""],
			["Limits", formatLimits(run.categorization.limits), ""],
		],
		width,
	).slice(1);
	const steps = explanation.steps.flatMap(({ rule, text, matched }) => {
		const [first, ...rest] = wrap(printable(text), width - 14);
		const verdict = matched ? paint("good", "yes") : paint("quiet", "no ");
		return [`  ${String(rule).padStart(2)}  ${verdict}  ${first}`, ...rest.map((line) => `           ${line}`)];
	});
	return [
		`${printable(explanation.product)} on ${printable(explanation.device)}: ${paint("heading", formatOutcome(explanation.outcome))}`,
		paint("quiet", `${printable(run.instanceName)}, as of ${formatInstant(run.categorization.asOf)}`),
		paint("quiet", printable(describePlace(run, explanation))),
		"",
		...dates.map((line) => `  ${line}`.trimEnd()),
		"",
		paint("heading", `Rule ${explanation.rule} decided; the first rule that holds does`),
		...steps,
		"",
		...wrap(formatNextChange(explanation), width),
	];
}

/** Where the installation first appears in the data, as a person would look for it. */
function describePlace(run: CategorizeRun, { device, product }: Explanation): string {
	const { source, path, row } = placeOf(run, findInstallation(run.categorization.estate, device, product)!);
	return `row ${formatCount(row)} of ${source}${path === null ? "" : ` (${path})`}`;
}

/** A category, with its reason where it has one. */
function formatOutcome({ category, reason }: Outcome): string {
	return reason === null ? category : `${category} (${reason})`;
}

function formatNextChange({ nextChange }: Explanation): string {
	if (nextChange === null) return "Time alone will not change this.";
	return `If the device goes on reporting and nobody uses the product, this becomes ${formatOutcome(nextChange.outcome)} on ${formatDay(nextChange.day)}.`;
}

function formatDate(date: FactDate | null): string {
	return date === null ? "–" : formatDay(date.day);
}

function formatOptionalDay(day: DayNumber | null): string {
	return day === null ? "–" : formatDay(day);
}

function formatAge(date: FactDate | null, age: number | null): string {
	if (date === null) return "";
	if (date.inFuture) return "in the future";
	if (age === null) return "";
	return formatDistance(age, "End of Sync");
}

function formatDistance(days: number, from: string): string {
	if (days === 0) return `the day of ${from}`;
	return days > 0 ? `${formatCounted(days, "day")} before ${from}` : `${formatCounted(-days, "day")} after ${from}`;
}
