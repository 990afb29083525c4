import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { HistoryFailure } from "../../core/history/history-failure.ts";
import { HISTORY_FOLDER, HISTORY_NAME } from "../../core/history/open-history.ts";
import type { HistoryLogs } from "../../core/history/read-logs.ts";
import type { StoredLogs, StoreInput } from "../../core/history/store-logs.ts";
import { t } from "../../core/texts/translate.ts";
import type { FileAccess } from "../file-access.ts";
import { JobFailure, type JobInput, type JobOutput, type Jobs } from "../jobs/job.ts";

/** The value of a setting that says that no history is kept. */
export const NO_HISTORY = "off";

/** The history of a project. */
export interface HistoryPlace {
	/** Absolute; several projects may have the same. */
	readonly file: string;
	/** The project's file as seen from the folder of the history, with `/` between folders. */
	readonly project: string;
	readonly canWrite: boolean;
}

/** The histories of usage logs of one workspace; they are read and written in jobs. */
export interface UsageHistory {
	/**
	 * Where the history of a project is, whether there is one yet or not; null where none may be kept or read.
	 * @param setting a path, absolute or relative to the folder of the workspace that the project is in; null or empty for beside the project,
	 * {@link NO_HISTORY} for none.
	 */
	placeOf(projectUri: string, setting: string | null): Promise<HistoryPlace | null>;
	/** Logs of some servers, and of those that are noted for the project. */
	read(place: HistoryPlace, servers: readonly string[], signal: AbortSignal): Promise<HistoryLogs | HistoryFailure>;
	store(place: HistoryPlace, title: string, input: Omit<StoreInput, "project">, signal: AbortSignal): Promise<StoredLogs | HistoryFailure>;
}

/** What histories are found and kept with. */
export interface UsageHistoryContext {
	readonly access: FileAccess;
	readonly jobs: Jobs;
	/** Canonical URIs. */
	readonly folders: () => readonly string[];
	/** Without trust nothing is written, and nothing is read outside of the folders. */
	readonly trusted: boolean;
	readonly isReallyInside: (path: string) => Promise<boolean>;
}

/** The histories of the workspace with these folders. */
export function createUsageHistory({ access, jobs, folders, trusted, isReallyInside }: UsageHistoryContext): UsageHistory {
	function fileOf(project: string, setting: string | null): string | null {
		const chosen = setting?.trim() ?? "";
		if (chosen === NO_HISTORY) return null;
		if (chosen === "") return join(dirname(project), HISTORY_FOLDER, HISTORY_NAME);
		if (isAbsolute(chosen)) return resolve(chosen);
		const [own] = folders()
			.map(access.toPath)
			.filter((folder) => isBelow(project, folder))
			.sort((left, right) => right.length - left.length);
		return resolve(own ?? dirname(project), chosen);
	}

	async function run<Kind extends "readHistory" | "storeLogs">(
		kind: Kind,
		input: JobInput<Kind>,
		signal: AbortSignal,
	): Promise<JobOutput<Kind> | HistoryFailure> {
		try {
			return await jobs.run(kind, input, { signal });
		} catch (error) {
			if (!(error instanceof JobFailure)) throw error;
			return { failed: true, code: "history/unavailable", message: t`The history ${input.file} cannot be used. ${error.message}` };
		}
	}

	return {
		async placeOf(projectUri, setting) {
			if (!access.isOnDisk(projectUri)) return null;
			const project = access.toPath(projectUri);
			const file = fileOf(project, setting);
			if (file === null || !(trusted || (await isReallyInside(file)))) return null;
			return { file, project: relative(dirname(file), project).replaceAll(sep, "/"), canWrite: trusted };
		},
		read: ({ file, project }, servers, signal) => run("readHistory", { file, wanted: { servers, project } }, signal),
		store: ({ file, project }, title, input, signal) =>
			run("storeLogs", { file, input: { ...input, project: { file: project, title } } }, signal),
	};
}

function isBelow(path: string, folder: string): boolean {
	const from = relative(folder, path);
	return from !== ".." && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}
