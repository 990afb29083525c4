import type { DataSource } from "../../core/config/model.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import { loadEstate, loadTables } from "../../core/loading/load-estate.ts";
import { loadSettings, type SettingRow } from "../../core/loading/load-settings.ts";
import { loadUsageLogs } from "../../core/loading/load-usage-logs.ts";
import type { Loaded, LoadOptions, LoadProgress, SourceFailure } from "../../core/loading/loaded.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { t } from "../../core/texts/translate.ts";
import type { Estate } from "../../core/usage/estate.ts";
import type { DescribedData } from "../../core/usage/source-facts.ts";
import { JobFailure } from "../jobs/job.ts";
import type { WorkspaceFile } from "../workspace-file.ts";
import { addUpBytes } from "./describe-progress.ts";
import { createEstateLoading, type EstateLoadingContext, unreadable } from "./estate-loading.ts";
import { type Weight, weighColumns } from "./load-cache.ts";
import { createUsageLogJobs } from "./usage-log-loading.ts";

/** The data that configurations link to. Loading is shared and cached; it starts anew when a file or its mapping has changed. */
export interface LinkedData {
	/** Devices and installations of an instance, for every instant. Every file but an instance has none. Sources that have not changed are not read again. */
	loadEstate(file: WorkspaceFile, signal: AbortSignal, onProgress?: (progress: LoadProgress) => void): Promise<Loaded<Estate>>;
	/** Usage logs of a project, also those computed from single accesses, which depends on the day. */
	loadUsageLogs(
		file: WorkspaceFile,
		at: ObservedAt,
		signal: AbortSignal,
		onProgress?: (progress: LoadProgress) => void,
	): Promise<Loaded<readonly UsageLogRow[]>>;
	/** What the rows of an instance's devices and installations say before they are consolidated; null where they cannot be read. */
	describeSources(file: WorkspaceFile, signal: AbortSignal): Promise<DescribedData | null>;
	/** Rows of the deployed settings that any file links to. */
	loadSettings(file: WorkspaceFile, signal: AbortSignal): Promise<Loaded<readonly SettingRow[]>>;
	/** Absolute names of the files that a configuration takes data from, each once. */
	linkedPaths(file: WorkspaceFile): readonly string[];
	/**
	 * Sources whose path, as written, leaves the workspace's folders, none when the configuration is in none of them; and all that are not
	 * read for lack of trust, also because a symbolic link leads out.
	 */
	sourcesOutside(file: WorkspaceFile): Promise<readonly DataSource[]>;
	/** Whether a path leads into one of the workspace's folders, also after symbolic links. */
	isReallyInside(path: string): Promise<boolean>;
	/** Whether a configuration is on a disk, so that its relative paths lead somewhere. */
	isOnDisk(file: WorkspaceFile): boolean;
	/** Whether data outside of the workspace's folders is read. */
	readonly readsOutside: boolean;
}

/** The instant at which data is judged: dates after it are in the future. */
export interface ObservedAt {
	readonly instant: InstantMs;
	/** True when nothing fixes the instant; then data that was loaded a moment ago still serves. */
	readonly isNow: boolean;
}

/** What linked data is found with. */
export interface LinkedDataContext extends EstateLoadingContext {
	/** Canonical URIs. */
	readonly folders: () => readonly string[];
	readonly trusted: boolean;
}

/** The linked data of one workspace. */
export function createLinkedData(context: LinkedDataContext): LinkedData {
	const { access, cache } = context;

	async function load<Value>(
		kind: LoadKind<Value>,
		file: WorkspaceFile,
		moment: string,
		signal: AbortSignal,
		onProgress?: (progress: LoadProgress) => void,
	): Promise<Loaded<Value>> {
		const wanted = sourcesOf(file).filter((source) => kind.provides.includes(source.provides));
		const refused = await refusedSources(file, wanted);
		const sources = wanted.filter((source) => !refused.includes(source));
		const stamps = new Map<string, string | null>();
		for (const path of new Set(sources.flatMap((source) => pathOf(file, source) ?? []))) stamps.set(path, await access.stampOf(path));
		// Files that link to the same data in the same way share it.
		const place = access.isOnDisk(file.uri) ? sources.map((source) => pathOf(file, source)) : file.uri;
		const key = JSON.stringify([kind.name, place, moment, sources, [...stamps.values()]]);
		const loaded = await cache.load<Loaded<Value>>(
			key,
			async (loadSignal, report) =>
				kind.start(
					sources,
					{
						resolvePath: (path) => access.resolvePath(file.uri, path),
						signal: loadSignal,
						onProgress: addUpBytes(await sizeOf(file, sources), report),
					},
					stamps,
				),
			(result) => (result.failures.some(isPassing) ? null : result.value === null ? NOTHING : kind.weigh(result.value)),
			signal,
			onProgress,
		);
		return refused.length === 0 ? loaded : { ...loaded, value: null, failures: [...refused.map(refusal), ...loaded.failures] };
	}

	const estates: LoadKind<Estate> = {
		name: "estate",
		provides: ["devices", "installations"],
		start: (sources, options, stamps) =>
			orUnreadable(sources, () => loadEstate(sources, { ...options, ...createEstateLoading(context, options, stamps) })),
		weigh: weighColumns,
	};

	const usageLogsAt = (instant: InstantMs): LoadKind<readonly UsageLogRow[]> => ({
		name: "usage logs",
		provides: ["usageLog", "userActivity"],
		start: (sources, options, stamps) =>
			orUnreadable(sources, () => loadUsageLogs(sources, instant, { ...options, jobs: createUsageLogJobs(context, stamps) })),
		weigh: weighRows,
	});

	/** The tables are in the cache as a rule, since nobody describes them before the estate is loaded. */
	const facts: LoadKind<DescribedData> = {
		name: "source facts",
		provides: estates.provides,
		async start(sources, options, stamps) {
			const { value: tables, ...found } = await loadTables(sources, { ...options, ...createEstateLoading(context, options, stamps) });
			if (tables === null) return { value: null, ...found };
			return { value: await context.jobs.run("describe", tables, { signal: options.signal }), ...found };
		},
		weigh: ({ sources }) => ({
			bytes: sources.reduce((sum, { dates }) => sum + dates.reduce((days, date) => days + 8 * date.days.length, 0), 0),
			buffers: [],
		}),
	};

	function pathOf(file: WorkspaceFile, source: DataSource): string | null {
		return source.path === null || !access.isOnDisk(file.uri) ? null : access.resolvePath(file.uri, source.path);
	}

	/** Bytes of all files that sources are read from, each as often as it is read; null when one of them is none. */
	async function sizeOf(file: WorkspaceFile, sources: readonly DataSource[]): Promise<number | null> {
		const sizes = await Promise.all(
			sources.map(async (source) => {
				const path = pathOf(file, source);
				return path === null ? null : access.sizeOf(path);
			}),
		);
		return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
	}

	async function refusedSources(file: WorkspaceFile, sources: readonly DataSource[]): Promise<readonly DataSource[]> {
		if (context.trusted) return [];
		const judged = await Promise.all(
			sources.map(async (source) => {
				const path = pathOf(file, source);
				return path === null || (await isReallyInside(path)) ? [] : [source];
			}),
		);
		return judged.flat();
	}

	/** A path that leads nowhere is judged as written: what cannot be read can give nothing away. */
	async function isReallyInside(path: string): Promise<boolean> {
		const real = (await access.realPath(path)) ?? path;
		const roots = await Promise.all(
			context.folders().map(async (folder) => (await access.realPath(access.toPath(folder))) ?? access.toPath(folder)),
		);
		return roots.some((root) => isWithin(real, root)) || (real === path && isInsideAsWritten(path));
	}

	function isInsideAsWritten(path: string): boolean {
		return context.folders().some((folder) => isWithin(path, access.toPath(folder)));
	}

	return {
		loadEstate: (file, signal, onProgress) => load(estates, file, "", signal, onProgress),
		loadUsageLogs: (file, at, signal, onProgress) => load(usageLogsAt(at.instant), file, momentOf(at), signal, onProgress),
		async describeSources(file, signal) {
			try {
				return (await load(facts, file, "", signal)).value;
			} catch (error) {
				if (error instanceof JobFailure) return null;
				throw error;
			}
		},
		loadSettings: (file, signal) => load(SETTINGS, file, "", signal),
		linkedPaths: (file) => [...new Set(sourcesOf(file).flatMap((source) => pathOf(file, source) ?? []))],
		async sourcesOutside(file) {
			const refused = await refusedSources(file, sourcesOf(file));
			const isInside = access.isOnDisk(file.uri) && isInsideAsWritten(access.toPath(file.uri));
			return sourcesOf(file).filter((source) => {
				const path = pathOf(file, source);
				return refused.includes(source) || (isInside && path !== null && !isInsideAsWritten(path));
			});
		},
		isReallyInside,
		isOnDisk: (file) => access.isOnDisk(file.uri),
		readsOutside: context.trusted,
	};
}

/** Usable entries of `dataSources`, whatever kind of file it is. */
export function sourcesOf(file: WorkspaceFile): readonly DataSource[] {
	return file.config.model?.dataSources ?? [];
}

/** A source as a person knows it: its name, and the file, table or connection behind it. */
export function describeSource(source: DataSource): string {
	const place = [source.path ?? source.connection, source.table ?? source.sheet].filter((part) => part !== null).join(", ");
	return place === "" ? source.name : `${source.name} (${place})`;
}

interface LoadKind<Value> {
	readonly name: string;
	readonly provides: readonly string[];
	/** @param stamps of the sources' files, by absolute name. */
	readonly start: (
		sources: readonly DataSource[],
		options: LoadOptions,
		stamps: ReadonlyMap<string, string | null>,
	) => Promise<Loaded<Value>>;
	readonly weigh: (value: Value) => Weight;
}

/** What a load gives; a job that failed is a failure of the first source. */
async function orUnreadable<Value>(sources: readonly DataSource[], load: () => Promise<Loaded<Value>>): Promise<Loaded<Value>> {
	try {
		return await load();
	} catch (error) {
		if (!(error instanceof JobFailure)) throw error;
		const failures = sources.slice(0, 1).map((source) => unreadable(source, error.message));
		return { value: null, failures, problems: [], problemCount: 0, counts: [] };
	}
}

const SETTINGS: LoadKind<readonly SettingRow[]> = {
	name: "settings",
	provides: ["settings"],
	start: loadSettings,
	weigh: weighRows,
};

function weighRows(rows: readonly object[]): Weight {
	return { bytes: rows.length * BYTES_PER_ROW, buffers: [] };
}

const NOTHING: Weight = { bytes: 0, buffers: [] };

/** An object with some numbers and a name that many rows share. */
const BYTES_PER_ROW = 100;

/** Days change on a quarter of an hour in every time zone, so within one of them "now" always means the same days. */
function momentOf({ instant, isNow }: ObservedAt): string {
	return isNow ? `now ${Math.floor(instant / QUARTER_MS)}` : String(instant);
}

const QUARTER_MS = 15 * 60_000;

/** Whether the next try may go well though no file has changed: it was locked, or there was no memory. */
function isPassing({ code }: SourceFailure): boolean {
	return code === "source/unreadable";
}

/** Says that a source outside of the workspace is not read for lack of trust. */
export function describeRefusal(source: DataSource): string {
	return t`"${source.path}" leads outside of the workspace's folders, and is not read because the workspace is not trusted.`;
}

function refusal(source: DataSource): SourceFailure {
	return {
		sourceIndex: source.index,
		sourceName: source.name,
		code: "source/outside-workspace",
		key: "path",
		message: describeRefusal(source),
	};
}

function isWithin(path: string, folder: string): boolean {
	const prefix = folder.endsWith("/") || folder.endsWith("\\") ? folder : folder + (folder.includes("\\") ? "\\" : "/");
	return path === folder || path.startsWith(prefix);
}
