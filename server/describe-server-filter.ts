import { joinFirstWords, joinWords } from "../core/texts/format-count.ts";
import { t } from "../core/texts/translate.ts";
import type { ServerFilter } from "./protocol/requests.ts";

/** What a choice of a report's servers lets through, a sentence for each condition; empty for one that lets all through. */
export function describeServerFilter({ flags = [], clients = [], renewalWithinDays = null, text = "" }: ServerFilter): readonly string[] {
	return [
		...(flags.length === 0 ? [] : [t`With a flag of these: ${joinWords(flags.map((name) => `"${name}"`))}.`]),
		...(clients.length === 0 ? [] : [t`Client: ${joinFirstWords(clients.map((name) => `"${name}"`))}.`]),
		...(renewalWithinDays === null ? [] : [describeWindow(renewalWithinDays)]),
		...(text.trim() === "" ? [] : [t`Client or server with the text "${text.trim()}" in its name.`]),
	];
}

function describeWindow(days: number): string {
	if (days === 0) return t("Renewal on the day of the report.");
	return days === 1 ? t("Renewal within 1 day from the day of the report.") : t`Renewal within ${days} days from the day of the report.`;
}
