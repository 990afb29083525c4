import { joinFirstWords, joinWords } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import type { ServerChoice } from "./select-servers.ts";

/** What a choice of a report's servers lets through, a sentence for each condition; empty for one that lets all through. */
export function describeChoice(choice: ServerChoice): readonly string[] {
	const { flags = [], onlyFlagged = false, clients = [], renewalWithinDays = null, text = "" } = choice;
	return [
		...(flags.length === 0 ? [] : [t`With a flag of these: ${joinWords(flags.map((name) => `"${name}"`))}.`]),
		...(onlyFlagged ? [t("With any flag.")] : []),
		...(clients.length === 0 ? [] : [t`Client: ${joinFirstWords(clients.map((name) => `"${name}"`))}.`]),
		...(renewalWithinDays === null ? [] : [describeWindow(renewalWithinDays)]),
		...(text.trim() === "" ? [] : [t`Client or server with the text "${text.trim()}" in its name.`]),
	];
}

function describeWindow(days: number): string {
	if (days === 0) return t("Renewal on the day of the report.");
	return days === 1 ? t("Renewal within 1 day from the day of the report.") : t`Renewal within ${days} days from the day of the report.`;
}
