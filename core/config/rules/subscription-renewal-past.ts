import { parseDay } from "../../dates/day-number.ts";
import { utcDayOf } from "../../dates/instant.ts";
import type { ConfigProblem } from "../../problems.ts";
import { formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";

/**
 * | day of renewal, from today (UTC) | problem                     |
 * |----------------------------------|-----------------------------|
 * | any day before                   | `subscription/renewal-past` |
 * | today and after                  | see `subscription/renewal-due` |
 */
export function checkRenewalPast(context: ConfigContext): readonly ConfigProblem[] {
	const { file, now } = context;
	if (file.model?.kind !== "project") return [];
	return file.model.subscriptions.flatMap(({ index, client, renewalDate }) => {
		const day = renewalDate === null ? null : parseDay(renewalDate);
		if (day === null || day >= utcDayOf(now)) return [];
		return [
			{
				code: "subscription/renewal-past",
				severity: "warning",
				message: t`The subscription of ${client} ran until ${renewalDate}, ${formatCounted(utcDayOf(now) - day, "day")} ago. Enter the date of the next renewal, or remove the subscription.`,
				path: ["subscriptions", index, "renewalDate"],
				anchor: "value",
			} satisfies ConfigProblem,
		];
	});
}
