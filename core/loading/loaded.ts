import type { SourceKey, SourceRepair } from "../connectors/connector.ts";
import type { SeenDates } from "../dates/seen-dates.ts";
import type { DataProblem } from "../problems.ts";

export type { SourceRepair } from "../connectors/connector.ts";

/** Why one data source could not be read at all. */
export interface SourceFailure {
	/** Place of the source in the file's `dataSources`. */
	readonly sourceIndex: number;
	readonly sourceName: string;
	/** Stable code such as `source/missing-file`. */
	readonly code: string;
	/** The entry's key that one would change. */
	readonly key: SourceKey;
	/** The key below `key`, of `columns`, that one would change; absent when none is to blame. */
	readonly column?: string;
	readonly message: string;
	/** What was surely meant; absent when nobody can tell. */
	readonly repairs?: readonly SourceRepair[];
}

/** What was loaded, with everything that was wrong with it. */
export interface Loaded<Value> {
	/** Null when at least one needed source failed: figures from a part of the sources would be wrong. */
	readonly value: Value | null;
	readonly failures: readonly SourceFailure[];
	/** The first 1,000 data problems per source and code, in the order of sources and rows. */
	readonly problems: readonly DataProblem[];
	/** All data problems. */
	readonly problemCount: number;
	/** All data problems by source name, then code. */
	readonly counts: readonly { readonly source: string; readonly code: string; readonly count: number }[];
	/** By source, what its dates are like, where some could not be read or nothing else remembers them; absent when there is nothing to say. */
	readonly seenDates?: readonly SeenDates[];
}

/** How far a load has come. */
export interface LoadProgress {
	readonly sourceName: string;
	/** Of this source so far. */
	readonly rows: number;
	/** Bytes of its file that have been read; null where the format does not tell. */
	readonly bytes: number | null;
	/** Bytes of its file; null where there is no file or the format does not tell. */
	readonly totalBytes: number | null;
}

/** What every load needs beside its sources. */
export interface LoadOptions {
	/** Turns a source's `path` as written into an absolute file name. */
	readonly resolvePath: (path: string) => string;
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: LoadProgress) => void;
}
