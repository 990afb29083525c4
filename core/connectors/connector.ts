import type { DataSource } from "../config/model.ts";

/** A cell as its source holds it; null where the source has no value. Text is untrimmed. */
export type Cell = string | number | bigint | Date | Uint8Array | null;

/**
 * One table of a data source, opened for one pass. `close` must be called once, also after a failure, and frees file handles.
 */
export interface OpenTable {
	/** The source's column names, trimmed, in order; `Column 1`… where a CSV file has no header or no name in it. */
	readonly columns: readonly string[];
	/**
	 * Rows in order, in batches, each row with one cell per column (short rows are filled with null). May be read once.
	 * @throws {SourceError} when the source cannot be read to its end.
	 * @throws the reason of the signal that the table was opened with, once it is aborted.
	 */
	readonly batches: AsyncIterable<readonly TableRow[]>;
	close(): Promise<void>;
}

/** One record of a source. */
export interface TableRow {
	/** As in {@link DataProblem.row}; empty lines of a CSV file are no records, but are counted, as a spreadsheet does. */
	readonly number: number;
	readonly cells: readonly Cell[];
	/** Non-empty cells beyond the last column; 0 for a well-formed row. */
	readonly surplusCells: number;
}

/** Opens tables of one source type. */
export interface Connector {
	/**
	 * @param path absolute file name, for sources that have one.
	 * @throws {SourceError} when there is no such file or table, or it is not of this type.
	 * @throws the signal's reason, when it is aborted.
	 */
	open(source: DataSource, path: string | null, signal: AbortSignal): Promise<OpenTable>;
}

/** Keys of a data source entry on which a fault of the source itself can be shown. */
export type SourceKey = "path" | "table" | "query" | "sheet" | "columns" | "type" | "encoding" | "delimiter" | "connection" | "timeZone";

/** Why a source cannot be read: bad input, carried as an exception only from a connector to the loader, which turns it into a failure. */
export class SourceError extends Error {
	/** Stable code such as `source/missing-file`. */
	readonly code: string;
	/** The entry's key that one would change. */
	readonly key: SourceKey;

	constructor(code: string, key: SourceKey, message: string) {
		super(message);
		this.name = "SourceError";
		this.code = code;
		this.key = key;
	}
}
