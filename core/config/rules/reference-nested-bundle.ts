import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { textsAt } from "../value-at.ts";

/**
 * | a component of a bundle   | problem                   |
 * |---------------------------|---------------------------|
 * | is the bundle itself      | `reference/nested-bundle` |
 * | is another bundle         | `reference/nested-bundle` |
 * | is no bundle of this file | none                      |
 *
 * Products are compared exactly, after trimming.
 */
export function checkNestedBundle(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	if (file.model?.kind !== "instance") return [];
	const { bundles } = file.model;
	const firstByName = new Map(bundles.toReversed().map((bundle) => [bundle.name, bundle]));
	return bundles
		.filter(({ components }) => components.some((component) => firstByName.has(component)))
		.flatMap((bundle) =>
			textsAt(file.tree, ["bundles", bundle.index, "components"]).flatMap((component) => {
				const nested = component.text === bundle.name ? bundle : firstByName.get(component.text);
				if (nested === undefined) return [];
				const isSelf = nested === bundle;
				return [
					{
						code: "reference/nested-bundle",
						severity: "error",
						message: isSelf
							? t`The bundle "${bundle.name}" contains itself. Remove this component.`
							: t`"${component.text}" is itself a bundle, and a bundle cannot contain another. List its components here instead.`,
						path: component.path,
						anchor: "value",
						related: isSelf
							? []
							: [{ file: file.id, path: ["bundles", nested.index, "name"], anchor: "value", message: t("The bundle of this name.") }],
						fixes: [{ kind: "remove", title: t`Remove "${component.text}" from the bundle`, preferred: isSelf, path: component.path }],
					} satisfies ConfigProblem,
				];
			}),
		);
}
