import type { DataSource } from "../config/model.ts";
import type { DataProblem } from "../problems.ts";
import type { SourceTable } from "../usage/source-table.ts";
import type { SourceFailure } from "./loaded.ts";
import type { ProblemLog } from "./problem-log.ts";

/** What to read: plain data, so that another thread can be asked for it. */
export interface SourceRequest {
	readonly source: DataSource;
	/** Absolute; null for a source without a file. */
	readonly path: string | null;
	/** Null for all of it. */
	readonly part: SourcePart | null;
	/** False to leave out the columns that only views show; they are checked for being there all the same. */
	readonly viewColumns?: boolean;
}

/**
 * A piece of a source that is read on its own. Pieces of a file of text are bytes; of a database or a columnar file, rows or groups of
 * rows, counted from 0. A piece of text begins at `from` when that is 0 or known to be the beginning of a record (`exact`),
 * otherwise behind the first line end from there on.
 */
export interface SourcePart {
	/** Inclusive. */
	readonly from: number;
	/** Exclusive: of text, the last record is the one that begins before it; null for the end of the source. */
	readonly to: number | null;
	readonly exact: boolean;
}

/** What one request gave. */
export interface SourceRead {
	/** Null when the source cannot be used. */
	readonly table: SourceTable | null;
	readonly failures: readonly SourceFailure[];
	/** The first 1,000 per code, by row; in a part, rows are counted from its first record. */
	readonly problems: readonly DataProblem[];
	/** All problems by code. */
	readonly counts: readonly { readonly code: string; readonly count: number }[];
	/** Texts of the first 1,000 cells that are no dates; absent when all are. */
	readonly unreadDates?: readonly string[];
	/**
	 * Of a part of a text, where its first record began and where the record behind its last one begins, in bytes: the parts belong together
	 * only when each begins where the one before it ended. Null for all other sources.
	 */
	readonly range: { readonly from: number; readonly to: number } | null;
}

/** What a log of one source tells of it. */
export function foundIn(log: ProblemLog): Pick<SourceRead, "problems" | "counts" | "unreadDates"> {
	const { problems, counts, seenDates } = log.summarize();
	return {
		problems,
		counts: counts.map(({ code, count }) => ({ code, count })),
		...(seenDates === undefined ? {} : { unreadDates: seenDates.flatMap(({ unread }) => unread) }),
	};
}

/** How far one request has come. */
export interface ReadProgress {
	readonly rows: number;
	/** Bytes of the file that have been read; null where the format does not tell. */
	readonly bytes: number | null;
	/** Bytes of the file; null where there is no file or the format does not tell. */
	readonly totalBytes: number | null;
}
