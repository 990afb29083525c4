import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { DataContext } from "../data-context.ts";
import { textsAt } from "../value-at.ts";
import { unknownProduct } from "./unknown-product.ts";

/**
 * | a component of a bundle                   | problem                       |
 * |-------------------------------------------|-------------------------------|
 * | is installed on no device of the instance | `reference/missing-component` |
 * | is the bundle itself or another bundle    | none: `reference/nested-bundle` tells it |
 *
 * Products are compared exactly, after trimming: a component that is written otherwise lends the bundle no usage.
 */
export function checkMissingComponent(context: DataContext): readonly ConfigProblem[] {
	const { file, products } = context;
	if (file.model?.kind !== "instance") return [];
	const known = new Set([...products, ...file.model.bundles.map((bundle) => bundle.name)]);
	return file.model.bundles.flatMap((bundle) =>
		textsAt(file.tree, ["bundles", bundle.index, "components"])
			.filter(({ text }) => !known.has(text))
			.map((component) =>
				unknownProduct(component, context, {
					code: "reference/missing-component",
					consequence: t`the bundle "${bundle.name}" takes no usage from it`,
					advice: t("Check its name against the data, or remove it."),
				}),
			),
	);
}
