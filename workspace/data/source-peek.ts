import type { DataSource } from "../../core/config/model.ts";
import { readHalfWrittenSource } from "../../core/config/read-data-sources.ts";
import { valueAt } from "../../core/config/value-at.ts";
import type { PeekedSource } from "../../core/loading/peek-source.ts";
import type { FileAccess, FolderEntry } from "../file-access.ts";
import { JobFailure, type Jobs } from "../jobs/job.ts";
import type { WorkspaceFile } from "../workspace-file.ts";
import type { LinkedData } from "./linked-data.ts";
import type { LoadCache } from "./load-cache.ts";

/**
 * Looks at the files that configurations link to or might link to, for whoever writes a data source: only at their beginning, and
 * only where data may be read at all. What cannot be read shows nothing; what is wrong with it is for a check to say.
 */
export interface SourcePeek {
	/**
	 * What the beginning of an entry's file shows.
	 * @param entry of `dataSources`, as a plain tree; it may be half written or faulty.
	 * @param patience resolves when the caller waits no longer; then the next one finds what is being looked at now.
	 */
	peek(file: WorkspaceFile, entry: unknown, patience: Promise<void>): Promise<Peeked>;
	/**
	 * By row the line of the source's file, from 1, on which it begins; without rows that there are not, and empty where the source is no text or cannot be read.
	 * Takes as long as reading the file up to the last of the rows.
	 */
	findLines(file: WorkspaceFile, source: DataSource, rows: readonly number[], signal: AbortSignal): Promise<ReadonlyMap<number, number>>;
	/** What stands in a folder that is written relative to a configuration; empty when there is none, or it may not be looked at. */
	listFolder(file: WorkspaceFile, folder: string): Promise<readonly FolderEntry[]>;
}

/** What there is to see at present. */
export interface Peeked {
	/** Null when nothing is, or nothing is yet. */
	readonly source: PeekedSource | null;
	/** False while the file is still being looked at. */
	readonly complete: boolean;
}

/** What a {@link SourcePeek} needs. */
export interface SourcePeekContext {
	readonly access: FileAccess;
	readonly cache: LoadCache;
	readonly jobs: Jobs;
	readonly data: LinkedData;
}

/** The peeks of one workspace. */
export function createSourcePeek({ access, cache, jobs, data }: SourcePeekContext): SourcePeek {
	/** Null for what is on no disk, and for what lies outside of the workspace as long as that is not trusted. */
	async function findPlace(file: WorkspaceFile, path: string): Promise<string | null> {
		if (!access.isOnDisk(file.uri)) return null;
		const absolute = access.resolvePath(file.uri, path);
		return data.readsOutside || (await data.isReallyInside(absolute)) ? absolute : null;
	}

	async function look(file: WorkspaceFile, entry: unknown): Promise<PeekedSource | null> {
		const written = readHalfWrittenSource(entry);
		const path = written?.path == null ? null : await findPlace(file, written.path);
		const stamp = path === null ? null : await access.stampOf(path);
		if (written === null || path === null || stamp === null) return null;
		const { type, table, query, sheet, delimiter, encoding, header } = written;
		// Of accesses less is shown. What else the entry says makes no difference to what there is to see.
		const provides = valueAt(entry, ["provides"]) === "userActivity" ? ("userActivity" as const) : ("devices" as const);
		const source = { ...written, index: 0, name: written.path!, provides, columns: {}, connector: null };
		const key = JSON.stringify(["peek", provides, path, stamp, type, table, query, sheet, delimiter, encoding, header]);
		const start = (signal: AbortSignal) => jobs.run("peek", { source, path }, { signal });
		return cache.load(key, start, (peeked) => ({ bytes: weigh(peeked), buffers: [] }), AbortSignal.timeout(LONGEST_MS));
	}

	return {
		async peek(file, entry, patience) {
			const found = look(file, entry).catch((error: unknown) => {
				// Taking too long, or for lack of memory: then there is nothing to see.
				if (error instanceof JobFailure || (error instanceof Error && error.name === "TimeoutError")) return null;
				throw error;
			});
			const first = await Promise.race([found.then((source): Peeked => ({ source, complete: true })), patience]);
			// Nobody waits for a failure any more; whoever asks again meets it.
			found.catch(() => {});
			return first ?? { source: null, complete: false };
		},
		async findLines(file, source, rows, signal) {
			const path = source.type !== "csv" || source.path === null || rows.length === 0 ? null : await findPlace(file, source.path);
			if (path === null) return new Map();
			const ascending = [...new Set(rows)].sort((one, other) => one - other);
			const lines = await jobs.run("findLines", { source, path, rows: ascending }, { signal });
			return new Map((lines ?? []).flatMap((line, place) => (line === null ? [] : [[ascending[place]!, line] as const])));
		},
		async listFolder(file, folder) {
			const place = await findPlace(file, folder === "" ? "." : folder);
			return place === null ? [] : access.listFolder(place);
		},
	};
}

/** A query of somebody's database may take any time. */
const LONGEST_MS = 20_000;

const BYTES_PER_COLUMN = 200;

function weigh(peeked: PeekedSource | null): number {
	return peeked === null ? 0 : (peeked.columns.length + peeked.tables.length + peeked.sheets.length) * BYTES_PER_COLUMN;
}
