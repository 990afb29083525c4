import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import { mergeLogs } from "../../core/history/merge-logs.ts";
import type { DataProblem } from "../../core/problems.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { buildReportInSteps, type ReportSubscription, type UsageReport } from "../../core/subscriptions/usage-report.ts";
import { t } from "../../core/texts/translate.ts";
import { describeSource } from "../data/linked-data.ts";
import { type Failure, fail } from "../run-failure.ts";
import type { Workspace } from "../workspace.ts";
import { doInPieces } from "./in-pieces.ts";
import { consultHistory, type HistoryChoice, joinKnown, type KnownHistory, type ReadProject } from "./keep-history.ts";
import { type LoadedProject, type LoadProjectOptions, loadProject, observedAt, providesLogs, type Refusal } from "./load-project.ts";

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
		report: await doInPieces(
			buildReportInSteps(
				subscriptions.map(({ subscription }) => subscription),
				logs,
				asOf,
			),
			options.signal,
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
	const at = observedAt(workspace, options.asOf);
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
	// Projects that share all their sources share what was loaded from them, which is to count once.
	const loaded = [...new Set(loads.map((load) => load.loaded))];
	const known: KnownHistory[] = [];
	for (const load of options.history === undefined ? [] : loads)
		known.push(await consultHistory(workspace, toReadProject(load), options.history!, at.instant, options.signal));
	return {
		failed: false,
		asOf: at.instant,
		uris: loads.map(({ file }) => file.uri),
		titles: loads.map(({ title }) => title),
		subscriptions: loads.flatMap(({ file, project }) =>
			project.subscriptions.map((subscription) => ({ uri: file.uri, subscription: toReportSubscription(subscription) })),
		),
		logs: mergeLogs(
			loaded.flatMap(({ value }) => value ?? []),
			joinKnown(known),
		),
		leftOut: refusals.map(({ name }) => name),
		problems: [...refusals.map(toProblem), ...[...loaded, ...known].flatMap(({ problems }) => problems)],
		problemCount:
			refusals.length +
			loaded.reduce((sum, { problemCount }) => sum + problemCount, 0) +
			known.reduce((sum, { problems }) => sum + problems.length, 0),
		sources: [
			...new Set([
				...projects.flatMap(({ dataSources }) => dataSources.filter(providesLogs).map(describeSource)),
				...known.flatMap(({ usedFile }) => (usedFile === null ? [] : [t`history (${usedFile})`])),
			]),
		],
	};
}

/** How the report is to be made, where not as of now. */
export interface ReportOptions extends LoadProjectOptions {
	readonly asOf?: InstantMs;
	/** The history that the report goes by as well; absent for none. */
	readonly history?: HistoryChoice;
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

function listProjects(workspace: Workspace): readonly string[] {
	return workspace.uris().filter((uri) => workspace.file(uri)?.steadyConfig.model?.kind === "project");
}

function toReadProject(load: LoadedProject): ReadProject {
	const servers = load.project.subscriptions.flatMap((subscription) => toReportSubscription(subscription).servers);
	return { uri: load.file.uri, title: load.title, servers, logs: load.logs };
}

function toProblem({ code, name, message }: Refusal): DataProblem {
	return { code, source: name, row: null, column: null, message: t`Left out of this report. ${message.replaceAll("\n", " ")}` };
}
