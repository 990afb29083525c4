import type { ConfigFix, ConfigProblem } from "../../problems.ts";
import type { ConfigContext } from "../config-context.ts";
import { relativePathOf } from "../file-names.ts";
import { projectOf } from "../project-of.ts";

/** So many projects are offered at most; more would hide the other fixes of the menu. */
const MAX_OFFERED = 5;

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
	const all = pathsOfProjects(context);
	const meant = all.find((path) => isSlipOf(reference.path, path)) ?? (all.length === 1 ? all[0]! : null);
	const offered = [...(meant === null ? [] : [meant]), ...all.filter((path) => path !== meant)].slice(0, MAX_OFFERED);
	return [
		{
			code: "reference/missing-project",
			severity: "error",
			message: `There is no configuration file at "${reference.path}", seen from this file. ${wayOut(meant, offered, all.length)}`,
			path: ["project"],
			anchor: "value",
			fixes: offered.map(
				(path): ConfigFix => ({ kind: "set", title: `Change to ${path}`, preferred: path === meant, path: ["project"], value: path }),
			),
		},
	];
}

function wayOut(meant: string | null, offered: readonly string[], projects: number): string {
	if (meant !== null) return `Did you mean "${meant}"?`;
	if (offered.length === 0) return "This workspace has no project yet: create one, or correct the path.";
	const others = projects > offered.length ? ` and ${projects - offered.length} more` : "";
	return `The projects of this workspace are ${offered.join(", ")}${others}.`;
}

/** Paths of all projects, relative to the file; those with the fewest steps first, then in code-unit order. */
function pathsOfProjects(context: ConfigContext): readonly string[] {
	const { file, files, resolve } = context;
	return files
		.flatMap((candidate) => {
			const path = candidate.model?.kind === "project" ? relativePathOf(file.id, candidate.id) : null;
			return path !== null && resolve(file.id, path) === candidate.id ? [path] : [];
		})
		.sort((one, other) => stepsOf(one) - stepsOf(other) || (one < other ? -1 : 1));
}

function stepsOf(path: string): number {
	return path.split("/").length;
}

/** Whether two paths differ in one place only, and there by at most two characters. */
function isSlipOf(written: string, path: string): boolean {
	const longest = Math.max(written.length, path.length);
	const shortest = Math.min(written.length, path.length);
	let prefix = 0;
	while (prefix < shortest && written[prefix] === path[prefix]) prefix++;
	let suffix = 0;
	while (suffix < shortest - prefix && written.at(-1 - suffix) === path.at(-1 - suffix)) suffix++;
	return longest - prefix - suffix <= 2;
}
