import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { AsyncBuffer, Compressors, FileMetaData, SchemaTree } from "hyparquet";
import type { parquetHeader } from "hyparquet/src/column.js";
import type { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import type { readPlain } from "hyparquet/src/plain.js";

/**
 * What is used of hyparquet: its description of a file, and the steps from a stored page to values that are not
 * converted yet and still codes of the page's dictionary. Its own readers make an object of every value.
 */
export interface ParquetLibrary {
	readMetadata(file: AsyncBuffer): Promise<FileMetaData>;
	schemaOf(metadata: FileMetaData): SchemaTree;
	readonly readHeader: typeof parquetHeader;
	readonly decompress: typeof decompressPage;
	readonly readDataPage: typeof readDataPage;
	readonly readDataPageV2: typeof readDataPageV2;
	readonly readPlain: typeof readPlain;
	readonly compressors: Compressors;
}

/** Loads hyparquet with its decompressors, on first use and not before. */
export async function loadParquetLibrary(): Promise<ParquetLibrary> {
	const [main, column, datapage, plain, { compressors }] = await Promise.all([
		import("hyparquet"),
		import("hyparquet/src/column.js"),
		import("hyparquet/src/datapage.js"),
		import("hyparquet/src/plain.js"),
		import("hyparquet-compressors"),
	]);
	return {
		// Statistics are not used, so their texts need not be decoded, nor geography be looked for.
		readMetadata: (file) => main.parquetMetadataAsync(file, { geoparquet: false }),
		schemaOf: main.parquetSchema,
		readHeader: column.parquetHeader,
		decompress: datapage.decompressPage,
		readDataPage: datapage.readDataPage,
		readDataPageV2: datapage.readDataPageV2,
		readPlain: plain.readPlain,
		compressors: {
			...compressors,
			// Node has these two natively; a page that unpacks to more than it says is refused before it fills the memory.
			GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
			BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
		},
	};
}
