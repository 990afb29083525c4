import type { ConfigProblem } from "../../problems.ts";
import { formatCount } from "../../texts/format-count.ts";
import { mark, t } from "../../texts/translate.ts";
import type { DateColumnName } from "../../usage/source-facts.ts";
import type { SourcesContext } from "../data-context.ts";
import { describeColumn, placeOfDates } from "./place-of-dates.ts";

/**
 * | empty cells of a date column that the source has        | problem              |
 * |---------------------------------------------------------|----------------------|
 * | at least 99 % of 20 rows or more                         | `source/empty-dates` |
 * | fewer, or they hold something that is no date            | none, or another     |
 */
export function checkEmptyDates({ sources }: SourcesContext): readonly ConfigProblem[] {
	return sources.flatMap(({ source, facts, unreadDates }) =>
		facts.dates.flatMap(({ column, dated, empty }): ConfigProblem | [] => {
			if (facts.rows < LEAST_ROWS || (empty - unreadDates) * 100 < facts.rows * EMPTY_PERCENT) return [];
			const rows = t`${formatCount(facts.rows)} rows`;
			const share =
				dated === 0
					? t`None of ${rows} has`
					: dated === 1
						? t`Only ${formatCount(dated)} of ${rows} has`
						: t`Only ${formatCount(dated)} of ${rows} have`;
			return {
				code: "source/empty-dates",
				severity: "warning",
				message: t`${share} a date in ${describeColumn(source, column)}. ${t(CONSEQUENCE[column])}`,
				...placeOfDates(source, column),
			};
		}),
	);
}

const LEAST_ROWS = 20;
const EMPTY_PERCENT = 99;

/** By column what becomes of rows without a date that no other source gives them. */
const CONSEQUENCE: { readonly [column in DateColumnName]: string } = {
	inventoryDate: mark("Unless another source has the dates, everything on these devices counts as Unreported."),
	installDate: mark("Unless another source has the dates, new installations without usage count as Unused at once."),
	lastUsageDate: mark("Unless another source has the dates, none of these installations can count as Used."),
};
