import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { mapColumns } from "./column-mapping.ts";
import type { LoadOptions, SourceFailure } from "./loaded.ts";
import { openSource } from "./open-source.ts";
import type { ProblemLog } from "./problem-log.ts";
import { describeSurplusCells } from "./problem-texts.ts";
import { createRowReader, type RowReader } from "./row-reader.ts";
import { toColumnFailure, toFailure } from "./source-failures.ts";

/**
 * Reads one source to its end and hands each row to the function that `start` makes once the columns are known. Answers why the
 * source cannot be used, which may show after some rows; an empty list when it was read completely. Cells beyond the
 * last column are reported here. For sources of some ten thousand rows; those of millions are read by `readSourceTable`.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readSource(
	source: DataSource,
	options: LoadOptions,
	log: ProblemLog,
	start: (reader: RowReader) => (row: TableRow) => void,
): Promise<readonly SourceFailure[]> {
	const path = source.path === null ? null : options.resolvePath(source.path);
	const opened = await openSource(source, path, options.signal);
	if ("failures" in opened) return opened.failures;
	const { table, zone } = opened;
	try {
		const mapping = mapColumns(source.provides, source.columns, table.columns, source.type);
		if (mapping.failures.length > 0) return mapping.failures.map((failure) => toColumnFailure(source, failure));
		const readRow = start(createRowReader(source, mapping.indices, table.columns, zone, log));
		let rows = 0;
		for await (const batch of table.batches) {
			options.signal.throwIfAborted();
			for (const row of batch) {
				if (row.surplusCells > 0) {
					log.add(source, "source/surplus-cells", row.number, null, () => describeSurplusCells(row.surplusCells));
				}
				readRow(row);
			}
			rows += batch.length;
			options.onProgress?.({ sourceName: source.name, rows, bytes: null, totalBytes: null });
		}
		return [];
	} catch (error) {
		return [toFailure(source, error, options.signal)];
	} finally {
		await table.close();
	}
}
