import type { ConfigFix, ConfigPath, ConfigProblem } from "../../problems.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import type { WrittenLimits } from "../model.ts";
import { textsAt } from "../value-at.ts";

/**
 * | `categories` of a policy  | problem              | fix                  |
 * |---------------------------|----------------------|----------------------|
 * | Unused                    | none                 |                      |
 * | Unused and Rarely Used    | `policy/rarely-used` | remove Rarely Used   |
 * | Rarely Used               | `policy/rarely-used` | change it to Unused  |
 *
 * Whether or not the policy is enabled: it is to be seen before it is switched on.
 */
export function checkPolicyRarelyUsed(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	if (file.model?.kind !== "instance") return [];
	const { limits, reclaimPolicies } = file.model;
	return reclaimPolicies.flatMap((policy) => {
		const categories = textsAt(file.tree, ["reclaimPolicies", policy.index, "categories"]);
		const rarelyUsed = categories.find((category) => category.text === "Rarely Used");
		if (rarelyUsed === undefined) return [];
		return [
			{
				code: "policy/rarely-used",
				severity: "warning",
				message: t`"${policy.name}" reclaims software that is still in use${describeBand(limits)}. Keep Rarely Used only if the client has asked for it.`,
				path: rarelyUsed.path,
				anchor: "value",
				fixes: [
					categories.some((category) => category.text === "Unused") ? removeCategory(rarelyUsed.path) : changeCategory(rarelyUsed.path),
				],
			} satisfies ConfigProblem,
		];
	});
}

/** The days that make an installation Rarely Used, where the limits leave any. */
function describeBand(limits: WrittenLimits | null): string {
	const used = limits?.UsedCategoryLimit;
	const unused = limits?.UnusedCategoryLimit;
	if (used === undefined || unused === undefined || unused - used < 2) return "";
	return unused - used === 2
		? t`, last used ${formatCount(used + 1)} days ago`
		: t`, last used ${formatCount(used + 1)} to ${formatCount(unused - 1)} days ago`;
}

function removeCategory(path: ConfigPath): ConfigFix {
	return { kind: "remove", title: t("Reclaim Unused only"), preferred: false, path };
}

function changeCategory(path: ConfigPath): ConfigFix {
	return { kind: "set", title: t("Reclaim Unused instead"), preferred: false, path, value: "Unused" };
}
