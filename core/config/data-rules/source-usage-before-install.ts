import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted, joinWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { SourcesContext } from "../data-context.ts";
import { placeOfDates } from "./place-of-dates.ts";

/**
 * | rows of a source that were last used before they were installed | problem                       |
 * |------------------------------------------------------------------|-------------------------------|
 * | one or more                                                      | `source/usage-before-install` |
 *
 * Days that stand for no date are told of by `source/placeholder-date` and don't count here.
 */
export function checkUsageBeforeInstall({ sources }: SourcesContext): readonly ConfigProblem[] {
	return sources.flatMap(({ source, facts }): ConfigProblem | [] => {
		const found = facts.usedBeforeInstalled;
		if (found === null || found.count === 0) return [];
		const { count, firstRows } = found;
		const share =
			count === 1
				? t`${formatCount(count)} of ${formatCounted(facts.rows, "row")} was last used before the install date.`
				: t`${formatCount(count)} of ${formatCounted(facts.rows, "row")} were last used before the install date.`;
		const named = firstRows.map((row) => t`row ${formatCount(row)}`);
		const rows = count > named.length ? t` First: ${named.join(", ")}.` : t` See ${joinWords(named)}.`;
		const advice = count * 2 > facts.rows ? t(" As it is most of them, the two columns may be exchanged.") : "";
		return {
			code: "source/usage-before-install",
			severity: "warning",
			message: share + rows + advice,
			...placeOfDates(source, "lastUsageDate"),
		};
	});
}
