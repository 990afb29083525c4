import type { FileId } from "../core/config/model.ts";
import type { InstantMs } from "../core/dates/instant.ts";
import { createSchemaValidator } from "../core/schema/validate-schema.ts";
import { createConfigurationCheck } from "./check-configuration.ts";
import { applyAllows, type Findings } from "./checks/apply-allows.ts";
import { createLimitCheck } from "./checks/check-limits.ts";
import { createSourcesCheck } from "./checks/check-sources.ts";
import { type LinkedFindings, leavesDataKnown } from "./checks/linked-findings.ts";
import { createConfigStore } from "./config-store.ts";
import { createEstateResults, type EstateResults } from "./data/estate-results.ts";
import { createLinkedData, type LinkedData } from "./data/linked-data.ts";
import { createLoadCache, type LoadCache } from "./data/load-cache.ts";
import { createSourcePeek, type SourcePeek } from "./data/source-peek.ts";
import { createUsageHistory, type UsageHistory } from "./data/usage-history.ts";
import { createViewResults, type ViewResults } from "./data/view-results.ts";
import type { FileAccess } from "./file-access.ts";
import { type CommittedConfigs, createCommittedConfigs } from "./history/committed-config.ts";
import { createCommittedTexts } from "./history/committed-texts.ts";
import { createInsights, type Insights } from "./insights/insights.ts";
import { createInlineJobs } from "./jobs/inline-jobs.ts";
import type { Jobs } from "./jobs/job.ts";
import { isConfigName } from "./node-file-access.ts";
import { isReadable, type PlacedProblem, place, type WorkspaceFile } from "./workspace-file.ts";

export type { Findings } from "./checks/apply-allows.ts";
export type { LinkedFindings } from "./checks/linked-findings.ts";
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
	/** What more than the text of the configurations tells of a file: its linked data and its history. Waits for them. */
	checkLinked(file: WorkspaceFile, signal: AbortSignal): Promise<LinkedFindings>;
	/**
	 * Everything that is wrong with a file, less what its comments allow.
	 * @param linked null while it is not known.
	 */
	findingsOf(file: WorkspaceFile, linked: LinkedFindings | null): Findings;
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
	/** Looks at files that configurations link to, or might. */
	readonly sources: SourcePeek;
	readonly results: EstateResults;
	/** What tables and charts show of the results. */
	readonly views: ViewResults;
	readonly insights: Insights;
	/** The configurations in the last commits. */
	readonly committed: CommittedConfigs;
	/** What is kept of the usage logs of projects. */
	readonly usageHistory: UsageHistory;
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
	/** False when the folder's author is not trusted: then no file outside of the workspace's folders is read, and git is not asked. */
	readonly trusted?: boolean;
	/** Up to how many installations a change of limits may newly expose to mandatory policies without being an error; 0 when nobody says. */
	readonly reclaimExposure?: () => number;
}

/** An empty workspace. The clock says what "now" is for whatever does not say its own `asOf`. */
export function createWorkspace(access: FileAccess, clock: () => InstantMs, options: WorkspaceOptions = {}): Workspace {
	const folders = new Set<string>();
	const trusted = options.trusted ?? true;
	const cache = options.cache ?? createLoadCache();
	const jobs = options.jobs ?? createInlineJobs();
	const data = createLinkedData({ access, cache, jobs, servesViews: options.servesViews ?? true, folders: () => [...folders], trusted });
	const usageHistory = createUsageHistory({ access, jobs, folders: () => [...folders], trusted, isReallyInside: data.isReallyInside });
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
	const sourcesCheck = createSourcesCheck({ data, results, configs: store.steadyConfigs, clock });
	const committed = createCommittedConfigs(access, createCommittedTexts(trusted), resolve);
	const insights = createInsights({ file: fileOf, uris: store.uris, canonicalUri, resolve, access, data, results, committed, clock });
	const limits = createLimitCheck({
		file: fileOf,
		clock,
		reclaimExposure: options.reclaimExposure ?? (() => 0),
		around: (file) => ({ file: file.config, files: store.steadyConfigs(), resolve, isRefused: store.isRefused, now: clock() }),
	});

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

	async function checkLinked(file: WorkspaceFile, signal: AbortSignal): Promise<LinkedFindings> {
		const [problems] = await Promise.all([
			sourcesCheck.check(file, configuration.check(file), signal),
			// What it finds is told by `findingsOf`, from the text as it is then.
			insights.find(file.uri, signal, "check"),
		]);
		return { problems, complete: isReadable(file.parsed) && problems.every(leavesDataKnown) };
	}

	function findingsOf(file: WorkspaceFile, linked: LinkedFindings | null): Findings {
		const insight = insights.recall(file.uri);
		const known = configuration.check(file);
		const found = [...(linked?.problems ?? []), ...limits.check(file, insight)];
		const all = found.length === 0 ? known : [...known, ...found.map((problem) => place(file.parsed, problem))];
		return applyAllows(file.parsed, limits.offerValues(file, insight, all), linked?.complete ?? false);
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
			return file === null ? [] : findingsOf(file, await checkLinked(file, signal)).problems;
		},
		checkConfiguration(uri) {
			const file = fileOf(uri);
			return file === null ? [] : findingsOf(file, null).problems;
		},
		checkLinked,
		findingsOf,
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
		sources: createSourcePeek({ access, cache, jobs, data }),
		results,
		views: createViewResults(cache, jobs, results),
		insights,
		committed,
		usageHistory,
		cache,
		clock,
	};
}

/** Whether a file is somewhere under a folder; both canonical. */
function isUnder(uri: string, folder: string): boolean {
	return uri.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
