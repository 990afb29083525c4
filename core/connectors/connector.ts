import type { DataSource } from "../config/model.ts";
import { t } from "../texts/translate.ts";

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
	/**
	 * The same rows as `batches` with the cells of some columns, given by their indices, for millions of rows: without an object per
	 * row, or without an array. Instead of `batches`, and as these may fail. Absent where a type of source has no faster way.
	 */
	readonly select?: (wanted: readonly number[]) => SelectedCells;
	close(): Promise<void>;
}

/** Cells of some columns of a table, in the order of rows. */
export interface SelectedCells {
	/** Where the wanted columns stand in each page, in the order in which they were wanted. */
	readonly positions: readonly number[];
	/** May be read once. */
	readonly pages: AsyncIterable<CellPage>;
}

/** Neighbouring rows, whose numbers count on from that of the first, by row, by column or as text. No row has surplus cells. */
export type CellPage =
	| { readonly firstRow: number; readonly rows: readonly (readonly Cell[])[] }
	| { readonly firstRow: number; readonly length: number; readonly columns: readonly ArrayLike<Cell>[] }
	| PackedPage;

/** Cells that are text or nothing, row by row in UTF-8; an empty text says nothing. */
export interface PackedPage {
	readonly firstRow: number;
	readonly length: number;
	/** Cells per row. */
	readonly width: number;
	/** Every cell with the separator behind it, a control character; behind the last one of a row is a line feed instead. */
	readonly packed: Uint8Array;
	readonly separator: number;
	/** About which share of the rows of the table or range have been read at the end of the page, up to 1. */
	readonly done: number;
	/** The same rows as cells, to be asked for before the next page, where `packed` has other control characters or is no UTF-8. */
	readonly unpack: () => Iterable<CellPage>;
}

/** A part of a source whose parts are rows: what the numbers mean is the matter of the connector that planned them. */
export interface RowRange {
	/** Inclusive. */
	readonly from: number;
	/** Exclusive; null for the end of the source. */
	readonly to: number | null;
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
	 * @param range one of those that `plan` gave, whose rows are numbered from 1; without it, the whole table.
	 * @throws {SourceError} when there is no such file or table, or it is not of this type.
	 * @throws the signal's reason, when it is aborted.
	 */
	open(source: DataSource, path: string | null, signal: AbortSignal, range?: RowRange | null): Promise<OpenTable>;
	/**
	 * Divides a table that is large enough for two threads, by rows; null for one that is not. The ranges follow each other and cover the
	 * table. Absent where a type of source is always read in one piece. Whatever is wrong with the source is left for `open` to tell.
	 */
	readonly plan?: (source: DataSource, path: string) => Promise<readonly RowRange[] | null>;
}

/** Keys of a data source entry on which a fault of the source itself can be shown. */
export type SourceKey = "path" | "table" | "query" | "sheet" | "columns" | "type" | "encoding" | "delimiter" | "connection" | "timeZone";

/** Values in a data source's entry that would mend it. */
export interface SourceRepair {
	/** What the repair does, as a menu shows it. */
	readonly title: string;
	/** Keys from the entry to the value, which need not be there yet. */
	readonly keys: readonly string[];
	/** A mapping is written key by key into what stands there. */
	readonly value: string | Readonly<Record<string, string>>;
	/** Keys of the entry, written there for certain, that have no place beside the value and go with it. */
	readonly without?: readonly string[];
	/** Whether it rests on a guess that a person should look at. */
	readonly guessed?: true;
}

/** The repair of a slip in one value of an entry; none when nobody knows what was meant. */
export function repairTo(key: SourceKey, meant: string | null): readonly SourceRepair[] {
	return meant === null ? [] : [{ title: t`Change to "${meant}"`, keys: [key], value: meant }];
}

/** The repair that the looks of a file suggest; a person decides. */
export function guessedRepair(key: SourceKey, value: string): readonly SourceRepair[] {
	return [{ title: t`Set the ${key} to ${value}`, keys: [key], value, guessed: true }];
}

/** Why a source cannot be read: bad input, carried as an exception only from a connector to the loader, which turns it into a failure. */
export class SourceError extends Error {
	/** Stable code such as `source/missing-file`. */
	readonly code: string;
	/** The entry's key that one would change. */
	readonly key: SourceKey;
	/** What was surely meant; empty when nobody can tell. */
	readonly repairs: readonly SourceRepair[];

	constructor(code: string, key: SourceKey, message: string, repairs: readonly SourceRepair[] = []) {
		super(message);
		this.name = "SourceError";
		this.code = code;
		this.key = key;
		this.repairs = repairs;
	}
}
