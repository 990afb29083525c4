import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { LimitName } from "../../usage/limits.ts";
import { differingFrom, type LimitContext, markOf, type OldestDate } from "./limit-context.ts";

/**
 * A limit says something only if the data goes back that far. Ages count back from End of Sync; the oldest one is that of the earliest date in all
 * of the linked data, also on devices that have stopped reporting.
 *
 * | limit | ages that it is compared with (decision table) | told when       | because                                                     |
 * |-------|------------------------------------------------|-----------------|-------------------------------------------------------------|
 * | N     | of the last usage: rules 7 to 9                | oldest age < N  | rule 8 never applies: nothing that was used becomes Unused  |
 * | U     | of the last usage: rules 7 to 9                | oldest age ≤ U  | rule 9 never applies: whatever was used is Used             |
 * | I     | of the installation: rules 14 and 15           | oldest age < I  | rule 15 never applies: nothing is Unused by its install date|
 *
 * Nothing is told when there are fewer than {@link MIN_DATES} such dates: a few recent ones are no sign of a source that forgets. A placeholder
 * date such as 1970-01-01 makes data seem to go back for ever, and is told of by itself.
 */
export function checkBeyondRetention(context: LimitContext): readonly ConfigProblem[] {
	const { limits, retention, areOwn } = context;
	if (retention === null) return [];
	const { usage, install } = retention;
	const found: { readonly name: LimitName; readonly oldest: OldestDate }[] = [];
	if (isShort(install) && install.ageDays < limits.InstallDateCutOffLimit) found.push({ name: "InstallDateCutOffLimit", oldest: install });
	if (isShort(usage) && usage.ageDays <= limits.UsedCategoryLimit) found.push({ name: "UsedCategoryLimit", oldest: usage });
	if (isShort(usage) && usage.ageDays < limits.UnusedCategoryLimit) found.push({ name: "UnusedCategoryLimit", oldest: usage });
	return (areOwn ? found : found.slice(0, 1)).map(({ name, oldest }) => ({
		code: "limits/beyond-retention",
		severity: "warning",
		message: describe(name, limits[name], oldest),
		...markOf(context, name),
		related: differingFrom(context, "committed").includes(name) ? [context.known.committed!.placeOf(name)] : [],
	}));
}

/** How many dates it takes to tell how far a source goes back. */
export const MIN_DATES = 50;

function isShort(oldest: OldestDate | null): oldest is OldestDate {
	return oldest !== null && oldest.dates >= MIN_DATES;
}

function describe(name: LimitName, limit: number, { ageDays, dates }: OldestDate): string {
	const far = t`${formatCounted(ageDays, "day")} before End of Sync (the oldest of ${formatCount(dates)} dates)`;
	switch (name) {
		case "InstallDateCutOffLimit":
			return t`\`${name}\` is ${formatCounted(limit, "day")}, but install dates in the linked data go back only ${far}: nothing can become Unused by its install date.`;
		case "UsedCategoryLimit":
			return t`\`${name}\` is ${formatCounted(limit, "day")}, but usage dates in the linked data go back only ${far}: whatever was ever used is Used, and nothing can become Rarely Used.`;
		case "UnusedCategoryLimit":
			return t`\`${name}\` is ${formatCounted(limit, "day")}, but usage dates in the linked data go back only ${far}: nothing that was ever used can become Unused.`;
	}
}
