import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { DataContext } from "../data-context.ts";
import { parsePattern } from "../pattern.ts";
import { textsAt } from "../value-at.ts";
import { unknownProduct } from "./unknown-product.ts";

/**
 * | a product of a reclaim policy                    | problem                     |
 * |--------------------------------------------------|-----------------------------|
 * | without `*`, of which the data has no installation | `reference/missing-product` |
 * | with `*`                                         | see `policy/no-product`     |
 *
 * Case is ignored, as it is where policies are applied.
 */
export function checkMissingProduct(context: DataContext): readonly ConfigProblem[] {
	const { file, matchesProduct } = context;
	if (file.model?.kind !== "instance") return [];
	return file.model.reclaimPolicies.flatMap((policy) =>
		textsAt(file.tree, ["reclaimPolicies", policy.index, "products"])
			.filter(({ text }) => parsePattern(text).suffix === null && !matchesProduct(text))
			.map((product) =>
				unknownProduct(product, context, {
					code: "reference/missing-product",
					consequence: t`the policy "${policy.name}" reclaims nothing by this name`,
					advice: t("Check its name against the data, or write a pattern with `*`."),
				}),
			),
	);
}
