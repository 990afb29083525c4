import type { ConfigProblem } from "../../problems.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { findChangedLimit } from "../find-changed-limit.ts";

/**
 * | N − U       | days that are Rarely Used | problem              |
 * |-------------|---------------------------|----------------------|
 * | 2 and more  | U + 1 to N − 1            | none                 |
 * | 1           | none                      | `limits/narrow-band` |
 * | 0 and less  | none                      | see `limits/order`   |
 *
 * Holds for instances and projects. Marked is the limit that is not at its default; when neither is, N.
 */
export function checkNarrowBand(context: ConfigContext): readonly ConfigProblem[] {
	const limits = context.file.model?.limits ?? {};
	const used = limits.UsedCategoryLimit;
	const unused = limits.UnusedCategoryLimit;
	if (used === undefined || unused === undefined || unused !== used + 1) return [];
	return [
		{
			code: "limits/narrow-band",
			severity: "warning",
			message: t`No day is left for Rarely Used: up to ${formatCount(used)} days is Used, and from ${formatCount(unused)} days on is Unused. Installations pass from Used to Unused overnight. Set the two limits further apart.`,
			path: ["usageCategory", findChangedLimit(limits, "UsedCategoryLimit", "UnusedCategoryLimit")],
			anchor: "value",
		},
	];
}
