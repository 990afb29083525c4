import type { ColumnMetaData, DecodedArray, PageHeader, SchemaTree } from "hyparquet";
import { t } from "../../texts/translate.ts";
import { SourceError } from "../connector.ts";
import { damagedParquet, type ParquetFile, type RowGroup } from "./parquet-file.ts";
import { readRuns } from "./read-runs.ts";

/** Rows of one column that are stored together; valid until the next page is asked for. */
export interface ColumnPage {
	readonly rows: number;
	/** 1 for each row that has a value; null where all have one. */
	readonly present: Uint8Array | null;
	/** The values of the rows that have one, as hyparquet reads them from the file; codes where there is a dictionary. */
	readonly values: DecodedArray;
	/** What the codes stand for, the same array for all pages of a group; null where the values are no codes. */
	readonly dictionary: DecodedArray | null;
}

/**
 * Reads one column of a group, which has no columns below it, page by page.
 * @throws {SourceError} when it is damaged, encrypted, or stored in a way that is not read.
 */
export async function* readPages(file: ParquetFile, group: RowGroup, column: SchemaTree, scratch: PageScratch): AsyncGenerator<ColumnPage> {
	const { bytes, meta } = await file.readChunk(group, column);
	const chunk = openChunk(file, column, bytes, meta, group.rows, scratch);
	let rows = 0;
	while (rows < group.rows) {
		const page = guard(file, column, meta, () => chunk.next());
		if (page === null) break;
		rows += page.rows;
		if (rows <= group.rows) yield page;
	}
	if (rows !== group.rows) throw damagedParquet(file.shown, t`the column "${column.element.name}" has not as many rows as it should`);
}

/** Memory that page after page is unpacked into. */
export interface PageScratch {
	present: Uint8Array;
	codes: Uint32Array;
}

/** Memory for one reader of pages; two that take turns need one each. */
export function createPageScratch(): PageScratch {
	return { present: new Uint8Array(0), codes: new Uint32Array(0) };
}

/** Turns whatever hyparquet throws at bytes that it did not expect into a failure. */
function guard<Value>(file: ParquetFile, column: SchemaTree, meta: ColumnMetaData, read: () => Value): Value {
	try {
		return read();
	} catch (error) {
		if (error instanceof SourceError) throw error;
		if (meta.codec !== "UNCOMPRESSED" && file.library.compressors[meta.codec] === undefined) {
			const message = t`The Parquet file ${file.shown} is compressed with ${meta.codec ?? t("an unknown method")}, which is not read. Write it with Snappy or Zstandard.`;
			throw new SourceError("source/unreadable", "path", message);
		}
		const reason = error instanceof Error ? error.message.replace(/^parquet /, "") : String(error);
		throw damagedParquet(file.shown, t`in the column "${column.element.name}": ${reason}`);
	}
}

/** Bytes that one page may unpack to; writers aim at one mebibyte. */
const MAX_PAGE_BYTES = 1024 * 1024 * 1024;

/** Numbers that are out of the question would end in a loop, or fill the memory. */
function checkHeader(header: PageHeader, rows: number): void {
	const { compressed_page_size, uncompressed_page_size, data_page_header, data_page_header_v2 } = header;
	const count = data_page_header?.num_values ?? data_page_header_v2?.num_values ?? 0;
	const levels = (data_page_header_v2?.definition_levels_byte_length ?? 0) | (data_page_header_v2?.repetition_levels_byte_length ?? 0);
	const isPossible = compressed_page_size >= 0 && uncompressed_page_size >= 0 && uncompressed_page_size <= MAX_PAGE_BYTES;
	if (!isPossible || levels < 0 || !(count >= 0 && count <= rows)) throw new Error(t("a page with impossible sizes"));
}

interface Chunk {
	next(): ColumnPage | null;
}

function openChunk(
	{ library, shown }: ParquetFile,
	column: SchemaTree,
	bytes: Uint8Array,
	meta: ColumnMetaData,
	rows: number,
	scratch: PageScratch,
): Chunk {
	const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
	const { element } = column;
	const optional = element.repetition_type === "OPTIONAL";
	const type = meta.type;
	let dictionary: DecodedArray | null = null;
	const decoder = {
		pathInSchema: [element.name],
		type,
		element,
		// The root stands above the column, as in the file's description.
		schemaPath: [{ count: 1, element: { name: "", repetition_type: "REQUIRED" }, children: [column], path: [] } as SchemaTree, column],
		codec: meta.codec,
		compressors: library.compressors,
	} as unknown as Parameters<typeof library.readDataPage>[2];

	function present(
		count: number,
		view: Source,
		length: number | undefined,
	): { readonly levels: Uint8Array | null; readonly values: number } {
		if (!optional) return { levels: null, values: count };
		if (scratch.present.length < count) scratch.present = new Uint8Array(count);
		const levels = scratch.present.subarray(0, count);
		// The first version of pages says the length before the levels, the second one in its header.
		const bytesOfLevels = length ?? view.view.getUint32(view.offset, true);
		const first = view.offset + (length === undefined ? 4 : 0);
		const end = first + bytesOfLevels;
		if (end > view.bytes.length) throw new Error(t("levels are cut off"));
		readRuns(view.bytes, first, end, 1, levels);
		view.offset = end;
		let values = 0;
		for (let index = 0; index < count; index++) values += levels[index]!;
		return { levels: values === count ? null : levels, values };
	}

	function codes(count: number, view: Source): Uint32Array {
		if (scratch.codes.length < count) scratch.codes = new Uint32Array(count);
		const target = scratch.codes.subarray(0, count);
		if (count === 0) return target;
		const width = view.view.getUint8(view.offset++);
		if (width > 32) throw new Error(t`${width} bits per code`);
		if (width === 0) target.fill(0);
		else readRuns(view.bytes, view.offset, view.bytes.length, width, target);
		return target;
	}

	function plainOrCodes(encoding: string | undefined, count: number, view: Source): DecodedArray | null {
		if (encoding?.endsWith("_DICTIONARY")) return codes(count, view);
		return encoding === "PLAIN" ? library.readPlain(view, type, count, element.type_length) : null;
	}

	function page(
		count: number,
		levels: Uint8Array | null,
		expected: number,
		values: DecodedArray,
		encoding: string | undefined,
	): ColumnPage {
		if (values.length !== expected) throw new Error(t("a page with too few values"));
		const coded = encoding?.endsWith("_DICTIONARY") === true;
		if (coded) checkCodes(shown, column, values as Uint32Array, dictionary);
		return { rows: count, present: levels, values, dictionary: coded ? dictionary : null };
	}

	function readFirstVersion(stored: Uint8Array, header: PageHeader): ColumnPage {
		const described = header.data_page_header!;
		const unpacked = library.decompress(stored, header.uncompressed_page_size, meta.codec, library.compressors);
		const view = sourceOf(unpacked);
		const { levels, values: count } = present(described.num_values, view, undefined);
		// The encodings that are rare in flat columns are left to hyparquet as a whole.
		const values = plainOrCodes(described.encoding, count, view) ?? library.readDataPage(unpacked, described, decoder).dataPage;
		return page(described.num_values, levels, count, values, described.encoding);
	}

	function readSecondVersion(stored: Uint8Array, header: PageHeader): ColumnPage {
		const described = header.data_page_header_v2!;
		const { definition_levels_byte_length: levelBytes, repetition_levels_byte_length: repetitionBytes } = described;
		const view = sourceOf(stored);
		view.offset = repetitionBytes;
		const { levels, values: count } = present(described.num_values, view, levelBytes);
		const start = repetitionBytes + levelBytes;
		const rest = stored.subarray(start);
		const unpacked =
			described.is_compressed === false
				? rest
				: library.decompress(rest, header.uncompressed_page_size - start, meta.codec, library.compressors);
		const values = plainOrCodes(described.encoding, count, sourceOf(unpacked)) ?? library.readDataPageV2(stored, header, decoder).dataPage;
		return page(described.num_values, levels, count, values, described.encoding);
	}

	return {
		next() {
			while (reader.offset < bytes.byteLength - 1) {
				const header = library.readHeader(reader);
				const stored = new Uint8Array(bytes.buffer, bytes.byteOffset + reader.offset, header.compressed_page_size);
				reader.offset += header.compressed_page_size;
				checkHeader(header, rows);
				if (header.type === "DATA_PAGE") return readFirstVersion(stored, header);
				if (header.type === "DATA_PAGE_V2") return readSecondVersion(stored, header);
				if (header.type !== "DICTIONARY_PAGE") continue;
				const unpacked = library.decompress(stored, header.uncompressed_page_size, meta.codec, library.compressors);
				dictionary = library.readPlain(sourceOf(unpacked), type, header.dictionary_page_header!.num_values, element.type_length);
			}
			return null;
		},
	};
}

interface Source {
	readonly bytes: Uint8Array;
	readonly view: DataView<ArrayBuffer>;
	offset: number;
}

function sourceOf(bytes: Uint8Array): Source {
	return { bytes, view: new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

function checkCodes(shown: string, column: SchemaTree, codes: Uint32Array, dictionary: DecodedArray | null): void {
	const size = dictionary?.length ?? 0;
	let largest = -1;
	for (let index = 0; index < codes.length; index++) if (codes[index]! > largest) largest = codes[index]!;
	if (largest >= size) throw damagedParquet(shown, t`a value of the column "${column.element.name}" is not in its dictionary`);
}
