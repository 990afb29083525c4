import { findDeployedLimits } from "../core/config/deployed-limits.ts";
import type { Instance, Project } from "../core/config/model.ts";
import type { Loaded } from "../core/loading/loaded.ts";
import type { UsageLogRow } from "../core/subscriptions/usage-log.ts";
import { buildUsageReport, type UsageReport } from "../core/subscriptions/usage-report.ts";
import type { Categorization } from "../core/usage/categorize.ts";
import type { Estate } from "../core/usage/estate.ts";
import { DEFAULT_LIMITS, makeLimits } from "../core/usage/limits.ts";
import type { UsageProfile } from "../core/usage/usage-profile.ts";
import { observedAt } from "./check-sources.ts";
import { readCommittedText } from "./committed-text.ts";
import type { CommittedConfig, DeployedSettings, FileInsight, InsightContext } from "./insights.ts";
import { JobFailure } from "./jobs/job.ts";
import { sourcesOf } from "./linked-data.ts";
import { toReportSubscription } from "./run-report.ts";
import { isReadable, readConfig, type WorkspaceFile } from "./workspace-file.ts";

/** What was found out about one version of a file. */
export interface FileFacts {
	readonly file: WorkspaceFile;
	readonly committed: CommittedConfig | null;
	readonly deployed: DeployedSettings | null;
	readonly loaded: Loaded<Estate> | null;
	readonly basis: Categorization | null;
	readonly profile: UsageProfile | null;
	readonly logs: Loaded<readonly UsageLogRow[]> | null;
	readonly report: UsageReport | null;
}

/** Finds facts, and makes insights of them. */
export interface FactFinder {
	/** @throws `signal.reason` when aborted. */
	find(file: WorkspaceFile, signal: AbortSignal): Promise<FileFacts>;
	/** What is known of a file as it is now, from facts of it or of an earlier version. */
	compose(file: WorkspaceFile, facts: FileFacts | null, settled: boolean): FileInsight | null;
	/** Whether two finds say the same. */
	areSame(before: FileFacts | null, after: FileFacts): boolean;
}

/** Whether facts about one version of a file hold for another: what they were found from is written in both. */
export function isAboutSameData(before: WorkspaceFile, after: WorkspaceFile): boolean {
	return before === after || (hasSameEstate(before, after) && hasSameMoment(before, after) && hasSameSubscriptions(before, after));
}

export function createFactFinder(context: InsightContext): FactFinder {
	const { data, results, access } = context;

	async function findEstate(
		file: WorkspaceFile,
		instance: Instance,
		signal: AbortSignal,
	): Promise<Pick<FileFacts, "loaded" | "basis" | "profile">> {
		const nothing = { loaded: null, basis: null, profile: null };
		if (!access.isOnDisk(file.uri) || !sourcesOf(file).some(({ provides }) => provides === "devices" || provides === "installations"))
			return nothing;
		const loaded = await data.loadEstate(file, signal);
		signal.throwIfAborted();
		if (loaded.value === null) return { ...nothing, loaded };
		const input = {
			estate: loaded.value,
			asOf: observedAt(file, context.clock()).instant,
			limits: DEFAULT_LIMITS,
			bundles: instance.bundles,
		};
		try {
			const { categorization } = await results.categorize(input, signal);
			return { loaded, basis: categorization, profile: await results.profile(categorization, signal) };
		} catch (error) {
			if (error instanceof JobFailure) return { ...nothing, loaded };
			throw error;
		}
	}

	async function findLogs(file: WorkspaceFile, project: Project, signal: AbortSignal): Promise<Pick<FileFacts, "logs" | "report">> {
		const providesLogs = sourcesOf(file).some(({ provides }) => provides === "usageLog" || provides === "userActivity");
		if (!access.isOnDisk(file.uri) || !providesLogs) return { logs: null, report: null };
		const now = context.clock();
		const logs = await data.loadUsageLogs(file, observedAt(file, now), signal);
		const report = logs.value === null ? null : buildUsageReport(project.subscriptions.map(toReportSubscription), logs.value, now);
		return { logs, report };
	}

	async function findCommitted(file: WorkspaceFile, signal: AbortSignal): Promise<CommittedConfig | null> {
		if (!access.isOnDisk(file.uri)) return null;
		const path = access.toPath(file.uri);
		const committed = await readCommittedText((await access.realPath(path)) ?? path, signal);
		if (committed.text === null) return null;
		const { parsed, config } = readConfig(file.uri, committed.text, null);
		return isReadable(parsed) ? { parsed, config, limits: config.model?.limits ?? null } : null;
	}

	async function findDeployed(file: WorkspaceFile, signal: AbortSignal): Promise<DeployedSettings | null> {
		const { model } = file.config;
		if (model === null) return null;
		const project = model.kind === "instance" && model.project !== null ? context.file(context.resolve(file.uri, model.project)) : null;
		for (const provider of [file, ...(project === null ? [] : [project])]) {
			if (!access.isOnDisk(provider.uri) || !sourcesOf(provider).some(({ provides }) => provides === "settings")) continue;
			const { value: rows } = await data.loadSettings(provider, signal);
			const subject =
				model.kind === "instance"
					? { name: model.name ?? "", instanceId: model.instanceId }
					: { name: model.title ?? "", instanceId: null };
			const found = rows === null ? null : findDeployedLimits(rows, subject);
			if (rows !== null && found?.limits != null) return { limits: found.limits, file: provider, rows };
		}
		return null;
	}

	return {
		async find(file, signal) {
			const { model } = file.config;
			const nothing = { loaded: null, basis: null, profile: null, logs: null, report: null };
			const [committed, deployed, found] = await Promise.all([
				findCommitted(file, signal),
				findDeployed(file, signal),
				model?.kind === "instance" ? findEstate(file, model, signal) : model?.kind === "project" ? findLogs(file, model, signal) : nothing,
			]);
			signal.throwIfAborted();
			return { file, ...nothing, ...found, committed, deployed };
		},
		compose(file, facts, settled) {
			const { model } = file.config;
			if (model === null) return null;
			const known = facts !== null && facts.file.config.model?.kind === model.kind ? facts : null;
			const common = {
				file,
				complete: settled && known?.file === file,
				committed: known?.committed ?? null,
				deployed: known?.deployed ?? null,
			};
			if (model.kind === "project") {
				const holds = known !== null && hasSameMoment(known.file, file) && hasSameEstate(known.file, file);
				return {
					...common,
					kind: "project",
					project: model,
					logs: holds ? known.logs : null,
					report: holds && hasSameSubscriptions(known.file, file) ? known.report : null,
					instances: instancesOf(context, file.uri),
				};
			}
			const holds = known !== null && hasSameEstate(known.file, file);
			const holdsNow = holds && hasSameMoment(known.file, file);
			const projectFile = model.project === null ? null : context.file(context.resolve(file.uri, model.project));
			const inherited = projectFile?.steadyConfig.model?.kind === "project" ? projectFile.steadyConfig.model.limits : null;
			return {
				...common,
				kind: "instance",
				instance: model,
				limits: makeLimits(model.limits ?? inherited ?? {}).value,
				loaded: holds ? known.loaded : null,
				basis: holdsNow ? known.basis : null,
				profile: holdsNow ? known.profile : null,
			};
		},
		areSame(before, after) {
			return (
				before !== null &&
				before.loaded === after.loaded &&
				before.profile === after.profile &&
				before.logs === after.logs &&
				before.committed?.parsed.text === after.committed?.parsed.text &&
				isSame(before.deployed?.limits, after.deployed?.limits)
			);
		},
	};
}

/** URIs of the instances that name a project, in code-unit order. */
function instancesOf(context: InsightContext, projectUri: string): readonly string[] {
	return context.uris().filter((uri) => {
		const model = context.file(uri)?.steadyConfig.model ?? null;
		return model?.kind === "instance" && model.project !== null && context.resolve(uri, model.project) === projectUri;
	});
}

function hasSameEstate({ config: before }: WorkspaceFile, { config: after }: WorkspaceFile): boolean {
	return before.model?.kind === after.model?.kind && isSame(before.model?.dataSources, after.model?.dataSources);
}

/** Whether dates and bundles are judged the same way. */
function hasSameMoment({ config: { model: before } }: WorkspaceFile, { config: { model: after } }: WorkspaceFile): boolean {
	if (before?.kind !== "instance" || after?.kind !== "instance") return before?.kind === after?.kind;
	return before.asOf === after.asOf && isSame(before.bundles, after.bundles);
}

function hasSameSubscriptions({ config: { model: before } }: WorkspaceFile, { config: { model: after } }: WorkspaceFile): boolean {
	if (before?.kind !== "project" || after?.kind !== "project") return before?.kind === after?.kind;
	return isSame(before.subscriptions, after.subscriptions);
}

/** Unchanged parts of a model keep their identity, which spares the comparison. */
function isSame(before: unknown, after: unknown): boolean {
	return before === after || JSON.stringify(before) === JSON.stringify(after);
}
