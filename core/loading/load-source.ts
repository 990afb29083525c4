import { stat } from "node:fs/promises";
import { sharedUint32 } from "../columns/shared-array.ts";
import type { DataSource } from "../config/model.ts";
import { stampOfFile } from "../connectors/input-file.ts";
import type { DataProblem } from "../problems.ts";
import type { SourceTable } from "../usage/source-table.ts";
import type { LoadProgress, SourceFailure } from "./loaded.ts";
import { KEPT_PROBLEMS } from "./problem-log.ts";
import type { ReadProgress, SourcePart, SourceRead, SourceRequest } from "./source-read.ts";

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
export interface SourceReading {
	/** Rejects with the signal's reason once it is aborted, and otherwise never. */
	read(request: SourceRequest, signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<SourceRead>;
	/** Into which parts a source is divided; null to read it in one piece. */
	plan(source: DataSource, path: string | null, signal: AbortSignal): Promise<readonly SourcePart[] | null>;
}

/**
 * Loads one source, in parts where that is planned. The parts are only used when they are surely those of one state of the file and
 * each begins where the one before it ended; otherwise, and to tell the right rows of a fault in a later part, it is read again.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadSource(
	source: DataSource,
	path: string | null,
	reading: SourceReading,
	signal: AbortSignal,
	onProgress: (progress: LoadProgress) => void,
): Promise<SourceLoad> {
	signal.throwIfAborted();
	const before = path === null ? null : await stampOfFile(path);
	const fileBytes = path === null ? null : ((await stat(path).catch(() => null))?.size ?? null);
	const parts = await reading.plan(source, path, signal);
	const progress = createProgressSum(source, fileBytes, onProgress);
	const read = (part: SourcePart | null, place: number) =>
		reading.read({ source, path, part }, signal, (step) => progress.report(place, step));
	if (parts !== null) {
		progress.begin(parts.length);
		const reads = await readParts(parts, read);
		signal.throwIfAborted();
		if (reads !== null && before === (path === null ? null : await stampOfFile(path))) return joinReads(reads);
		progress.begin(1);
	}
	return joinReads([await read(null, 0)]);
}

/** Null when a part behind the first cannot be used: what is wrong with it is told by its place in the whole source. */
async function readParts(
	parts: readonly SourcePart[],
	read: (part: SourcePart, place: number) => Promise<SourceRead>,
): Promise<readonly SourceRead[] | null> {
	const reads = await Promise.all(parts.map(read));
	for (let place = 1; place < parts.length; place++) {
		const { table, range } = reads[place - 1]!;
		if (table === null) return place === 1 ? reads.slice(0, 1) : null;
		// The cut may lie inside of a quoted cell, which only the part before it can know.
		if (range !== null && reads[place]!.range?.from !== range.to) {
			reads[place] = await read({ from: range.to, to: parts[place]!.to, exact: true }, place);
		}
	}
	return reads.at(-1)!.table === null ? null : reads;
}

/** What the parts of one source give together. */
export function joinReads(reads: readonly SourceRead[]): SourceLoad {
	let records = 0;
	const shifted = reads.map((read) => {
		const offset = records;
		records += read.table?.records ?? 0;
		return offset === 0 ? read : shiftRows(read, offset);
	});
	const counts = new Map<string, number>();
	for (const { code, count } of shifted.flatMap((read) => read.counts)) counts.set(code, (counts.get(code) ?? 0) + count);
	const unreadDates = shifted.flatMap((read) => read.unreadDates ?? []).slice(0, KEPT_PROBLEMS);
	return {
		tables: shifted.flatMap(({ table }) => (table === null ? [] : [table])),
		failures: shifted.flatMap(({ failures }) => failures),
		problems: keepFirst(shifted.flatMap(({ problems }) => problems)),
		counts: [...counts].map(([code, count]) => ({ code, count })),
		...(unreadDates.length === 0 ? {} : { unreadDates }),
	};
}

function shiftRows(read: SourceRead, offset: number): SourceRead {
	const problems = read.problems.map((problem) => (problem.row === null ? problem : { ...problem, row: problem.row + offset }));
	if (read.table === null) return { ...read, problems };
	const { starts, values } = read.table.rowNumbers;
	const shifted = sharedUint32(values.length);
	for (let run = 0; run < values.length; run++) shifted[run] = values[run]! + offset;
	return { ...read, problems, table: { ...read.table, rowNumbers: { starts, values: shifted } } };
}

/** The problems in their order, without those of a code that has had enough. */
function keepFirst(problems: readonly DataProblem[]): readonly DataProblem[] {
	const kept = new Map<string, number>();
	return problems.filter(({ code }) => {
		const count = (kept.get(code) ?? 0) + 1;
		kept.set(code, count);
		return count <= KEPT_PROBLEMS;
	});
}

/** Adds up how far the parts of one source have come, in bytes of the whole file. */
function createProgressSum(source: DataSource, fileBytes: number | null, onProgress: (progress: LoadProgress) => void) {
	const steps = new Map<number, ReadProgress>();
	let parts = 1;
	return {
		begin(count: number): void {
			steps.clear();
			parts = count;
		},
		report(place: number, step: ReadProgress): void {
			steps.set(place, step);
			let rows = 0;
			let share: number | null = fileBytes === null ? null : 0;
			for (const { rows: partRows, bytes, totalBytes } of steps.values()) {
				rows += partRows;
				// Parts are about equal.
				share =
					share === null || bytes === null || totalBytes === null
						? null
						: share + (totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes)) / parts;
			}
			const isKnown = fileBytes !== null && share !== null;
			onProgress({
				sourceName: source.name,
				rows,
				bytes: isKnown ? Math.round(fileBytes * share!) : null,
				totalBytes: isKnown ? fileBytes : null,
			});
		},
	};
}
