import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { foldName } from "../fold-name.ts";
import { listAt, readText, valueAt } from "../value-at.ts";

/**
 * | list              | names are compared           | problem, at the second and later ones |
 * |-------------------|------------------------------|---------------------------------------|
 * | `dataSources`     | without regard to case       | `reference/duplicate-name`            |
 * | `reclaimPolicies` | without regard to case       | `reference/duplicate-name`            |
 * | `bundles`         | exactly: they are products   | `reference/duplicate-name`            |
 */
export function checkDuplicateName(context: ConfigContext): readonly ConfigProblem[] {
	switch (context.file.model?.kind) {
		case undefined:
			return [];
		case "project":
			return findDuplicates(context, "dataSources", t("data source"), foldName);
		case "instance":
			return [
				...findDuplicates(context, "dataSources", t("data source"), foldName),
				...findDuplicates(context, "bundles", t("bundle"), (name) => name),
				...findDuplicates(context, "reclaimPolicies", t("reclaim policy"), foldName),
			];
	}
}

function findDuplicates(context: ConfigContext, list: string, noun: string, keyOf: (name: string) => string): readonly ConfigProblem[] {
	const { file } = context;
	const firstByKey = new Map<string, number>();
	return listAt(file.tree, [list]).flatMap((entry, index) => {
		const name = readText(valueAt(entry, ["name"]));
		if (name === null) return [];
		const first = firstByKey.get(keyOf(name));
		if (first === undefined) {
			firstByKey.set(keyOf(name), index);
			return [];
		}
		return [
			{
				code: "reference/duplicate-name",
				severity: "error",
				message: t`Another ${noun} of this file is already called "${name}". Give this one a name of its own.`,
				path: [list, index, "name"],
				anchor: "value",
				related: [{ file: file.id, path: [list, first, "name"], anchor: "value", message: t("The first of this name.") }],
			} satisfies ConfigProblem,
		];
	});
}
