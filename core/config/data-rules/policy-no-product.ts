import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { DataContext } from "../data-context.ts";
import { parsePattern } from "../pattern.ts";
import { textsAt } from "../value-at.ts";

/**
 * | a product of a reclaim policy                        | problem                            |
 * |------------------------------------------------------|------------------------------------|
 * | with `*`, that stands for no product of the data      | `policy/no-product`                |
 * | without `*`, of which the data has no installation    | see `reference/missing-product`    |
 */
export function checkPolicyNoProduct({ file, matchesProduct }: DataContext): readonly ConfigProblem[] {
	if (file.model?.kind !== "instance") return [];
	return file.model.reclaimPolicies.flatMap((policy) =>
		textsAt(file.tree, ["reclaimPolicies", policy.index, "products"])
			.filter(({ text }) => parsePattern(text).suffix !== null && !matchesProduct(text))
			.map(
				({ text, path }): ConfigProblem => ({
					code: "policy/no-product",
					severity: "warning",
					message: t`No product in the data matches "${text}", so the policy "${policy.name}" reclaims nothing by it. Check the pattern against the data's names.`,
					path,
					anchor: "value",
				}),
			),
	);
}
