import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { projectOf } from "../project-of.ts";

/**
 * | the instance's `project` leads to                           | problem                       |
 * |-------------------------------------------------------------|-------------------------------|
 * | a file that this workspace reads                            | none                          |
 * | a place outside of a workspace that is not trusted          | `reference/outside-workspace` |
 * | nothing, where the workspace would read it                  | `reference/missing-project`   |
 */
export function checkOutsideWorkspace(context: ConfigContext): readonly ConfigProblem[] {
	const reference = projectOf(context);
	if (reference === null || reference.file !== null || !context.isRefused(reference.id)) return [];
	return [
		{
			code: "reference/outside-workspace",
			severity: "warning",
			message: t`The project "${reference.path}" lies outside of the workspace and is not read, because the workspace is not trusted. Nothing can be said of it.`,
			path: ["project"],
			anchor: "value",
		},
	];
}
