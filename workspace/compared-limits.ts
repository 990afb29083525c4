import { findDeployedLimits } from "../core/config/deployed-limits.ts";
import type { ConfigFile, Instance } from "../core/config/model.ts";
import { isNothing, valueAt } from "../core/config/value-at.ts";
import { DEFAULT_LIMITS, type Limits } from "../core/usage/limits.ts";
import { type ChosenLimits, chooseLimits, findProject } from "./choose-limits.ts";
import { readCommittedText } from "./committed-text.ts";
import { sourcesOf } from "./linked-data.ts";
import { type Failure, fail, failedSources, findFaultyEntries, nameOf } from "./run-failure.ts";
import type { Workspace, WorkspaceFile } from "./workspace.ts";
import { isReadable, readConfig } from "./workspace-file.ts";

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
	const config = await readCommitted(workspace, file.uri, signal);
	if ("failed" in config) return config;
	if (config.model?.kind !== "instance") return fail(`${nameOf(file.uri)} was not an instance when it was committed last.`);
	const { project } = config.model;
	// The project as it was then: its limits may have changed since.
	const needsProject = project !== null && isNothing(valueAt(config.tree, ["usageCategory"]));
	const parent = needsProject ? await readCommitted(workspace, workspace.resolve(file.uri, project), signal) : null;
	if (parent !== null && "failed" in parent) return parent;
	return chooseLimits(config, parent?.model?.kind === "project" ? parent.model : null);
}

async function readCommitted(workspace: Workspace, uri: string, signal: AbortSignal): Promise<ConfigFile | Failure> {
	const { access } = workspace;
	if (!access.isOnDisk(uri)) return fail(`${nameOf(uri)} is not saved, so nothing of it is committed.`);
	const path = access.toPath(uri);
	const committed = await readCommittedText((await access.realPath(path)) ?? path, signal);
	if (committed.text === null) return fail(`There are no committed limits to compare with. ${committed.why}`);
	const { parsed, config } = readConfig(uri, committed.text, null);
	return isReadable(parsed) ? config : fail(`The committed version of ${nameOf(uri)} is not valid YAML.`);
}

/** The instance's own settings rows decide, and those of its project where they say nothing about it. */
async function findDeployed(
	workspace: Workspace,
	file: WorkspaceFile,
	instance: Instance,
	signal: AbortSignal,
): Promise<ChosenLimits | Failure> {
	const projectFile = instance.project === null ? null : workspace.file(workspace.resolve(file.uri, instance.project));
	const files = [file, ...(projectFile === null ? [] : [projectFile])].filter(providesSettings);
	if (files.length === 0) {
		return fail(
			`Nothing tells which limits are deployed for ${nameOf(file.uri)}.`,
			"Add a data source that provides settings, with the rows of the product's database, to it or to its project.",
		);
	}
	const silent: string[] = [];
	for (const provider of files) {
		const unusable = findFaultyEntries(provider, ["settings"]);
		if (unusable !== null) return unusable;
		const loaded = await workspace.data.loadSettings(provider, signal);
		signal.throwIfAborted();
		if (loaded.value === null) return failedSources(provider, loaded.failures);
		const found = findDeployedLimits(loaded.value, { name: instance.name ?? "", instanceId: instance.instanceId });
		if (found.limits !== null) return { limits: found.limits, fromProject: false };
		const message = `The settings rows of ${nameOf(provider.uri)} ${found.why}.`;
		if (!found.noRows) return fail(message);
		silent.push(message);
	}
	return fail(...silent, "Check the name of the instance and where the rows come from.");
}

function providesSettings(file: WorkspaceFile): boolean {
	return sourcesOf(file).some(({ provides }) => provides === "settings") || findFaultyEntries(file, ["settings"]) !== null;
}
