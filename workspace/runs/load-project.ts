import { fileNameOf } from "../../core/config/file-names.ts";
import type { Project } from "../../core/config/model.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import type { Loaded, LoadProgress } from "../../core/loading/loaded.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { t } from "../../core/texts/translate.ts";
import type { ObservedAt } from "../data/linked-data.ts";
import { type Failure, fail, failedSources, findFaultyEntries, readRunnable } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";

/** How a project is loaded. */
export interface LoadProjectOptions {
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: LoadProgress) => void;
}

/** A project with its logs. */
export interface LoadedProject {
	readonly failed: false;
	readonly file: WorkspaceFile;
	readonly project: Project;
	/** Its own, or the name of its file. */
	readonly title: string;
	readonly logs: readonly UsageLogRow[];
	readonly loaded: Loaded<readonly UsageLogRow[]>;
}

/** A project that can't be read, with the code of what is wrong. */
export interface Refusal extends Failure {
	readonly code: string;
	readonly name: string;
}

/**
 * Loads the usage logs of a project; refuses, in words, one that cannot be read whole.
 * @throws `signal.reason` when aborted.
 */
export async function loadProject(
	workspace: Workspace,
	uri: string,
	at: ObservedAt,
	{ signal, onProgress }: LoadProjectOptions,
): Promise<LoadedProject | Refusal> {
	const refuse = ({ message }: Failure, code = firstError(workspace, uri)): Refusal => ({
		failed: true,
		message,
		code,
		name: fileNameOf(uri),
	});
	const file = await readRunnable(workspace, uri);
	if ("failed" in file) return refuse(file);
	const project = file.config.model;
	if (project?.kind !== "project") return refuse(explainWrongKind(file));
	const unusable = findFaultyEntries(file, ["usageLog", "userActivity"]) ?? findUnsaved(workspace, file, project);
	if (unusable !== null) return refuse(unusable);
	const loaded = await workspace.data.loadUsageLogs(file, at, signal, onProgress);
	if (loaded.value === null) return refuse(failedSources(file, loaded.failures), loaded.failures[0]?.code);
	return { failed: false, file, project, title: project.title ?? fileNameOf(uri), logs: loaded.value, loaded };
}

/** The instant that a run is as of, or now. */
export function observedAt(workspace: Workspace, asOf: InstantMs | undefined): ObservedAt {
	return asOf === undefined ? { instant: workspace.clock(), isNow: true } : { instant: asOf, isNow: false };
}

/** Whether logs come from a source. */
export function providesLogs(source: Project["dataSources"][number]): boolean {
	return source.provides === "usageLog" || source.provides === "userActivity";
}

function firstError(workspace: Workspace, uri: string): string {
	return workspace.checkConfiguration(uri).find(({ problem }) => problem.severity === "error")?.problem.code ?? "source/missing-file";
}

function findUnsaved(workspace: Workspace, file: WorkspaceFile, project: Project): Failure | null {
	if (workspace.access.isOnDisk(file.uri) || project.dataSources.every((source) => source.path === null)) return null;
	return fail(t`${fileNameOf(file.uri)} is not saved, so the paths of its data sources lead nowhere. Save it first.`);
}

function explainWrongKind(file: WorkspaceFile): Failure {
	const model = file.config.model;
	const own = model?.kind === "instance" && model.project !== null ? t` Its project is ${model.project}.` : "";
	return fail(t`${fileNameOf(file.uri)} is an instance, and the usage report is about projects.${own}`);
}
