import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { projectOf } from "../project-of.ts";
import { offerProjects } from "./offer-projects.ts";

/** An identity that is no place on a disk, such as `untitled:Untitled-1`. */
const IS_ELSEWHERE = /^(?!file:)[a-z][\w+.-]+:/i;

/**
 * | the instance's `project` leads to     | problem                     | fixes                                           |
 * |---------------------------------------|-----------------------------|-------------------------------------------------|
 * | a configuration file of the workspace | none                        |                                                 |
 * | no file, as this one is on no disk    | none                        |                                                 |
 * | a file that is not read               | see `reference/outside-workspace` |                                           |
 * | anything else                         | `reference/missing-project` | the workspace's projects: the one that was meant |
 * |                                       |                             | by the look of it, then the nearest             |
 */
export function checkMissingProject(context: ConfigContext): readonly ConfigProblem[] {
	const reference = projectOf(context);
	if (reference === null || reference.file !== null || context.isRefused(reference.id)) return [];
	// Beside a document that is not saved, or in a virtual workspace, no other file is known.
	if (IS_ELSEWHERE.test(context.file.id)) return [];
	const { wayOut, fixes } = offerProjects(context, reference.path);
	return [
		{
			code: "reference/missing-project",
			severity: "error",
			message: t`There is no configuration file at "${reference.path}", seen from this file. ${wayOut}`,
			path: ["project"],
			anchor: "value",
			fixes,
		},
	];
}
