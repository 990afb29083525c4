import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import type { StoredLogs } from "../../core/history/store-logs.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { formatCount } from "../../core/texts/format-count.ts";

/** Lines that say what became of logs that were to be stored. @param until the instant after which logs were left out. */
export function describeStored({ added, replaced, unchanged, kept, differing, future }: StoredLogs, until: InstantMs): readonly string[] {
	return [
		`${formatCount(added)} added, ${formatCount(replaced)} replaced, ${formatCount(unchanged)} already there`,
		...(kept === 0 ? [] : [`${count(kept, "stored log stays", "stored logs stay")} though the accesses give other figures now:`]),
		...differing.map(
			({ stored, computed }) =>
				`  ${stored.server}, ${formatInstant(stored.loggedAt)}: ${figures(stored)} stored, ${figures(computed)} now`,
		),
		...(kept > differing.length ? [`  and ${formatCount(kept - differing.length)} more`] : []),
		...(kept === 0 ? [] : ["  (registered / enterprise / designer users)", ...REPLACE_ADVICE]),
		...(future === 0 ? [] : [`${count(future, "log is", "logs are")} later than ${formatInstant(until)} and left out`]),
	];
}

const REPLACE_ADVICE = [
	"  --replace takes the new ones. Keep the stored ones where the source has only the last access of each user:",
	"  such a list shows fewer users of a week the longer ago it is.",
];

function count(number: number, one: string, many: string): string {
	return `${formatCount(number)} ${number === 1 ? one : many}`;
}

function figures({ activeRegistered, activeEnterprise, activeDesigners }: UsageLogRow): string {
	return [activeRegistered, activeEnterprise, activeDesigners].map(formatCount).join(" / ");
}
