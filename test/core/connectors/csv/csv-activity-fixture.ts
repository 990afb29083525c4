import { namesOf } from "../../../../core/columns/name-table.ts";
import type { DataSource } from "../../../../core/config/model.ts";
import { makeCsvBytes } from "../../../../core/connectors/csv/csv-bytes.ts";
import type { CsvOptions } from "../../../../core/connectors/csv/read-csv.ts";
import { readActivityBytes } from "../../../../core/connectors/csv/read-csv-activity.ts";
import { openCsvText } from "../../../../core/connectors/csv.ts";
import { createRowCollector, toActivityRead } from "../../../../core/loading/activity-collector.ts";
import type { ActivityRead } from "../../../../core/loading/activity-read.ts";
import { mapColumns } from "../../../../core/loading/column-mapping.ts";
import { createProblemLog } from "../../../../core/loading/problem-log.ts";
import { describeSurplusCells } from "../../../../core/loading/problem-texts.ts";
import { createRowReader } from "../../../../core/loading/row-reader.ts";
import { timeZoneOf, toColumnFailure, toFailure } from "../../../../core/loading/source-failures.ts";
import type { SourcePart } from "../../../../core/loading/source-read.ts";
import {
	type ActivityTally,
	BLOCK,
	BLOCK_WEEKS,
	BLOCK_WORDS,
	CHUNK_BITS,
	CHUNK_MASK,
	TYPE_BITS,
} from "../../../../core/subscriptions/activity-tally.ts";
import { countActivity, toUsageLogs } from "../../../../core/subscriptions/count-activity.ts";
import type { UsageLogRow } from "../../../../core/subscriptions/usage-log.ts";
import { startOfWeek } from "../../../../core/subscriptions/usage-week.ts";

const SIGNAL = new AbortController().signal;

/** Reads accesses of a file that is in memory by a kernel. */
export function readAccesses(
	source: DataSource,
	file: Uint8Array,
	asOf: number,
	options: Partial<CsvOptions> = {},
	part: SourcePart | null = null,
): Promise<ActivityRead> {
	return readActivityBytes(
		{ source, path: null, part, asOf },
		{ signal: SIGNAL, onProgress: () => {}, ...options },
		{
			bytes: async () => ({
				...makeCsvBytes(source, file.subarray(0, 4096), file.length, (target, position) => {
					const piece = file.subarray(position, position + target.length);
					target.set(piece);
					return piece.length;
				}),
				checkUnchanged: async () => {},
				close: () => {},
			}),
			table: () => openCsvText(source, inMemory(file)),
		},
	);
}

/** Reads accesses of a file that is in memory row by row, as those of other types are read. */
export async function readAccessesRowWise(source: DataSource, file: Uint8Array, asOf: number): Promise<ActivityRead> {
	const log = createProblemLog();
	try {
		const table = await openCsvText(source, inMemory(file));
		const mapping = mapColumns(source.provides, source.columns, table.columns, source.type);
		if (mapping.failures.length > 0) {
			const failures = mapping.failures.map((failure) => toColumnFailure(source, failure));
			return toActivityRead([], failures, log, 0, null);
		}
		const collector = createRowCollector(asOf, createRowReader(source, mapping.indices, table.columns, timeZoneOf(source), log));
		let records = 0;
		for await (const batch of table.batches) {
			for (const row of batch) {
				if (row.surplusCells > 0) {
					log.add(source, "source/surplus-cells", row.number, null, () => describeSurplusCells(row.surplusCells));
				}
				collector.add(row);
				records = row.number;
			}
		}
		return toActivityRead([collector.finish()], [], log, records, null);
	} catch (error) {
		return toActivityRead([], [toFailure(source, error, SIGNAL)], log, 0, null);
	}
}

/** The logs of what was read, as one list of accesses. */
export function logsOf(reads: readonly ActivityRead[], asOf: number): readonly UsageLogRow[] {
	const tallies = reads.flatMap((read) => read.tallies);
	return toUsageLogs(countActivity(tallies, asOf), asOf);
}

/** What a read says, without how it is stored; without problems when it failed. */
export function contentOfAccesses(read: ActivityRead, asOf: number): object {
	if (read.tallies.length === 0) return { failures: read.failures };
	const { problems, counts, dates } = read;
	const byCode = counts.toSorted((one, other) => Number(one.code > other.code) - Number(one.code < other.code));
	return { logs: logsOf([read], asOf), problems, counts: byCode, dates: dates ?? null };
}

function inMemory(file: Uint8Array) {
	const bytes = Buffer.from(file);
	return { head: bytes.subarray(0, 4096), chunks: chunksOf(bytes), close: async () => {} };
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += 128 * 1024) yield bytes.subarray(at, at + 128 * 1024);
}

/** All instants that a tally still has, by the name of the user. */
export function instantsByUser(tally: ActivityTally): ReadonlyMap<string, readonly number[]> {
	const names = namesOf(tally.users);
	const instants = new Map<string, number[]>();
	for (const [pair, user] of tally.pairUsers.entries()) {
		for (let block = tally.newest[pair]!; block !== 0; ) {
			const words = tally.blocks[(block - 1) >>> CHUNK_BITS]!;
			const at = ((block - 1) & CHUNK_MASK) * BLOCK_WORDS;
			for (let place = 0; place < BLOCK_WEEKS; place++) {
				const value = words[at + BLOCK.values + place]!;
				const week = (words[at + BLOCK.group]! | 0) * BLOCK_WEEKS + place;
				const name = names[user]!;
				if (value !== 0) instants.set(name, [...(instants.get(name) ?? []), startOfWeek(week - 1) + (value >>> TYPE_BITS)]);
			}
			block = words[at + BLOCK.older]!;
		}
	}
	return instants;
}
