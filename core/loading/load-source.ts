import { sharedUint32 } from "../columns/shared-array.ts";
import type { DataSource } from "../config/model.ts";
import type { DataProblem } from "../problems.ts";
import type { SourceTable } from "../usage/source-table.ts";
import { joinFindings, loadInParts, type PartReading } from "./load-in-parts.ts";
import type { LoadProgress, SourceFailure } from "./loaded.ts";
import { KEPT_PROBLEMS } from "./problem-log.ts";
import type { SourceRead } from "./source-read.ts";

/** Everything that one source gave. */
export interface SourceLoad {
	/** Its parts in the order of rows, whose numbers count from the beginning of the source; none when it cannot be used. */
	readonly tables: readonly SourceTable[];
	readonly failures: readonly SourceFailure[];
	/** The first 1,000 per code, by row. */
	readonly problems: readonly DataProblem[];
	/** All problems by code. */
	readonly counts: readonly { readonly code: string; readonly count: number }[];
	/** As in {@link SourceRead.unreadDates}. */
	readonly unreadDates?: readonly string[];
}

/** What reads a source: the place where it happens is the host's matter. */
export type SourceReading = PartReading<SourceRead>;

/**
 * Loads one source, in parts where that is planned, as {@link loadInParts} does.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadSource(
	source: DataSource,
	path: string | null,
	reading: SourceReading,
	signal: AbortSignal,
	onProgress: (progress: LoadProgress) => void,
): Promise<SourceLoad> {
	return joinReads(await loadInParts(source, path, reading, signal, onProgress));
}

/** What the parts of one source give together. */
export function joinReads(reads: readonly SourceRead[]): SourceLoad {
	let records = 0;
	const tables = reads.flatMap(({ table }) => {
		if (table === null) return [];
		const offset = records;
		records += table.records;
		return [offset === 0 ? table : shiftRows(table, offset)];
	});
	const unreadDates = reads.flatMap((read) => read.unreadDates ?? []).slice(0, KEPT_PROBLEMS);
	return {
		tables,
		...joinFindings(reads, ({ table }) => table?.records ?? 0),
		...(unreadDates.length === 0 ? {} : { unreadDates }),
	};
}

function shiftRows(table: SourceTable, offset: number): SourceTable {
	const { starts, values } = table.rowNumbers;
	const shifted = sharedUint32(values.length);
	for (let run = 0; run < values.length; run++) shifted[run] = values[run]! + offset;
	return { ...table, rowNumbers: { starts, values: shifted } };
}
