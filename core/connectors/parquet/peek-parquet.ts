import type { DataSource } from "../../config/model.ts";
import { makeTimeZone } from "../../dates/time-zone.ts";
import { type Beginning, PEEKED_ROWS } from "../beginning.ts";
import type { Cell } from "../connector.ts";
import { columnNamesOf, openCells } from "./parquet.ts";
import { openParquetFile } from "./parquet-file.ts";
import { makeCellReader } from "./parquet-values.ts";

/** Bytes of a column's first group above which its values are not read, as that reads all of them. */
const LITTLE_BYTES = 1024 * 1024;

/**
 * The columns of a Parquet file, and the first values of those that are not too large.
 * @throws {SourceError} when there is no such file, or it is no Parquet file.
 */
export async function peekParquet(source: DataSource, path: string, signal: AbortSignal): Promise<Beginning> {
	const file = await openParquetFile(source, path, signal);
	try {
		const group = file.groups[0];
		const rows: Cell[][] = Array.from({ length: Math.min(group?.rows ?? 0, PEEKED_ROWS) }, () =>
			new Array<Cell>(file.columns.length).fill(null),
		);
		for (const [index, column] of file.columns.entries()) {
			signal.throwIfAborted();
			const isPlain = column.children.length === 0 && column.element.repetition_type !== "REPEATED";
			const chunk = group?.chunks.find(({ meta_data }) => meta_data?.path_in_schema[0] === column.element.name);
			if (group === undefined || !isPlain || Number(chunk?.meta_data?.total_compressed_size ?? Infinity) > LITTLE_BYTES) continue;
			await openCells(file, group, column, makeCellReader(column.element, makeTimeZone("UTC")!, "date")).fill(rows, index);
		}
		return { tables: [], sheets: [], columns: columnNamesOf(file), rows };
	} finally {
		await file.close();
	}
}
