import { formatDay } from "../../dates/day-number.ts";
import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { SourcesContext } from "../data-context.ts";
import { placeOfDates } from "./place-of-dates.ts";

/**
 * | End of Sync                                                                     | problem              |
 * |---------------------------------------------------------------------------------|----------------------|
 * | is a date of one device only, a week or more after those of all others, of which there are two at least | `source/lone-device` |
 *
 * At the source that has the date: every age counts back from it.
 */
export function checkLoneDevice({ loneDevice, sources }: SourcesContext): readonly ConfigProblem[] {
	if (loneDevice === null || loneDevice.datedDevices < LEAST_DEVICES || loneDevice.day - loneDevice.without < LEAST_DAYS) return [];
	const { name, day, without } = loneDevice;
	for (const { source, facts } of sources) {
		for (const { column, days, last, lastRow } of facts.dates) {
			if (column === "installDate" || !days.includes(day)) continue;
			const row = last === day && lastRow !== null ? t`, row ${formatCount(lastRow)}` : "";
			const further = formatCounted(day - without, "day");
			return [
				{
					code: "source/lone-device",
					severity: "warning",
					message: t`One device alone, "${name}", sets End of Sync to ${formatDay(day)} (${column}${row}); without it, it would be ${formatDay(without)}. Every age counts back from it, so all of them are ${further} greater. Check that date.`,
					...placeOfDates(source, column),
				},
			];
		}
	}
	return [];
}

const LEAST_DEVICES = 3;
const LEAST_DAYS = 7;
