import type { ConfigFix } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { relativePathOf } from "../file-names.ts";

/** So many projects are offered at most; more would hide the other fixes of the menu. */
const MAX_OFFERED = 5;

/** Projects that an instance may have meant. */
export interface OfferedProjects {
	/** The way out as a sentence. */
	readonly wayOut: string;
	readonly fixes: readonly ConfigFix[];
}

/**
 * Offers the workspace's projects in place of what an instance has written: the one that was meant by the look of it or as there is no other, then
 * the nearest.
 */
export function offerProjects(context: ConfigContext, written: string): OfferedProjects {
	const all = pathsOfProjects(context);
	const meant = all.find((path) => isSlipOf(written, path)) ?? (all.length === 1 ? all[0]! : null);
	const offered = [...(meant === null ? [] : [meant]), ...all.filter((path) => path !== meant)].slice(0, MAX_OFFERED);
	return {
		wayOut: wayOut(meant, offered, all.length),
		fixes: offered.map(
			(path): ConfigFix => ({ kind: "set", title: t`Change to ${path}`, preferred: path === meant, path: ["project"], value: path }),
		),
	};
}

function wayOut(meant: string | null, offered: readonly string[], projects: number): string {
	if (meant !== null) return t`Did you mean "${meant}"?`;
	if (offered.length === 0) return t("This workspace has no project yet: create one, or correct the path.");
	const others = projects > offered.length ? t` and ${projects - offered.length} more` : "";
	return t`The projects of this workspace are ${offered.join(", ")}${others}.`;
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
