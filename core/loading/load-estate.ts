import type { DataSource } from "../config/model.ts";
import type { SeenDates } from "../dates/seen-dates.ts";
import { consolidate } from "../usage/consolidate.ts";
import type { Estate } from "../usage/estate.ts";
import type { SourceTable } from "../usage/source-table.ts";
import { loadSource, type SourceLoad } from "./load-source.ts";
import type { Loaded, LoadOptions, LoadProgress } from "./loaded.ts";
import { planParts, readSourceTable } from "./read-source-table.ts";
import type { ReadProgress, SourcePart, SourceRead, SourceRequest } from "./source-read.ts";

/** The work of a load that may happen in other threads. All reject with the signal's reason once it is aborted, and otherwise never. */
export interface EstateJobs {
	/** Reads a source or a part of one; several may be asked for at the same time. */
	read(request: SourceRequest, signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<SourceRead>;
	consolidate(tables: readonly SourceTable[], signal: AbortSignal): Promise<Estate>;
	/** Divides a large source for several threads; where it is absent `planParts` does, in this thread. */
	plan?(source: DataSource, path: string | null, signal: AbortSignal): Promise<readonly SourcePart[] | null>;
}

/** How an estate is loaded. */
export interface EstateOptions extends LoadOptions {
	/** Without them everything happens in this thread, one source after the other. */
	readonly jobs?: EstateJobs;
	/**
	 * Answers what a source gave: by `read`, or by what is still known of it from before. `read` takes the place of the load's own signal
	 * and progress by those that it is given.
	 */
	readonly readSource?: (
		source: DataSource,
		read: (signal?: AbortSignal, onProgress?: (progress: LoadProgress) => void) => Promise<SourceLoad>,
	) => Promise<SourceLoad>;
}

/**
 * Loads and consolidates an instance's devices and installations; other sources are passed over. All sources are read, also
 * after one failed, so that one load says everything that is wrong. Without an installations source the estate has none, and
 * without a devices source no device has an inventory date: whether that is meant is for the caller to say.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadEstate(sources: readonly DataSource[], options: EstateOptions): Promise<Loaded<Estate>> {
	const { signal, jobs } = options;
	const { value: tables, ...found } = await loadTables(sources, options);
	if (tables === null) return { value: null, ...found };
	return { value: jobs === undefined ? consolidate(tables) : await jobs.consolidate(tables, signal), ...found };
}

/** Loads what `loadEstate` does, without consolidating it: the parts of every source in the order of the configuration. */
export async function loadTables(sources: readonly DataSource[], options: EstateOptions): Promise<Loaded<readonly SourceTable[]>> {
	const { signal, jobs } = options;
	signal.throwIfAborted();
	const ours = sources.filter(({ provides }) => provides === "devices" || provides === "installations");
	const load = (source: DataSource): Promise<SourceLoad> => {
		const path = source.path === null ? null : options.resolvePath(source.path);
		const report = (progress: LoadProgress) => options.onProgress?.(progress);
		const read = (readSignal = signal, onProgress = report) => loadSource(source, path, readingOf(jobs), readSignal, onProgress);
		return options.readSource === undefined ? read() : options.readSource(source, read);
	};
	const loads = jobs === undefined ? await inTurn(ours, load) : await Promise.all(ours.map(load));
	signal.throwIfAborted();
	const failures = loads.flatMap((one) => one.failures);
	const tables = failures.length > 0 ? null : loads.flatMap((one) => one.tables);
	return { value: tables, failures, ...summarize(ours, loads) };
}

function readingOf(jobs: EstateJobs | undefined): Parameters<typeof loadSource>[2] {
	if (jobs === undefined) {
		return { read: (request, signal, onProgress) => readSourceTable(request, { signal, onProgress }), plan: async () => null };
	}
	return {
		read: (request, signal, onProgress) => jobs.read(request, signal, onProgress),
		plan: (source, path, signal) => jobs.plan?.(source, path, signal) ?? planParts(source, path),
	};
}

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
	const results: Result[] = [];
	for (const item of items) results.push(await work(item));
	return results;
}

function summarize(
	sources: readonly DataSource[],
	loads: readonly SourceLoad[],
): Pick<Loaded<unknown>, "problems" | "problemCount" | "counts" | "seenDates"> {
	const counts = loads.flatMap((load, index) => load.counts.map((entry) => ({ source: sources[index]!.name, ...entry })));
	const seenDates = loads.flatMap(({ unreadDates }, index): SeenDates | [] =>
		unreadDates === undefined ? [] : { source: sources[index]!.name, unread: unreadDates, read: 0, early: 0 },
	);
	return {
		problems: loads.flatMap(({ problems }) => problems),
		problemCount: counts.reduce((sum, { count }) => sum + count, 0),
		counts,
		...(seenDates.length === 0 ? {} : { seenDates }),
	};
}
