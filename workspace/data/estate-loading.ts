import type { DataSource } from "../../core/config/model.ts";
import type { EstateJobs, EstateOptions } from "../../core/loading/load-estate.ts";
import type { SourceLoad } from "../../core/loading/load-source.ts";
import type { LoadOptions, SourceFailure } from "../../core/loading/loaded.ts";
import { failedRead } from "../../core/loading/read-source-table.ts";
import type { SourceRead, SourceRequest } from "../../core/loading/source-read.ts";
import { t } from "../../core/texts/translate.ts";
import type { FileAccess } from "../file-access.ts";
import { JobFailure, type Jobs } from "../jobs/job.ts";
import { type LoadCache, weighColumns } from "./load-cache.ts";

/** What the loading of an estate is carried out with. */
export interface EstateLoadingContext {
	readonly access: FileAccess;
	readonly cache: LoadCache;
	readonly jobs: Jobs;
	/** Whether what was read of a source is kept for the next estate that it is a part of, with the columns that only views show. */
	readonly servesViews: boolean;
}

/**
 * How an estate is loaded here: in jobs, and each source once per state of its file and per mapping, whatever its name and its place
 * in the configuration are. A file that is not the same at the end is not used, and a job that fails is a failure of its source.
 * @param stamps states of the files when the load began, by absolute name.
 */
export function createEstateLoading(
	{ access, cache, jobs, servesViews }: EstateLoadingContext,
	options: LoadOptions,
	stamps: ReadonlyMap<string, string | null>,
): Pick<EstateOptions, "jobs" | "readSource"> {
	async function read(request: SourceRequest, readSignal: AbortSignal, onProgress: Parameters<EstateJobs["read"]>[2]): Promise<SourceRead> {
		const { source, path } = request;
		try {
			const done = await jobs.run("read", { ...request, viewColumns: servesViews }, { signal: readSignal, onProgress });
			const changed = done.table === null ? null : await findChange(access, source, path, stamps);
			return changed === null ? done : failedRead([changed]);
		} catch (error) {
			if (error instanceof JobFailure) return failedRead([unreadable(source, error.message)]);
			throw error;
		}
	}

	async function readSource(source: DataSource, load: Parameters<NonNullable<EstateOptions["readSource"]>>[1]): Promise<SourceLoad> {
		const path = source.path === null ? null : options.resolvePath(source.path);
		const stamp = path === null ? null : (stamps.get(path) ?? null);
		if (stamp === null) return load();
		const { index, name, ...mapping } = source;
		const done = await cache.load(
			JSON.stringify(["source", path, stamp, mapping]),
			load,
			({ tables, failures }) => (failures.length > 0 ? null : weighColumns(tables)),
			options.signal,
			options.onProgress,
		);
		return relabel(done, index, name);
	}

	return {
		jobs: {
			read,
			consolidate: (tables, jobSignal) => jobs.run("consolidate", tables, { signal: jobSignal }),
			plan: (source, path, jobSignal) => jobs.run("plan", { source, path }, { signal: jobSignal }),
		},
		...(servesViews ? { readSource } : {}),
	};
}

/** The failure of a source whose file is not what it was when a load began; null when it is. */
export async function findChange(
	access: FileAccess,
	source: DataSource,
	path: string | null,
	stamps: ReadonlyMap<string, string | null>,
): Promise<SourceFailure | null> {
	// A database shows its readers one state from beginning to end, whoever writes to it meanwhile.
	if (path === null || source.type === "sqlite") return null;
	const stamp = await access.stampOf(path);
	if (stamp === (stamps.get(path) ?? null)) return null;
	const what = stamp === null ? "vanished" : t("was changed by another program");
	return unreadable(source, t`${source.path} ${what} while it was being read. Try again.`);
}

/** The failure of a source that may go well the next time. */
export function unreadable(source: DataSource, message: string): SourceFailure {
	return { sourceIndex: source.index, sourceName: source.name, code: "source/unreadable", key: "path", message };
}

/** What was read for an entry of the configuration, for another one that says the same. */
function relabel(load: SourceLoad, sourceIndex: number, sourceName: string): SourceLoad {
	const { tables, failures, problems } = load;
	return {
		...load,
		tables: tables.map((table) => (table.sourceIndex === sourceIndex ? table : { ...table, sourceIndex })),
		failures: failures.map((failure) => ({ ...failure, sourceIndex, sourceName })),
		problems: problems.map((problem) => (problem.source === sourceName ? problem : { ...problem, source: sourceName })),
	};
}
