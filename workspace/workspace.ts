import type { FileId } from "../core/config/model.ts";
import type { InstantMs } from "../core/dates/instant.ts";
import { createSchemaValidator } from "../core/schema/validate-schema.ts";
import { createConfigurationCheck } from "./check-configuration.ts";
import { checkSources } from "./check-sources.ts";
import { createConfigStore } from "./config-store.ts";
import { createEstateResults, type EstateResults } from "./estate-results.ts";
import type { FileAccess } from "./file-access.ts";
import { createInsights, type Insights } from "./insights.ts";
import { createInlineJobs } from "./jobs/inline-jobs.ts";
import type { Jobs } from "./jobs/job.ts";
import { createLinkedData, type LinkedData } from "./linked-data.ts";
import { createLoadCache, type LoadCache } from "./load-cache.ts";
import { isConfigName } from "./node-file-access.ts";
import { type PlacedProblem, place, type WorkspaceFile } from "./workspace-file.ts";

export type { FileAccess } from "./file-access.ts";
export type { PlacedProblem, WorkspaceFile } from "./workspace-file.ts";

/**
 * The configurations of some folders, each with its text, its tree and what is wrong with it. Text of an open document
 * wins over the disk. URIs may come in any spelling; those that go out are canonical, so they can be compared.
 */
export interface Workspace {
	/** Reads every configuration under a folder, and the projects that they name, wherever those are. */
	addFolder(folderUri: string): Promise<void>;
	/** Forgets a folder and its configurations, except open ones and those of another folder. */
	removeFolder(folderUri: string): Promise<void>;
	/** Reads one file, whatever its name, as somebody asked for it, and the project that it names; nothing happens when there is no such file. */
	addFile(uri: string): Promise<void>;
	/** Takes the text of an open document. If it names another project than before, {@link readProjects} has to follow. */
	setText(uri: string, text: string): void;
	/** Goes back to the disk, since the document was closed. */
	removeText(uri: string): Promise<void>;
	/** Reads again what changed, appeared or vanished on the disk: a configuration, or a folder of them. */
	refresh(uri: string): Promise<void>;
	/**
	 * Reads projects that instances name and that lie outside of the folders, and forgets those that none names any more. Answers whether
	 * anything has changed. Where there is no trust nothing is read.
	 */
	readProjects(): Promise<boolean>;
	/** Absolute names of the files of projects outside of the folders that instances name, whether they exist or not; none without trust. */
	outsideProjects(): readonly string[];
	/** All configurations, in code-unit order. */
	uris(): readonly string[];
	/** Null when the workspace has no such configuration. */
	file(uri: string): WorkspaceFile | null;
	/** All that is wrong with a file, also with its linked data; waits for that data. Empty when there is no such file. */
	checkFile(uri: string, signal: AbortSignal): Promise<readonly PlacedProblem[]>;
	/** What is wrong with a file as far as it needs no linked data. */
	checkConfiguration(uri: string): readonly PlacedProblem[];
	/** Absolute names of the files that a configuration takes data from, whether they exist or not. */
	linkedPaths(uri: string): readonly string[];
	/** Configurations whose results may differ after a configuration, a linked file, or a folder of either has changed. */
	affectedBy(uri: string): readonly string[];
	/** Whether a file is in one of the folders. */
	isInFolder(uri: string): boolean;
	/** URI of a path that one configuration writes relative to itself. */
	resolve(from: FileId, relativePath: string): FileId;
	canonicalUri(uri: string): string;
	readonly access: FileAccess;
	readonly data: LinkedData;
	readonly results: EstateResults;
	readonly insights: Insights;
	/** What is kept of the data, and of whatever else one may want to see again. */
	readonly cache: LoadCache;
	readonly clock: () => InstantMs;
}

/** What a workspace may share or do without. */
export interface WorkspaceOptions {
	/** Loaded data that other workspaces of the same process use too. */
	readonly cache?: LoadCache;
	/** Who reads and computes; without it this thread does. The caller disposes of it. */
	readonly jobs?: Jobs;
	/** False where everything is asked for once, and by nothing that shows single rows with all their columns. */
	readonly servesViews?: boolean;
	/** False when the folder's author is not trusted: then no file outside of the workspace's folders is read. */
	readonly trusted?: boolean;
}

/** An empty workspace. The clock says what "now" is for whatever does not say its own `asOf`. */
export function createWorkspace(access: FileAccess, clock: () => InstantMs, options: WorkspaceOptions = {}): Workspace {
	const folders = new Set<string>();
	const trusted = options.trusted ?? true;
	const cache = options.cache ?? createLoadCache();
	const jobs = options.jobs ?? createInlineJobs();
	const data = createLinkedData({ access, cache, jobs, servesViews: options.servesViews ?? true, folders: () => [...folders], trusted });
	const store = createConfigStore(
		access,
		async (uri) => trusted || (access.isOnDisk(uri) && (await data.isReallyInside(access.toPath(uri)))),
	);
	const configuration = createConfigurationCheck({
		validator: createSchemaValidator(),
		resolve,
		clock,
		configs: store.steadyConfigs,
		revision: store.revision,
		isRefused: store.isRefused,
	});
	let named: { readonly revision: number; readonly uris: ReadonlySet<string> } | null = null;

	const results = createEstateResults(cache, jobs);
	const insights = createInsights({ file: fileOf, uris: store.uris, canonicalUri, resolve, access, data, results, clock });

	function canonicalUri(uri: string): string {
		return access.isOnDisk(uri) ? access.toUri(access.toPath(uri)) : uri;
	}

	function resolve(from: FileId, relativePath: string): FileId {
		if (access.isOnDisk(from)) return access.toUri(access.resolvePath(from, relativePath));
		return URL.canParse(relativePath, from) ? new URL(relativePath, from).href : relativePath;
	}

	function fileOf(uri: string): WorkspaceFile | null {
		return store.file(canonicalUri(uri));
	}

	/** URI of the project that an instance names; null for any other file. */
	function projectOf(uri: string): string | null {
		const model = store.file(uri)?.steadyConfig.model ?? null;
		return model?.kind === "instance" && model.project !== null ? resolve(uri, model.project) : null;
	}

	function outsideProjectUris(): readonly string[] {
		const revision = store.revision();
		if (named?.revision !== revision) named = { revision, uris: new Set(store.uris().flatMap((uri) => projectOf(uri) ?? [])) };
		return [...named.uris].filter((uri) => !isInFolder(uri));
	}

	async function readProjects(): Promise<boolean> {
		const before = store.revision();
		const wanted = new Set(outsideProjectUris());
		store.forgetDisk(store.knownUris().filter((uri) => !wanted.has(uri) && !store.isHeld(uri) && !isInFolder(uri)));
		await store.readFromDisk([...wanted].filter((uri) => store.file(uri) === null));
		return store.revision() !== before;
	}

	function isInFolder(uri: string): boolean {
		return [...folders].some((folder) => isUnder(uri, folder));
	}

	function urisUnder(uri: string): readonly string[] {
		return store.knownUris().filter((known) => known === uri || isUnder(known, uri));
	}

	function linkedPaths(uri: string): readonly string[] {
		const file = fileOf(uri);
		return file === null ? [] : data.linkedPaths(file);
	}

	return {
		async addFolder(folderUri) {
			const folder = canonicalUri(folderUri);
			folders.add(folder);
			await store.readFromDisk(await access.findConfigs(folder));
			await readProjects();
		},
		async removeFolder(folderUri) {
			const folder = canonicalUri(folderUri);
			folders.delete(folder);
			store.forgetDisk(urisUnder(folder).filter((uri) => !isInFolder(uri)));
			await readProjects();
		},
		async addFile(uri) {
			const canonical = canonicalUri(uri);
			store.ask(canonical);
			await store.readFromDisk([canonical]);
			await readProjects();
		},
		setText: (uri, text) => store.setOpenText(canonicalUri(uri), text),
		async removeText(uri) {
			const canonical = canonicalUri(uri);
			store.setOpenText(canonical, null);
			await store.readFromDisk([canonical]);
			await readProjects();
		},
		async refresh(uri) {
			const canonical = canonicalUri(uri);
			const found =
				access.isOnDisk(canonical) && (await access.kindOf(access.toPath(canonical))) === "folder"
					? await access.findConfigs(canonical)
					: [];
			const own = isConfigName(canonical) ? [canonical] : [];
			await store.readFromDisk([...new Set([...urisUnder(canonical), ...found, ...own])]);
			await readProjects();
		},
		readProjects,
		outsideProjects: () => (trusted ? outsideProjectUris().filter(access.isOnDisk).map(access.toPath).sort() : []),
		uris: store.uris,
		file: fileOf,
		async checkFile(uri, signal) {
			const file = fileOf(uri);
			if (file === null) return [];
			const placed = configuration.check(file);
			const found = await checkSources(data, file, placed, clock(), signal);
			return [...placed, ...found.map((problem) => place(file.parsed, problem))];
		},
		checkConfiguration(uri) {
			const file = fileOf(uri);
			return file === null ? [] : configuration.check(file);
		},
		linkedPaths,
		affectedBy(uri) {
			const canonical = canonicalUri(uri);
			const path = access.isOnDisk(canonical) ? access.toPath(canonical) : null;
			const isWithin = (name: string) => path !== null && (name === path || name.startsWith(`${path}/`) || name.startsWith(`${path}\\`));
			return store.uris().filter((candidate) => {
				if (candidate === canonical || isUnder(candidate, canonical)) return true;
				if (projectOf(candidate) === canonical) return true;
				return linkedPaths(candidate).some(isWithin);
			});
		},
		isInFolder: (uri) => isInFolder(canonicalUri(uri)),
		resolve,
		canonicalUri,
		access,
		data,
		results,
		insights,
		cache,
		clock,
	};
}

/** Whether a file is somewhere under a folder; both canonical. */
function isUnder(uri: string, folder: string): boolean {
	return uri.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
