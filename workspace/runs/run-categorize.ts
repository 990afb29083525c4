import { fileNameOf } from "../../core/config/file-names.ts";
import type { Instance } from "../../core/config/model.ts";
import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import type { Loaded, LoadProgress } from "../../core/loading/loaded.ts";
import { t } from "../../core/texts/translate.ts";
import type { Categorization } from "../../core/usage/categorize.ts";
import type { Estate } from "../../core/usage/estate.ts";
import type { Limits } from "../../core/usage/limits.ts";
import { chooseLimits, findProject } from "../choose-limits.ts";
import { describeSource } from "../data/linked-data.ts";
import { observedAt } from "../data/observed-at.ts";
import { type CategorizedEstate, JobFailure } from "../jobs/job.ts";
import { type Failure, fail, failedSources, findFaultyEntries, readRunnable } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";

/**
 * Loads the data of an instance and categorizes its installations. Diagnostics of the configuration don't stop it, as
 * long as the inputs can be read; a failure says in words why they can't.
 * @throws `signal.reason` when aborted.
 */
export async function runCategorize(workspace: Workspace, uri: string, options: CategorizeOptions): Promise<CategorizeRun | Failure> {
	const file = await readRunnable(workspace, uri);
	if ("failed" in file) return file;
	const instance = file.config.model;
	if (instance?.kind !== "instance") return explainProject(workspace, file);
	const unusable = findFaultyEntries(file, ["devices", "installations"]) ?? findFaultyAsOf(file) ?? findNoData(workspace, file, instance);
	if (unusable !== null) return unusable;
	const chosen =
		options.limits === undefined
			? chooseLimits(file.config, findProject(workspace, file.uri, instance))
			: { limits: options.limits, fromProject: false };
	if ("failed" in chosen) return chosen;

	const at = options.asOf === undefined ? observedAt(file, workspace.clock()) : { instant: options.asOf, isNow: false };
	const loaded = await workspace.data.loadEstate(file, options.signal, options.onProgress);
	options.signal.throwIfAborted();
	if (loaded.value === null) return failedSources(file, loaded.failures);
	const input = { estate: loaded.value, asOf: at.instant, limits: chosen.limits, bundles: instance.bundles };
	const result = await inWords(workspace.results.categorize(input, options.signal));
	if ("failed" in result) return result;
	return {
		failed: false,
		uri: file.uri,
		instance,
		instanceName: instance.name ?? fileNameOf(file.uri),
		...result,
		limitsFromProject: chosen.fromProject,
		loaded,
		sources: instance.dataSources.filter(providesEstate).map(describeSource),
	};
}

/** How an instance is to be categorized, where not as its file says. */
export interface CategorizeOptions {
	readonly limits?: Limits;
	/** Takes the place of the file's `asOf`. */
	readonly asOf?: InstantMs;
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: LoadProgress) => void;
}

/** A categorized instance, with all that a preview, an export or a report in JSON says of it. */
export interface CategorizeRun {
	readonly failed: false;
	/** Canonical URI of the instance's file. */
	readonly uri: string;
	readonly instance: Instance;
	/** The instance's name; its file's name when it has none. */
	readonly instanceName: string;
	readonly categorization: Categorization;
	readonly counts: CategorizedEstate["counts"];
	/** True when the instance has no limits of its own and its project's were taken. */
	readonly limitsFromProject: boolean;
	readonly loaded: Loaded<Estate>;
	/** One line per source that was loaded: its name and where it is. */
	readonly sources: readonly string[];
}

/** The answer of a job, or why it could not be carried out. */
export async function inWords<Answer>(job: Promise<Answer>): Promise<Answer | Failure> {
	try {
		return await job;
	} catch (error) {
		if (error instanceof JobFailure) return fail(error.message);
		throw error;
	}
}

/** Whether the file has a top-level key with a value, be it a faulty one. */
function isWritten(file: WorkspaceFile, key: string): boolean {
	const { tree } = file.config;
	return typeof tree === "object" && tree !== null && Object.hasOwn(tree, key) && (tree as Record<string, unknown>)[key] !== null;
}

/** Says that a project was named where an instance is needed, and which instances belong to it. */
export function explainProject(workspace: Workspace, project: WorkspaceFile): Failure {
	const instances = workspace.uris().filter((uri) => {
		const model = workspace.file(uri)?.steadyConfig.model ?? null;
		return model?.kind === "instance" && model.project !== null && workspace.resolve(uri, model.project) === project.uri;
	});
	const name = fileNameOf(project.uri);
	if (instances.length === 0) return fail(t`${name} is a project, and only instances have installations. No instance here belongs to it.`);
	return fail(t`${name} is a project, and only instances have installations. Instances that belong to it:`, ...instances.map(fileNameOf));
}

/** A date that can't be read must not turn into "now" behind one's back. */
function findFaultyAsOf(file: WorkspaceFile): Failure | null {
	const { model } = file.config;
	if (!isWritten(file, "asOf") || (model?.kind === "instance" && model.asOf !== null)) return null;
	return fail(
		t`asOf of ${fileNameOf(file.uri)} is not an instant. Write it like ${formatInstant(0).replace("1970", "2026")}, or leave it out for now.`,
	);
}

function findNoData(workspace: Workspace, file: WorkspaceFile, instance: Instance): Failure | null {
	if (!instance.dataSources.some(providesEstate)) {
		return fail(t`${fileNameOf(file.uri)} names no data source that provides devices or installations. Add one under dataSources.`);
	}
	if (!workspace.access.isOnDisk(file.uri) && instance.dataSources.some((source) => source.path !== null)) {
		return fail(t`${fileNameOf(file.uri)} is not saved, so the paths of its data sources lead nowhere. Save it first.`);
	}
	return null;
}

function providesEstate(source: { readonly provides: string }): boolean {
	return source.provides === "devices" || source.provides === "installations";
}
