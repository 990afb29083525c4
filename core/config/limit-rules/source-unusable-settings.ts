import type { ConfigProblem } from "../../problems.ts";
import { formatCount, joinWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { LimitContext } from "./limit-context.ts";

/** Rows named at most. */
const ROWS_SHOWN = 3;

/**
 * Rows of settings that say nothing silence `limits/drift-from-deployed` and the exposure by what is deployed; nobody should take that for agreement.
 *
 * | rows about the file              | problem                                                                  |
 * |----------------------------------|--------------------------------------------------------------------------|
 * | none                             | none                                                                     |
 * | each limit, once or alike        | none                                                                     |
 * | a limit with several values      | `source/unusable-settings`, at the source if it is this file's own, or |
 * | some limits, others not          | else at the name by which the project's rows were searched             |
 * | a value that is no limit         |                                                                          |
 */
export function checkUnusableSettings({ file, unusable }: LimitContext): readonly ConfigProblem[] {
	if (unusable === null) return [];
	const { why, rows, place } = unusable;
	const isOwn = place.file === file.id;
	const named = rows.slice(0, ROWS_SHOWN).map((row) => t`row ${formatCount(row)}`);
	const see = named.length === 0 ? "" : t` See ${joinWords(named)}${isOwn ? "" : t` of ${place.message}`}.`;
	return [
		{
			code: "source/unusable-settings",
			severity: "warning",
			message: t`The settings rows ${why}. Nothing is compared with what is deployed until they are corrected.${see}`,
			...(isOwn
				? { path: place.path, anchor: place.anchor }
				: { path: ["name"], anchor: "value" as const, related: [{ ...place, message: t("The source of the settings rows.") }] }),
		},
	];
}
