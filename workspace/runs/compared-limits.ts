import { fileNameOf } from "../../core/config/file-names.ts";
import type { Instance } from "../../core/config/model.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS, type Limits } from "../../core/usage/limits.ts";
import { type ChosenLimits, chooseLimits, findProject } from "../choose-limits.ts";
import { findDeployedSettings } from "../history/deployed-settings.ts";
import { type Failure, fail } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";

/**
 * Which limits: the file's own, the vendor's defaults, those of the last commit, those of the product's database as the file's settings rows tell
 * them, or some that a person gives.
 */
export type LimitsChoice = "own" | "default" | "committed" | "deployed" | Limits;

/**
 * The limits that a choice stands for, for one instance.
 * @throws `signal.reason` when aborted.
 */
export async function findLimits(
	workspace: Workspace,
	file: WorkspaceFile,
	instance: Instance,
	choice: LimitsChoice,
	signal: AbortSignal,
): Promise<ChosenLimits | Failure> {
	switch (choice) {
		case "own":
			return chooseLimits(file.config, findProject(workspace, file.uri, instance));
		case "default":
			return { limits: DEFAULT_LIMITS, fromProject: false };
		case "committed":
			return findCommitted(workspace, file, signal);
		case "deployed":
			return findDeployed(workspace, file, instance, signal);
		default:
			return { limits: choice, fromProject: false };
	}
}

async function findCommitted(workspace: Workspace, file: WorkspaceFile, signal: AbortSignal): Promise<ChosenLimits | Failure> {
	const found = await workspace.committed.find(file.uri, signal);
	if ("failed" in found) return found;
	if (found.model?.kind !== "instance") return fail(t`${fileNameOf(file.uri)} was not an instance when it was committed last.`);
	if (found.effective === null) return found.withoutLimits ?? fail(t`The committed version of ${fileNameOf(file.uri)} has no limits.`);
	return { limits: found.effective, fromProject: found.limitsIn.uri !== file.uri };
}

async function findDeployed(
	workspace: Workspace,
	file: WorkspaceFile,
	instance: Instance,
	signal: AbortSignal,
): Promise<ChosenLimits | Failure> {
	const found = await findDeployedSettings(workspace, file, instance, signal);
	return "failed" in found ? found : { limits: found.limits, fromProject: false };
}
