import { fileNameOf } from "../../core/config/file-names.ts";
import type { Project } from "../../core/config/model.ts";
import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import type { Loaded, LoadProgress } from "../../core/loading/loaded.ts";
import type { DataProblem } from "../../core/problems.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription, type UsageReport } from "../../core/subscriptions/usage-report.ts";
import { t } from "../../core/texts/translate.ts";
import { describeSource, type ObservedAt } from "../data/linked-data.ts";
import { type Failure, fail, failedSources, findFaultyEntries, readRunnable } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";

/**
 * The client usage report over some projects, or over all of the workspace when none is named. A server's log counts for
 * whichever of the projects has a subscription for it. A named project that can't be read makes the report fail, in words;
 * of all the projects of a workspace such a one is left out, and the problems begin with it.
 * @throws `signal.reason` when aborted.
 */
export async function runReport(
	workspace: Workspace,
	projectUris: readonly string[],
	options: ReportOptions,
): Promise<ReportRun | Failure> {
	const data = await loadReportData(workspace, projectUris, options);
	if (data.failed) return data;
	const { asOf, subscriptions, logs, ...rest } = data;
	return {
		...rest,
		report: buildUsageReport(
			subscriptions.map(({ subscription }) => subscription),
			logs,
			asOf,
		),
		subscriptionUris: subscriptions.map(({ uri }) => uri),
	};
}

/**
 * Loads what {@link runReport} makes the report from.
 * @throws `signal.reason` when aborted.
 */
export async function loadReportData(
	workspace: Workspace,
	projectUris: readonly string[],
	options: ReportOptions,
): Promise<ReportData | Failure> {
	const uris = projectUris.length === 0 ? listProjects(workspace) : [...new Set(projectUris.map(workspace.canonicalUri))];
	if (uris.length === 0) return fail(t('There is no project here: no file *.usage.yaml with "kind: project".'));
	const at: ObservedAt = options.asOf === undefined ? { instant: workspace.clock(), isNow: true } : { instant: options.asOf, isNow: false };
	const loads: LoadedProject[] = [];
	const refusals: Refusal[] = [];
	for (const uri of uris) {
		const load = await loadProject(workspace, uri, at, options);
		options.signal.throwIfAborted();
		if (load.failed) refusals.push(load);
		else loads.push(load);
	}
	if (refusals.length > 0 && (projectUris.length > 0 || loads.length === 0)) return fail(...refusals.map(({ message }) => message));

	const projects = loads.map(({ project }) => project);
	return {
		failed: false,
		asOf: at.instant,
		uris: loads.map(({ file }) => file.uri),
		titles: loads.map(({ file, project }) => project.title ?? fileNameOf(file.uri)),
		subscriptions: loads.flatMap(({ file, project }) =>
			project.subscriptions.map((subscription) => ({ uri: file.uri, subscription: toReportSubscription(subscription) })),
		),
		logs: loads.flatMap(({ logs }) => logs),
		leftOut: refusals.map(({ name }) => name),
		problems: [...refusals.map(toProblem), ...loads.flatMap(({ loaded }) => loaded.problems)],
		problemCount: refusals.length + loads.reduce((sum, { loaded }) => sum + loaded.problemCount, 0),
		sources: projects.flatMap(({ dataSources }) => dataSources.filter(providesLogs).map(describeSource)),
	};
}

/** How the report is to be made, where not as of now. */
export interface ReportOptions {
	readonly asOf?: InstantMs;
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: LoadProgress) => void;
}

/** A report, with all that its table, its workbook or its JSON says. */
export interface ReportRun extends ReportOrigin {
	readonly report: UsageReport;
	/** URI of the project of each subscription, in the order to which the report's rows refer. */
	readonly subscriptionUris: readonly string[];
}

/** What a report is made from. */
export interface ReportData extends ReportOrigin {
	readonly asOf: InstantMs;
	/** In the order of the projects, with the URI of the project of each. */
	readonly subscriptions: readonly { readonly uri: string; readonly subscription: ReportSubscription }[];
	/** All that were read or computed, also those after `asOf` and those that another log of the same week replaces. */
	readonly logs: readonly UsageLogRow[];
}

/** Where a report comes from. */
interface ReportOrigin {
	readonly failed: false;
	/** Canonical URIs of the projects in the report, in the order in which they were asked for. */
	readonly uris: readonly string[];
	/** Titles of the projects; a file's name where there is none. */
	readonly titles: readonly string[];
	/** File names of projects that can't be read and were left out; only where no project was named. */
	readonly leftOut: readonly string[];
	/** Projects that were left out, then the first 1,000 data problems per source and code. */
	readonly problems: readonly DataProblem[];
	readonly problemCount: number;
	/** One line per source that was loaded: its name and where it is. */
	readonly sources: readonly string[];
}

/** A project with its logs. */
interface LoadedProject {
	readonly failed: false;
	readonly file: WorkspaceFile;
	readonly project: Project;
	readonly logs: readonly UsageLogRow[];
	readonly loaded: Loaded<readonly UsageLogRow[]>;
}

/** A project that can't be read, with the code of what is wrong. */
interface Refusal extends Failure {
	readonly code: string;
	readonly name: string;
}

function listProjects(workspace: Workspace): readonly string[] {
	return workspace.uris().filter((uri) => workspace.file(uri)?.steadyConfig.model?.kind === "project");
}

async function loadProject(
	workspace: Workspace,
	uri: string,
	at: ObservedAt,
	{ signal, onProgress }: ReportOptions,
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
	return { failed: false, file, project, logs: loaded.value, loaded };
}

function firstError(workspace: Workspace, uri: string): string {
	return workspace.checkConfiguration(uri).find(({ problem }) => problem.severity === "error")?.problem.code ?? "source/missing-file";
}

function toProblem({ code, name, message }: Refusal): DataProblem {
	return { code, source: name, row: null, column: null, message: t`Left out of this report. ${message.replaceAll("\n", " ")}` };
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

function providesLogs(source: Project["dataSources"][number]): boolean {
	return source.provides === "usageLog" || source.provides === "userActivity";
}
