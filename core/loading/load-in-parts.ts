import { stat } from "node:fs/promises";
import type { DataSource } from "../config/model.ts";
import { stampOfFile } from "../connectors/input-file.ts";
import type { DataProblem } from "../problems.ts";
import type { LoadProgress, SourceFailure } from "./loaded.ts";
import { KEPT_PROBLEMS } from "./problem-log.ts";
import type { ReadProgress, SourcePart, SourceRead } from "./source-read.ts";

/** What reading a source, or a part of it, gives, whatever its rows become. */
export interface PartRead {
	/** Empty when what was read can be used. */
	readonly failures: readonly SourceFailure[];
	readonly problems: readonly DataProblem[];
	readonly counts: readonly { readonly code: string; readonly count: number }[];
	/** As in {@link SourceRead}. */
	readonly range: SourceRead["range"];
}

/** What reads a source: the place where it happens is the host's matter. */
export interface PartReading<Read> {
	/** Rejects with the signal's reason once it is aborted, and otherwise never. */
	read(
		request: { readonly source: DataSource; readonly path: string | null; readonly part: SourcePart | null },
		signal: AbortSignal,
		onProgress: (progress: ReadProgress) => void,
	): Promise<Read>;
	/** Into which parts a source is divided; null to read it in one piece. */
	plan(source: DataSource, path: string | null, signal: AbortSignal): Promise<readonly SourcePart[] | null>;
}

/**
 * Reads one source, in parts where that is planned. The parts are only used when they are surely those of one state of the file and
 * each begins where the one before it ended; otherwise, and to tell the right rows of a fault in a later part, it is read again.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadInParts<Read extends PartRead>(
	source: DataSource,
	path: string | null,
	reading: PartReading<Read>,
	signal: AbortSignal,
	onProgress: (progress: LoadProgress) => void,
): Promise<readonly Read[]> {
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
		if (reads !== null && before === (path === null ? null : await stampOfFile(path))) return reads;
		progress.begin(1);
	}
	return [await read(null, 0)];
}

/** Null when a part behind the first cannot be used: what is wrong with it is told by its place in the whole source. */
async function readParts<Read extends PartRead>(
	parts: readonly SourcePart[],
	read: (part: SourcePart, place: number) => Promise<Read>,
): Promise<readonly Read[] | null> {
	const reads: Read[] = await Promise.all(parts.map(read));
	for (let place = 1; place < parts.length; place++) {
		const { failures, range } = reads[place - 1]!;
		if (failures.length > 0) return place === 1 ? reads.slice(0, 1) : null;
		// The cut may lie inside of a quoted cell, which only the part before it can know.
		if (range !== null && reads[place]!.range?.from !== range.to) {
			reads[place] = await read({ from: range.to, to: parts[place]!.to, exact: true }, place);
		}
	}
	return reads.at(-1)!.failures.length > 0 ? null : reads;
}

/**
 * What was found in the parts of one source, whose rows are counted from its beginning.
 * @param recordsOf a part: how many records it has.
 */
export function joinFindings<Read extends PartRead>(
	reads: readonly Read[],
	recordsOf: (read: Read) => number,
): Pick<PartRead, "failures" | "problems" | "counts"> {
	let records = 0;
	const problems = reads.flatMap((read) => {
		const offset = records;
		records += recordsOf(read);
		return read.problems.map((problem) => (problem.row === null || offset === 0 ? problem : { ...problem, row: problem.row + offset }));
	});
	const counts = new Map<string, number>();
	for (const { code, count } of reads.flatMap((read) => read.counts)) counts.set(code, (counts.get(code) ?? 0) + count);
	return {
		failures: reads.flatMap(({ failures }) => failures),
		problems: keepFirst(problems),
		counts: [...counts].map(([code, count]) => ({ code, count })),
	};
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
