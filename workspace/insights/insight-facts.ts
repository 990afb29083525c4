import type { NameTable } from "../../core/columns/name-table.ts";
import type { Instance, Project } from "../../core/config/model.ts";
import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import type { DayNumber } from "../../core/dates/day-number.ts";
import { type InstantMs, utcDayOf } from "../../core/dates/instant.ts";
import type { Loaded } from "../../core/loading/loaded.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type UsageReport } from "../../core/subscriptions/usage-report.ts";
import type { Categorization } from "../../core/usage/categorize.ts";
import type { Estate } from "../../core/usage/estate.ts";
import { DEFAULT_LIMITS, type Limits, makeLimits } from "../../core/usage/limits.ts";
import type { DescribedData } from "../../core/usage/source-facts.ts";
import type { UsageProfile } from "../../core/usage/usage-profile.ts";
import { chooseLimits } from "../choose-limits.ts";
import type { EstateResults } from "../data/estate-results.ts";
import { type LinkedData, sourcesOf } from "../data/linked-data.ts";
import { observedAt } from "../data/observed-at.ts";
import type { FileAccess } from "../file-access.ts";
import type { CommittedConfig, CommittedConfigs } from "../history/committed-config.ts";
import { type DeployedSettings, findDeployedSettings, type UnusableSettings } from "../history/deployed-settings.ts";
import { JobFailure } from "../jobs/job.ts";
import type { WorkspaceFile } from "../workspace-file.ts";
import { areEqual } from "../yaml/chunks/share-equal.ts";
import type { FileInsight } from "./insights.ts";

/** What insights are found with. */
export interface InsightContext {
	readonly file: (uri: string) => WorkspaceFile | null;
	readonly uris: () => readonly string[];
	readonly canonicalUri: (uri: string) => string;
	readonly resolve: (from: string, relativePath: string) => string;
	readonly access: FileAccess;
	readonly data: LinkedData;
	readonly results: EstateResults;
	readonly committed: CommittedConfigs;
	readonly clock: () => InstantMs;
}

/** What was found out about one version of a file. */
export interface FileFacts extends HistoryFacts, LinkedFacts {
	readonly file: WorkspaceFile;
	/** The day, in UTC, on which it was found out: what is in the future, or has been silent for a week, depends on it. */
	readonly day: number;
}

/** What a file was before, and what is deployed. */
export interface HistoryFacts {
	readonly committed: CommittedConfig | null;
	readonly deployed: DeployedSettings | null;
	/** Rows that should say what is deployed and do not. */
	readonly unusable: UnusableSettings | null;
}

/** What linked data says. What takes much memory is held only as long as the cache keeps it. */
export interface LinkedFacts {
	readonly loaded: WeakRef<Loaded<Estate>> | null;
	readonly basis: WeakRef<Categorization> | null;
	/** Latest date that is not in the future; null when there is none or nothing is known. */
	readonly endOfSync: DayNumber | null;
	readonly products: NameTable | null;
	readonly profile: UsageProfile | null;
	readonly described: DescribedData | null;
	readonly logs: Loaded<readonly UsageLogRow[]> | null;
	readonly report: UsageReport | null;
}

/** Finds facts, and makes insights of them. All of it throws `signal.reason` when aborted. */
export interface FactFinder {
	findHistory(file: WorkspaceFile, signal: AbortSignal): Promise<HistoryFacts>;
	/** @param profiled whether the profile is wanted. */
	findData(file: WorkspaceFile, profiled: boolean, signal: AbortSignal): Promise<LinkedFacts>;
	/** What is known of a file as it is now, from facts of it or of an earlier version. */
	compose(file: WorkspaceFile, facts: FileFacts | null, settled: boolean): FileInsight | null;
}

const NO_HISTORY: HistoryFacts = { committed: null, deployed: null, unusable: null };

/** Facts of a file of which nothing was found out yet. */
export const NO_DATA: LinkedFacts = {
	loaded: null,
	basis: null,
	endOfSync: null,
	products: null,
	profile: null,
	described: null,
	logs: null,
	report: null,
};

/** Whether what data and history say about one version of a file holds for another: what they were found from is written in both. */
export function isAboutSameData(before: WorkspaceFile, after: WorkspaceFile): boolean {
	return before === after || (hasSameData(before, after) && hasSameName(before, after));
}

/** What linked data said of an earlier version of a file, as far as it still holds; null for what has to be found out anew. */
export function carryData(facts: FileFacts, file: WorkspaceFile, now: InstantMs): LinkedFacts {
	if (hasSameData(facts.file, file)) return facts;
	if (!hasSameSources(facts.file, file)) return NO_DATA;
	const { loaded, products, described, logs } = facts;
	const { model } = file.steadyConfig;
	// The rows are the same; what bundles, subscriptions and the time of the sync make of them is not.
	return { ...NO_DATA, loaded, products, described, logs, report: model?.kind === "project" ? carriedReport(model, logs, now) : null };
}

/** Reports that were made of carried logs, by the subscriptions, since many ask between two keystrokes. */
const carriedReports = new WeakMap<Project["subscriptions"], { readonly logs: LinkedFacts["logs"]; readonly report: UsageReport | null }>();

function carriedReport(project: Project, logs: LinkedFacts["logs"], now: InstantMs): UsageReport | null {
	const known = carriedReports.get(project.subscriptions);
	if (known !== undefined && known.logs === logs) return known.report;
	const report = reportOf(project, logs, now);
	carriedReports.set(project.subscriptions, { logs, report });
	return report;
}

/** Whether two finds say the same. */
export function areSame(before: FileFacts | null, after: FileFacts): boolean {
	const { loaded, profile, described, logs, committed, deployed, unusable } = before ?? { ...NO_DATA, ...NO_HISTORY };
	return (
		loaded?.deref() === after.loaded?.deref() &&
		profile === after.profile &&
		described === after.described &&
		logs === after.logs &&
		committed?.text === after.committed?.text &&
		areEqual(committed?.effective, after.committed?.effective) &&
		areEqual(deployed?.limits, after.deployed?.limits) &&
		areEqual(deployed?.places, after.deployed?.places) &&
		unusable?.why === after.unusable?.why &&
		areEqual(unusable?.rows, after.unusable?.rows)
	);
}

export function createFactFinder(context: InsightContext): FactFinder {
	const { data, results, access } = context;

	async function findEstate(file: WorkspaceFile, instance: Instance, profiled: boolean, signal: AbortSignal): Promise<LinkedFacts> {
		const loaded = await data.loadEstate(file, signal);
		signal.throwIfAborted();
		if (loaded.value === null) return { ...NO_DATA, loaded: new WeakRef(loaded) };
		const described = await data.describeSources(file, signal);
		const known = { ...NO_DATA, loaded: new WeakRef(loaded), products: loaded.value.products, described };
		const asOf = observedAt(file, context.clock()).instant;
		try {
			const input = { estate: loaded.value, asOf, limits: DEFAULT_LIMITS, bundles: instance.bundles };
			const { categorization } = await results.categorize(input, signal);
			const profile = profiled ? await results.profile(categorization, signal) : null;
			return { ...known, basis: new WeakRef(categorization), endOfSync: categorization.endOfSync, profile };
		} catch (error) {
			if (error instanceof JobFailure) return known;
			throw error;
		}
	}

	async function findLogs(file: WorkspaceFile, project: Project, signal: AbortSignal): Promise<LinkedFacts> {
		const now = context.clock();
		const logs = await data.loadUsageLogs(file, observedAt(file, now), signal);
		return { ...NO_DATA, logs, report: reportOf(project, logs, now) };
	}

	async function findCommitted(file: WorkspaceFile, signal: AbortSignal): Promise<CommittedConfig | null> {
		const found = await context.committed.find(file.uri, signal);
		// What was no instance then cannot be compared with one.
		return "failed" in found || found.model?.kind !== file.config.model?.kind ? null : found;
	}

	async function findDeployed(file: WorkspaceFile, signal: AbortSignal): Promise<Pick<HistoryFacts, "deployed" | "unusable">> {
		const { model } = file.config;
		if (model === null || !access.isOnDisk(file.uri)) return NO_HISTORY;
		const found = await findDeployedSettings(context, file, model, signal);
		return "failed" in found ? { deployed: null, unusable: found.unusable ?? null } : { deployed: found, unusable: null };
	}

	/** Limits that are written but cannot be used are not replaced by others. */
	function findLimits(file: WorkspaceFile): Limits | null {
		const { model } = file.steadyConfig;
		if (model?.kind === "project") return makeLimits(model.limits ?? {}).value;
		const project = model === null || model.project === null ? null : context.file(context.resolve(file.uri, model.project));
		const projectModel = project?.steadyConfig.model ?? null;
		const chosen = chooseLimits(file.steadyConfig, projectModel?.kind === "project" ? projectModel : null);
		return "failed" in chosen ? null : chosen.limits;
	}

	return {
		async findHistory(file, signal) {
			const [committed, { deployed, unusable }] = await Promise.all([findCommitted(file, signal), findDeployed(file, signal)]);
			signal.throwIfAborted();
			return { committed, deployed, unusable };
		},
		async findData(file, profiled, signal) {
			const { model } = file.config;
			const provided = new Set(sourcesOf(file).map(({ provides }) => provides));
			if (model === null || !access.isOnDisk(file.uri)) return NO_DATA;
			if (model.kind === "instance") {
				return provided.has("devices") || provided.has("installations") ? findEstate(file, model, profiled, signal) : NO_DATA;
			}
			return provided.has("usageLog") || provided.has("userActivity") ? findLogs(file, model, signal) : NO_DATA;
		},
		compose(file, facts, settled) {
			const { model } = file.steadyConfig;
			if (model === null) return null;
			const known = facts !== null && facts.file.steadyConfig.model?.kind === model.kind ? facts : null;
			const sameName = known !== null && hasSameName(known.file, file);
			const common = {
				file,
				complete: settled && known !== null && isAboutSameData(known.file, file),
				limits: findLimits(file),
				committed: known?.committed ?? null,
				deployed: sameName && hasSameSources(known.file, file) ? known.deployed : null,
				unusable: sameName && hasSameSources(known.file, file) ? known.unusable : null,
			};
			const { loaded, endOfSync, products, basis, profile, described, logs, report } =
				known === null ? NO_DATA : carryData(known, file, context.clock());
			if (model.kind === "project") {
				return { ...common, kind: "project", project: model, logs, report, instances: instancesOf(context, file.uri) };
			}
			return {
				...common,
				kind: "instance",
				instance: model,
				loaded: loaded?.deref() ?? null,
				endOfSync,
				products,
				basis: basis?.deref() ?? null,
				profile,
				sources: described?.sources ?? null,
				deviceKeys: described?.deviceKeys ?? null,
			};
		},
	};
}

/** The report of one project as its subscriptions are now. */
function reportOf({ subscriptions }: Project, logs: LinkedFacts["logs"], now: InstantMs): UsageReport | null {
	return logs?.value == null ? null : buildUsageReport(subscriptions.map(toReportSubscription), logs.value, now);
}

/** URIs of the instances that name a project, in code-unit order. */
function instancesOf(context: InsightContext, projectUri: string): readonly string[] {
	return context.uris().filter((uri) => {
		const model = context.file(uri)?.steadyConfig.model ?? null;
		return model?.kind === "instance" && model.project !== null && context.resolve(uri, model.project) === projectUri;
	});
}

/** Whether the same data is linked, and judged at the same moment in the same way. */
function hasSameData({ steadyConfig: { model: before } }: WorkspaceFile, { steadyConfig: { model: after } }: WorkspaceFile): boolean {
	if (before === after) return true;
	if (before?.kind !== after?.kind || !areEqual(before?.dataSources, after?.dataSources)) return false;
	if (before?.kind === "instance" && after?.kind === "instance")
		return before.asOf === after.asOf && areEqual(before.bundles, after.bundles);
	if (before?.kind === "project" && after?.kind === "project") return areEqual(before.subscriptions, after.subscriptions);
	return true;
}

/** Whether the same settings rows speak of both versions. */
function hasSameName({ steadyConfig: { model: before } }: WorkspaceFile, { steadyConfig: { model: after } }: WorkspaceFile): boolean {
	if (before === after) return true;
	if (before?.kind === "instance" && after?.kind === "instance") {
		return before.name === after.name && before.instanceId === after.instanceId && before.project === after.project;
	}
	return before?.kind === "project" && after?.kind === "project" && before.title === after.title;
}

/** Whether both versions take the same rows from the same places. */
function hasSameSources({ steadyConfig: before }: WorkspaceFile, { steadyConfig: after }: WorkspaceFile): boolean {
	return before === after || (before.model?.kind === after.model?.kind && areEqual(before.model?.dataSources, after.model?.dataSources));
}

/** The day on which facts hold. */
export function dayOf(clock: () => InstantMs): number {
	return utcDayOf(clock());
}
