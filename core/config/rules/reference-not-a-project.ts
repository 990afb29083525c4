import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { projectOf } from "../project-of.ts";
import { readText, valueAt } from "../value-at.ts";
import { offerProjects } from "./offer-projects.ts";

/**
 * | the instance's `project` leads to  | problem                     | fixes                                           |
 * |------------------------------------|-----------------------------|-------------------------------------------------|
 * | a file of `kind: project`          | none                        |                                                 |
 * | a configuration file of other kind | `reference/not-a-project`   | the workspace's projects, as for a missing one  |
 * | no configuration file              | `reference/missing-project` |                                                 |
 */
export function checkNotAProject(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	const reference = projectOf(context);
	if (reference === null || reference.file === null || reference.project !== null) return [];
	const target = reference.id === file.id ? t("this file itself") : `"${reference.path}"`;
	const kind = readText(valueAt(reference.file.tree, ["kind"]));
	const found = kind === null ? t("that file does not say what kind it is") : t`that file is of kind \`${kind}\``;
	const { wayOut, fixes } = offerProjects(context, reference.path);
	return [
		{
			code: "reference/not-a-project",
			severity: "error",
			message: t`The project of an instance must be a file of kind \`project\`. This one leads to ${target}, and ${found}.${fixes.length === 0 ? "" : ` ${wayOut}`}`,
			path: ["project"],
			anchor: "value",
			fixes,
			related: [{ file: reference.file.id, path: ["kind"], anchor: "value", message: t("The kind of the file.") }],
		},
	];
}
