import { fileNameOf } from "../../core/config/file-names.ts";
import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import type { StoredLogs } from "../../core/history/store-logs.ts";
import type { DataProblem } from "../../core/problems.ts";
import { t } from "../../core/texts/translate.ts";
import { type Failure, fail } from "../run-failure.ts";
import type { Workspace } from "../workspace.ts";
import { type LoadProjectOptions, loadProject, observedAt, providesLogs } from "./load-project.ts";

/**
 * Stores all logs of a project up to an instant: those that its servers sent, and those that are computed from accesses, for every
 * Wednesday 21:00 UTC. What the history has already stays, unless `replaceComputed` takes new computed logs.
 * @throws `signal.reason` when aborted.
 */
export async function logProject(
	workspace: Workspace,
	projectUri: string,
	{ setting, replaceComputed, now, ...options }: LogOptions,
): Promise<LoggedProject | Failure> {
	const uri = workspace.canonicalUri(projectUri);
	const at = observedAt(workspace, options.asOf);
	if (options.asOf !== undefined && options.asOf > now)
		return fail(t`${formatInstant(options.asOf)} lies in the future, and nobody knows yet who will be active then. Log up to now.`);
	const load = await loadProject(workspace, uri, at, options);
	options.signal.throwIfAborted();
	if (load.failed) return load;
	const place = await workspace.usageHistory.placeOf(uri, setting);
	if (place === null || !place.canWrite) return fail(t`No history is kept for ${fileNameOf(uri)}, so there is nowhere to store its logs.`);
	if (!load.project.dataSources.some(providesLogs))
		return fail(t`${fileNameOf(uri)} has no data source that provides usageLog or userActivity, so there is nothing to log.`);
	const { title } = load;
	const stored = await workspace.usageHistory.store(place, title, { logs: load.logs, replaceComputed, now: at.instant }, options.signal);
	if (stored.failed) return fail(stored.message);
	const { problems, problemCount } = load.loaded;
	return { failed: false, title, historyFile: place.file, stored, problems, problemCount };
}

/** How a project is to be logged. */
export interface LogOptions extends LoadProjectOptions {
	/** The instant up to which is logged; absent for now. Later logs are passed over. */
	readonly asOf?: InstantMs;
	/** The clock's: nobody knows yet who will be active after it. */
	readonly now: InstantMs;
	/** As `UsageHistory.placeOf` takes it. */
	readonly setting: string | null;
	readonly replaceComputed: boolean;
}

/** What became of the logs of one project. */
export interface LoggedProject {
	readonly failed: false;
	readonly title: string;
	/** Absolute name of the history's file. */
	readonly historyFile: string;
	readonly stored: StoredLogs;
	/** Of the sources. */
	readonly problems: readonly DataProblem[];
	readonly problemCount: number;
}
