import type { ConfigProblem, RelatedPlace } from "../../problems.ts";
import { joinWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { DEFAULT_LIMITS } from "../../usage/limits.ts";
import type { ConfigContext } from "../config-context.ts";

/**
 * | I          | reclaim policies | problem               |
 * |------------|------------------|-----------------------|
 * | 1 and more | any or none      | none                  |
 * | 0          | none             | none                  |
 * | 0          | any              | `limits/zero-cut-off` |
 *
 * A policy counts whether or not it is enabled or published: switching it on must be safe.
 */
export function checkZeroCutOff(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	if (file.model?.kind !== "instance" || file.model.limits?.InstallDateCutOffLimit !== 0) return [];
	const policies = file.model.reclaimPolicies;
	if (policies.length === 0) return [];
	const named = policies.slice(0, 3).map((policy) => `"${policy.name}"`);
	const others = policies.length > 3 ? [t`${policies.length - 3} more`] : [];
	return [
		{
			code: "limits/zero-cut-off",
			severity: "error",
			message:
				policies.length === 1
					? t`With \`InstallDateCutOffLimit\` 0, what is installed today and not yet used is at once Unused, and within reach of ${joinWords([...named, ...others])}. Restore ${DEFAULT_LIMITS.InstallDateCutOffLimit}, or remove the reclaim policy.`
					: t`With \`InstallDateCutOffLimit\` 0, what is installed today and not yet used is at once Unused, and within reach of ${joinWords([...named, ...others])}. Restore ${DEFAULT_LIMITS.InstallDateCutOffLimit}, or remove the reclaim policies.`,
			path: ["usageCategory", "InstallDateCutOffLimit"],
			anchor: "value",
			related: policies.map(
				(policy): RelatedPlace => ({
					file: file.id,
					path: ["reclaimPolicies", policy.index, "name"],
					anchor: "value",
					message: t`The policy "${policy.name}".`,
				}),
			),
			fixes: [
				{
					kind: "set",
					title: t`Restore the default of \`InstallDateCutOffLimit\`: ${DEFAULT_LIMITS.InstallDateCutOffLimit}`,
					preferred: false,
					path: ["usageCategory", "InstallDateCutOffLimit"],
					value: DEFAULT_LIMITS.InstallDateCutOffLimit,
				},
			],
		},
	];
}
