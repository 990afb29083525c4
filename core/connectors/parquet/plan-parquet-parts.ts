import { open } from "node:fs/promises";
import type { RowRange } from "../connector.ts";
import { loadParquetLibrary } from "./parquet-library.ts";

/** Rows above which a second thread is worth its start. */
const MIN_ROWS = 1_500_000;

/**
 * Divides a large Parquet file into two ranges of row groups with about as many rows each; null for one that is small, has a single
 * group, or cannot be read: what is wrong with it is for the reader to say.
 */
export async function planParquetParts(path: string): Promise<readonly RowRange[] | null> {
	const groups = await countRows(path).catch(() => null);
	if (groups === null || groups.length < 2) return null;
	const total = groups.reduce((sum, rows) => sum + rows, 0);
	if (total < MIN_ROWS) return null;
	let before = 0;
	let cut = 0;
	while (cut < groups.length - 1 && before + groups[cut]! / 2 < total / 2) before += groups[cut++]!;
	if (cut === 0) return null;
	return [
		{ from: 0, to: cut },
		{ from: cut, to: null },
	];
}

/** Rows by group, from the description at the end of the file. */
async function countRows(path: string): Promise<readonly number[]> {
	const library = await loadParquetLibrary();
	const handle = await open(path, "r");
	try {
		const { size } = await handle.stat();
		const slice = async (start: number, end = size) => {
			const bytes = new Uint8Array(end - start);
			const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
			return bytes.buffer.slice(0, bytesRead);
		};
		const metadata = await library.readMetadata({ byteLength: size, slice });
		return metadata.row_groups.map((group) => Number(group.num_rows));
	} finally {
		await handle.close();
	}
}
