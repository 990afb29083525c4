import { fileNameOf } from "../../core/config/file-names.ts";
import { DEFAULT_LIMITS, type Limits, makeLimits } from "../../core/usage/limits.ts";
import { chooseLimits, findProject } from "../choose-limits.ts";
import { listInstances } from "../entities/instances-of.ts";
import type { Workspace } from "../workspace.ts";
import { findLimits } from "./compared-limits.ts";
import type { CategorizeRun } from "./run-categorize.ts";

/** Limits that those of an instance can be compared with. */
export interface LimitReference {
	readonly kind: "default" | "committed" | "deployed" | "project" | "instance";
	/** Of another instance of the same project its name; null for the other kinds. */
	readonly name: string | null;
	readonly limits: Limits;
}

/**
 * The vendor's defaults, the limits of the last commit, those deployed, those of the project, and of every other instance of the project, in this
 * order; what is not known, or cannot be used, is left out.
 * @throws `signal.reason` when aborted.
 */
export async function findReferences(
	workspace: Workspace,
	{ uri, instance }: CategorizeRun,
	signal: AbortSignal,
): Promise<readonly LimitReference[]> {
	const file = workspace.file(uri);
	const references: LimitReference[] = [{ kind: "default", name: null, limits: DEFAULT_LIMITS }];
	if (file === null) return references;
	const [committed, deployed] = await Promise.all([
		findLimits(workspace, file, instance, "committed", signal),
		findLimits(workspace, file, instance, "deployed", signal),
	]);
	if (!("failed" in committed)) references.push({ kind: "committed", name: null, limits: committed.limits });
	if (!("failed" in deployed)) references.push({ kind: "deployed", name: null, limits: deployed.limits });
	const project = makeLimits(findProject(workspace, uri, instance)?.limits ?? {}).value;
	if (project !== null) references.push({ kind: "project", name: null, limits: project });
	return [...references, ...listSiblings(workspace, uri, instance.project)];
}

function listSiblings(workspace: Workspace, uri: string, project: string | null): readonly LimitReference[] {
	if (project === null) return [];
	const projectUri = workspace.resolve(uri, project);
	return listInstances(workspace).flatMap((other): readonly LimitReference[] => {
		if (other.projectUri !== projectUri || other.file.uri === uri) return [];
		const chosen = chooseLimits(other.file.steadyConfig, findProject(workspace, other.file.uri, other.instance));
		if ("failed" in chosen) return [];
		return [{ kind: "instance", name: other.instance.name ?? fileNameOf(other.file.uri), limits: chosen.limits }];
	});
}
