import { parseDay } from "../../dates/day-number.ts";
import { utcDayOf } from "../../dates/instant.ts";
import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";

/** A renewal counts as due from so many days before it. */
const DUE_DAYS = 90;

/**
 * | day of renewal, from today (UTC) | problem                       |
 * |----------------------------------|-------------------------------|
 * | before today                     | see `subscription/renewal-past` |
 * | today to 90 days ahead           | `subscription/renewal-due`    |
 * | 91 days ahead and more           | none                          |
 */
export function checkRenewalDue(context: ConfigContext): readonly ConfigProblem[] {
	const { file, now } = context;
	if (file.model?.kind !== "project") return [];
	return file.model.subscriptions.flatMap(({ index, client, renewalDate }) => {
		const day = renewalDate === null ? null : parseDay(renewalDate);
		const daysAhead = day === null ? -1 : day - utcDayOf(now);
		if (daysAhead < 0 || daysAhead > DUE_DAYS) return [];
		return [
			{
				code: "subscription/renewal-due",
				severity: "warning",
				message: t`The subscription of ${client} is due for renewal ${describe(daysAhead)}, on ${renewalDate}. Compare what is paid for with the usage report before then.`,
				path: ["subscriptions", index, "renewalDate"],
				anchor: "value",
			} satisfies ConfigProblem,
		];
	});
}

function describe(daysAhead: number): string {
	if (daysAhead === 0) return t("today");
	return daysAhead === 1 ? t("tomorrow") : t`in ${daysAhead} days`;
}
