import type { DataSource } from "../core/config/model.ts";
import type { InstantMs } from "../core/dates/instant.ts";
import { loadEstate } from "../core/loading/load-estate.ts";
import { loadUsageLogs } from "../core/loading/load-usage-logs.ts";
import type { Loaded, LoadOptions, LoadProgress, SourceFailure } from "../core/loading/loaded.ts";
import { createProblemLog } from "../core/loading/problem-log.ts";
import { readSource } from "../core/loading/read-source.ts";
import type { UsageLogRow } from "../core/subscriptions/usage-log.ts";
import type { Estate } from "../core/usage/estate.ts";
import type { FileAccess } from "./file-access.ts";
import type { LoadCache } from "./load-cache.ts";
import type { WorkspaceFile } from "./workspace-file.ts";

/** The data that configurations link to. Loading is shared and cached; it starts anew when a file, its mapping or the day has changed. */
export interface LinkedData {
	/** Devices and installations of an instance. Every file but an instance has none. */
	loadEstate(
		file: WorkspaceFile,
		at: ObservedAt,
		signal: AbortSignal,
		onProgress?: (progress: LoadProgress) => void,
	): Promise<Loaded<Estate>>;
	/** Usage logs of a project, also those computed from single accesses. */
	loadUsageLogs(
		file: WorkspaceFile,
		at: ObservedAt,
		signal: AbortSignal,
		onProgress?: (progress: LoadProgress) => void,
	): Promise<Loaded<readonly UsageLogRow[]>>;
	/** Reads the settings rows of any file, which nothing is computed from yet, for what is wrong with them. */
	loadSettings(file: WorkspaceFile, at: ObservedAt, signal: AbortSignal): Promise<Loaded<null>>;
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
export interface LinkedDataContext {
	readonly access: FileAccess;
	readonly cache: LoadCache;
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
		at: ObservedAt,
		signal: AbortSignal,
		onProgress?: (progress: LoadProgress) => void,
	): Promise<Loaded<Value>> {
		const wanted = sourcesOf(file).filter((source) => kind.provides.includes(source.provides));
		const refused = await refusedSources(file, wanted);
		const sources = wanted.filter((source) => !refused.includes(source));
		const stamps = await Promise.all(sources.map((source) => stampOf(file, source)));
		const moment = at.isNow ? `now ${Math.floor(at.instant / QUARTER_MS)}` : at.instant;
		const key = JSON.stringify([kind.name, file.uri, moment, sources, stamps]);
		const start: Parameters<typeof cache.load<Loaded<Value>>>[1] = (loadSignal, report) =>
			kind.start(sources, at.instant, {
				resolvePath: (path) => access.resolvePath(file.uri, path),
				signal: loadSignal,
				onProgress: report,
			});
		const loaded = await cache.load(key, start, (result) => (result.value === null ? 0 : kind.weigh(result.value)), signal, onProgress);
		return refused.length === 0 ? loaded : { ...loaded, value: null, failures: [...refused.map(refusal), ...loaded.failures] };
	}

	function pathOf(file: WorkspaceFile, source: DataSource): string | null {
		return source.path === null || !access.isOnDisk(file.uri) ? null : access.resolvePath(file.uri, source.path);
	}

	async function stampOf(file: WorkspaceFile, source: DataSource): Promise<string | null> {
		const path = pathOf(file, source);
		return path === null ? null : access.stampOf(path);
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
		async loadEstate(file, at, signal, onProgress) {
			const loaded = await load(ESTATE, file, at, signal, onProgress);
			// What was loaded a moment ago is the same for every instant of the same days; only the instant itself is newer.
			return loaded.value === null || loaded.value.asOf === at.instant
				? loaded
				: { ...loaded, value: { ...loaded.value, asOf: at.instant } };
		},
		loadUsageLogs: (file, at, signal, onProgress) => load(USAGE_LOGS, file, at, signal, onProgress),
		loadSettings: (file, at, signal) => load(SETTINGS, file, at, signal),
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

/** Days change on a quarter of an hour in every time zone, so within one of them "now" always means the same days. */
const QUARTER_MS = 15 * 60_000;

interface LoadKind<Value> {
	readonly name: string;
	readonly provides: readonly string[];
	readonly start: (sources: readonly DataSource[], asOf: InstantMs, options: LoadOptions) => Promise<Loaded<Value>>;
	readonly weigh: (value: Value) => number;
}

const ESTATE: LoadKind<Estate> = {
	name: "estate",
	provides: ["devices", "installations"],
	start: loadEstate,
	weigh: (estate) => estate.deviceOf.length + estate.deviceNames.length,
};

const USAGE_LOGS: LoadKind<readonly UsageLogRow[]> = {
	name: "usage logs",
	provides: ["usageLog", "userActivity"],
	start: loadUsageLogs,
	weigh: (rows) => rows.length,
};

const SETTINGS: LoadKind<null> = {
	name: "settings",
	provides: ["settings"],
	async start(sources, _asOf, options) {
		const log = createProblemLog();
		const failures: SourceFailure[] = [];
		for (const source of sources) failures.push(...(await readSource(source, options, log, () => () => {})));
		return { value: null, failures, ...log.summarize() };
	},
	weigh: () => 0,
};

/** Says that a source outside of the workspace is not read for lack of trust. */
export function describeRefusal(source: DataSource): string {
	return `"${source.path}" leads outside of the workspace's folders, and is not read because the workspace is not trusted.`;
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
