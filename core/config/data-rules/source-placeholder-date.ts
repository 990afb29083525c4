import { type DayNumber, formatDay } from "../../dates/day-number.ts";
import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { mark, t } from "../../texts/translate.ts";
import { placeholderAt } from "../../usage/placeholder-days.ts";
import type { DateFacts } from "../../usage/source-facts.ts";
import type { DescribedSource, SourcesContext } from "../data-context.ts";
import { describeColumn, placeOfDates } from "./place-of-dates.ts";

/**
 * | a date of a column                                                       | problem                   |
 * |--------------------------------------------------------------------------|---------------------------|
 * | is a day that programs write when they have none, such as 1970-01-01      | `source/placeholder-date` |
 * | stands in over half of the rows, of which there are 20 or more            | the same                  |
 * | … and is the latest inventory date that is not in the future              | none: the devices' last scan |
 *
 * One problem for each day. What it does is said where the data tells it for certain.
 */
export function checkPlaceholderDates(context: SourcesContext): readonly ConfigProblem[] {
	return context.sources.flatMap((described) => described.facts.dates.flatMap((dates) => checkColumn(described, dates, context)));
}

/** Fewer rows can well have one date by chance. */
const LEAST_ROWS = 20;

function checkColumn(described: DescribedSource, dates: DateFacts, context: SourcesContext): readonly ConfigProblem[] {
	const { source, facts } = described;
	const where = t`in ${describeColumn(source, dates.column)}`;
	return Array.from(dates.days).flatMap((day, index): ConfigProblem | [] => {
		const count = dates.counts[index]!;
		const known = placeholderAt(day);
		const share =
			count === 1
				? t`${formatCount(count)} of ${formatCounted(facts.rows, "row")} has`
				: t`${formatCount(count)} of ${formatCounted(facts.rows, "row")} have`;
		if (known !== null) {
			const effect = describeEffect(dates, day, context);
			return problem(
				described,
				dates,
				t`${share} the date ${formatDay(day)} ${where}, ${t(known.meaning)}, which stands for no date.${effect} Leave such cells empty at their source.`,
			);
		}
		const isScan =
			dates.column === "inventoryDate" && day <= context.today && !dates.days.some((later) => later > day && later <= context.today);
		if (facts.rows < LEAST_ROWS || count * 2 <= facts.rows || isScan) return [];
		return problem(
			described,
			dates,
			t`${share} the same date ${formatDay(day)} ${where}. Check whether something else than ${t(MEANING[dates.column])} was written there.`,
		);
	});
}

const MEANING = {
	inventoryDate: mark("the last inventory"),
	installDate: mark("the installation"),
	lastUsageDate: mark("the last use"),
} as const;

function problem({ source }: DescribedSource, { column }: DateFacts, message: string): ConfigProblem {
	return { code: "source/placeholder-date", severity: "warning", message, ...placeOfDates(source, column) };
}

/** What is certain: the day is in one source only, and the limits that apply put its age into one category. */
function describeEffect({ column }: DateFacts, day: DayNumber, { sources, limits, endOfSync, countDecidedBy }: SourcesContext): string {
	if (column === "installDate" || limits === null || endOfSync === null) return "";
	const having = sources.filter(({ facts }) => facts.dates.some((dates) => dates.column === column && dates.days.includes(day)));
	if (having.length > 1 || (column === "lastUsageDate" && endOfSync - day < limits.UnusedCategoryLimit)) return "";
	const count = countDecidedBy(column, day);
	if (count === 0) return "";
	const category = column === "lastUsageDate" ? "Unused" : "Unreported";
	return count === 1
		? t` ${formatCounted(count, "installation")} counts as ${category} because of it.`
		: t` ${formatCounted(count, "installation")} count as ${category} because of it.`;
}
