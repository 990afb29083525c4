import { compareCodeUnits } from "../core/compare-code-units.ts";
import type { ConfigFile } from "../core/config/model.ts";
import type { FileAccess } from "./file-access.ts";
import { readConfig, type WorkspaceFile } from "./workspace-file.ts";

/** The configurations that were read, each by the text of its open document or else by that of the disk. All URIs are canonical. */
export interface ConfigStore {
	/** All configurations, in code-unit order. */
	uris(): readonly string[];
	/** As {@link uris}, with those that are still being read, in no order. */
	knownUris(): readonly string[];
	file(uri: string): WorkspaceFile | null;
	/** All configurations as other files should see them. */
	steadyConfigs(): readonly ConfigFile[];
	/** Rises whenever what other files may see of a configuration has changed, or what {@link isRefused} answers. */
	revision(): number;
	/** Takes the text of an open document; null when it is closed, upon which the disk should be read. */
	setOpenText(uri: string, text: string | null): void;
	/** Marks a file that a person named: it may be read wherever it is. */
	ask(uri: string): void;
	/** Whether a file is kept though nothing leads to it, since it is open or was asked for. */
	isHeld(uri: string): boolean;
	/** Reads files, or reads them again. One that is gone, or may not be read, is forgotten unless it is open. */
	readFromDisk(uris: readonly string[]): Promise<void>;
	/** Forgets what the disk has, except of open documents. */
	forgetDisk(uris: readonly string[]): void;
	/** Whether a file on a disk was not read the last time, because it may not be. */
	isRefused(uri: string): boolean;
}

/** Files that are read at the same time. */
const PARALLEL_READS = 16;

/** @param mayRead whether a file that nobody asked for may be read. */
export function createConfigStore(access: FileAccess, mayRead: (uri: string) => Promise<boolean>): ConfigStore {
	const entries = new Map<string, Entry>();
	const refused = new Set<string>();
	let revision = 0;
	let steady: { readonly revision: number; readonly configs: readonly ConfigFile[] } | null = null;

	function entryOf(uri: string): Entry {
		let entry = entries.get(uri);
		if (entry === undefined) {
			entry = { openText: null, diskText: null, asked: false, reads: 0, file: null };
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
			// Of equal trees the later is the earlier.
			if (before?.steadyConfig.tree !== entry.file.steadyConfig.tree) revision++;
		}
	}

	async function readOne(uri: string): Promise<void> {
		const entry = entryOf(uri);
		const read = ++entry.reads;
		const allowed = entry.asked || (await mayRead(uri));
		const text = allowed ? await access.readText(uri) : null;
		// A later read of the same file knows better.
		if (read !== entry.reads) return;
		entry.diskText = text;
		const isRefusal = !allowed && access.isOnDisk(uri);
		if (isRefusal !== refused.has(uri)) revision++;
		if (isRefusal) refused.add(uri);
		else refused.delete(uri);
		update(uri, entry);
	}

	function uris(): readonly string[] {
		return [...entries]
			.filter(([, entry]) => entry.file !== null)
			.map(([uri]) => uri)
			.sort(compareCodeUnits);
	}

	return {
		uris,
		knownUris: () => [...entries.keys()],
		file: (uri) => entries.get(uri)?.file ?? null,
		steadyConfigs() {
			if (steady?.revision !== revision) {
				steady = { revision, configs: uris().flatMap((uri) => entries.get(uri)?.file?.steadyConfig ?? []) };
			}
			return steady.configs;
		},
		revision: () => revision,
		setOpenText(uri, text) {
			const entry = entryOf(uri);
			entry.openText = text;
			if (text !== null) update(uri, entry);
		},
		ask(uri) {
			entryOf(uri).asked = true;
		},
		isHeld(uri) {
			const entry = entries.get(uri);
			return entry !== undefined && (entry.asked || entry.openText !== null);
		},
		async readFromDisk(all) {
			const waiting = [...all];
			const work = async () => {
				for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) await readOne(uri);
			};
			await Promise.all(Array.from({ length: PARALLEL_READS }, work));
		},
		forgetDisk(all) {
			for (const uri of all) {
				const entry = entryOf(uri);
				entry.reads++;
				entry.diskText = null;
				update(uri, entry);
			}
		},
		isRefused: (uri) => refused.has(uri),
	};
}

interface Entry {
	openText: string | null;
	diskText: string | null;
	asked: boolean;
	/** How many reads from the disk have begun. */
	reads: number;
	file: WorkspaceFile | null;
}
