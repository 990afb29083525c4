import type { ConfigFile, FileId } from "../core/config/model.ts";
import { readModel } from "../core/config/read-model.ts";
import type { InstantMs } from "../core/dates/instant.ts";
import { createSchemaValidator } from "../core/schema/validate-schema.ts";
import { createConfigurationCheck } from "./check-configuration.ts";
import { checkSources } from "./check-sources.ts";
import type { FileAccess } from "./file-access.ts";
import { createLinkedData, type LinkedData } from "./linked-data.ts";
import { createLoadCache, type LoadCache } from "./load-cache.ts";
import { isConfigName } from "./node-file-access.ts";
import { isReadable, type PlacedProblem, place, type WorkspaceFile } from "./workspace-file.ts";
import { parseConfig } from "./yaml/parse-config.ts";

export type { FileAccess } from "./file-access.ts";
export type { PlacedProblem, WorkspaceFile } from "./workspace-file.ts";

/**
 * The configurations of some folders, each with its text, its tree and what is wrong with it. Text of an open document
 * wins over the disk. URIs may come in any spelling; those that go out are canonical, so they can be compared.
 */
export interface Workspace {
	/** Reads every configuration under a folder. */
	addFolder(folderUri: string): Promise<void>;
	/** Forgets a folder and its configurations, except open ones and those of another folder. */
	removeFolder(folderUri: string): Promise<void>;
	/** Reads one file, whatever its name, and the project that it names, if it does; nothing happens when there is no such file. */
	addFile(uri: string): Promise<void>;
	/** Takes the text of an open document. */
	setText(uri: string, text: string): void;
	/** Goes back to the disk, since the document was closed. */
	removeText(uri: string): Promise<void>;
	/** Reads again what changed, appeared or vanished on the disk: a configuration, or a folder of them. */
	refresh(uri: string): Promise<void>;
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
	readonly clock: () => InstantMs;
}

/** What a workspace may share or do without. */
export interface WorkspaceOptions {
	/** Loaded data that other workspaces of the same process use too. */
	readonly cache?: LoadCache;
	/** False when the folder's author is not trusted: then no file outside of the workspace's folders is read. */
	readonly trusted?: boolean;
}

/** An empty workspace. The clock says what "now" is for whatever does not say its own `asOf`. */
export function createWorkspace(access: FileAccess, clock: () => InstantMs, options: WorkspaceOptions = {}): Workspace {
	const entries = new Map<string, Entry>();
	const folders = new Set<string>();
	const trusted = options.trusted ?? true;
	const validator = createSchemaValidator();
	const cache = options.cache ?? createLoadCache();
	const data = createLinkedData({ access, cache, folders: () => [...folders], trusted });
	const configuration = createConfigurationCheck({ validator, resolve, clock, configs: steadyConfigs, revision: () => revision });
	// Rises whenever what other files may see of a configuration has changed.
	let revision = 0;
	let steady: { readonly revision: number; readonly configs: readonly ConfigFile[] } | null = null;

	function canonicalUri(uri: string): string {
		return access.isOnDisk(uri) ? access.toUri(access.toPath(uri)) : uri;
	}

	function resolve(from: FileId, relativePath: string): FileId {
		if (access.isOnDisk(from)) return access.toUri(access.resolvePath(from, relativePath));
		return URL.canParse(relativePath, from) ? new URL(relativePath, from).href : relativePath;
	}

	function steadyConfigs(): readonly ConfigFile[] {
		if (steady?.revision !== revision) {
			steady = { revision, configs: uris().flatMap((uri) => entries.get(uri)?.file?.steadyConfig ?? []) };
		}
		return steady.configs;
	}

	function uris(): readonly string[] {
		return [...entries]
			.filter(([, entry]) => entry.file !== null)
			.map(([uri]) => uri)
			.sort(compareCodeUnits);
	}

	function entryOf(uri: string): Entry {
		let entry = entries.get(uri);
		if (entry === undefined) {
			entry = { openText: null, diskText: null, reads: 0, file: null };
			entries.set(uri, entry);
		}
		return entry;
	}

	function update(uri: string, entry: Entry): void {
		const text = entry.openText ?? entry.diskText;
		if (text === null) {
			entries.delete(uri);
			if (entry.file !== null) revision++;
			entry.file = null;
		} else if (text !== entry.file?.parsed.text) {
			const before = entry.file;
			entry.file = readConfig(uri, text, before);
			if (before === null || !sameTree(before.steadyConfig.tree, entry.file.steadyConfig.tree)) revision++;
		}
	}

	/** @param asked whether a person named this file, so that it may be read wherever it is. */
	async function readFromDisk(uri: string, asked = false): Promise<void> {
		const entry = entryOf(uri);
		const read = ++entry.reads;
		const text = asked || (await mayRead(uri)) ? await access.readText(uri) : null;
		// A later read of the same file knows better.
		if (read !== entry.reads) return;
		entry.diskText = text;
		update(uri, entry);
	}

	async function mayRead(uri: string): Promise<boolean> {
		return trusted || (access.isOnDisk(uri) && (await data.isReallyInside(access.toPath(uri))));
	}

	async function readAll(all: readonly string[]): Promise<void> {
		const waiting = [...all];
		const work = async () => {
			for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) await readFromDisk(uri);
		};
		await Promise.all(Array.from({ length: 16 }, work));
	}

	function known(uri: string): Entry | null {
		return entries.get(canonicalUri(uri)) ?? null;
	}

	function urisUnder(uri: string): readonly string[] {
		return [...entries.keys()].filter((known) => known === uri || isUnder(known, uri));
	}

	function linkedPaths(uri: string): readonly string[] {
		const file = known(uri)?.file ?? null;
		return file === null ? [] : data.linkedPaths(file);
	}

	return {
		async addFolder(folderUri) {
			const folder = canonicalUri(folderUri);
			folders.add(folder);
			await readAll(await access.findConfigs(folder));
		},
		async removeFolder(folderUri) {
			const folder = canonicalUri(folderUri);
			folders.delete(folder);
			for (const uri of urisUnder(folder)) {
				const entry = entryOf(uri);
				if ([...folders].some((other) => isUnder(uri, other))) continue;
				entry.reads++;
				entry.diskText = null;
				update(uri, entry);
			}
		},
		async addFile(uri) {
			const canonical = canonicalUri(uri);
			await readFromDisk(canonical, true);
			const model = known(canonical)?.file?.config.model ?? null;
			const project = model?.kind === "instance" && model.project !== null ? resolve(canonical, model.project) : null;
			if (project !== null && known(project) === null) await readFromDisk(project);
		},
		setText(uri, text) {
			const canonical = canonicalUri(uri);
			const entry = entryOf(canonical);
			entry.openText = text;
			update(canonical, entry);
		},
		async removeText(uri) {
			const canonical = canonicalUri(uri);
			const entry = entryOf(canonical);
			entry.openText = null;
			await readFromDisk(canonical);
		},
		async refresh(uri) {
			const canonical = canonicalUri(uri);
			const found =
				access.isOnDisk(canonical) && (await access.kindOf(access.toPath(canonical))) === "folder"
					? await access.findConfigs(canonical)
					: [];
			const own = isConfigName(canonical) ? [canonical] : [];
			await readAll([...new Set([...urisUnder(canonical), ...found, ...own])]);
		},
		uris,
		file: (uri) => known(uri)?.file ?? null,
		async checkFile(uri, signal) {
			const file = known(uri)?.file ?? null;
			if (file === null) return [];
			const placed = configuration.check(file);
			const found = await checkSources(data, file, clock(), signal);
			return [...placed, ...found.map((problem) => place(file.parsed, problem))];
		},
		checkConfiguration(uri) {
			const file = known(uri)?.file ?? null;
			return file === null ? [] : configuration.check(file);
		},
		linkedPaths,
		affectedBy(uri) {
			const canonical = canonicalUri(uri);
			const path = access.isOnDisk(canonical) ? access.toPath(canonical) : null;
			const isWithin = (name: string) => path !== null && (name === path || name.startsWith(`${path}/`) || name.startsWith(`${path}\\`));
			return uris().filter((candidate) => {
				if (candidate === canonical || isUnder(candidate, canonical)) return true;
				const model = known(candidate)?.file?.steadyConfig.model ?? null;
				if (model?.kind === "instance" && model.project !== null && resolve(candidate, model.project) === canonical) return true;
				return linkedPaths(candidate).some(isWithin);
			});
		},
		isInFolder(uri) {
			const canonical = canonicalUri(uri);
			return [...folders].some((folder) => isUnder(canonical, folder));
		},
		resolve,
		canonicalUri,
		access,
		data,
		clock,
	};
}

interface Entry {
	openText: string | null;
	diskText: string | null;
	/** How many reads from the disk have begun. */
	reads: number;
	file: WorkspaceFile | null;
}

function readConfig(uri: string, text: string, before: WorkspaceFile | null): WorkspaceFile {
	const parsed = parseConfig(text);
	const config: ConfigFile = { id: uri, tree: parsed.tree, model: readModel(parsed.tree) };
	const readable = isReadable(parsed);
	const steady = readable || before === null || before.lastGood === null;
	return {
		uri,
		parsed,
		lastGood: readable ? parsed : (before?.lastGood ?? null),
		config,
		steadyConfig: steady ? config : before.steadyConfig,
	};
}

/** Whether a file is somewhere under a folder; both canonical. */
function isUnder(uri: string, folder: string): boolean {
	return uri.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Trees are plain data; anything that cannot be compared counts as different, which costs a check and no more. */
function sameTree(left: unknown, right: unknown): boolean {
	try {
		return JSON.stringify(left) === JSON.stringify(right);
	} catch {
		return false;
	}
}

function compareCodeUnits(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
