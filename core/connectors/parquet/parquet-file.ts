import { type FileHandle, open } from "node:fs/promises";
import type { ColumnMetaData, FileMetaData, SchemaTree } from "hyparquet";
import type { DataSource } from "../../config/model.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { SourceError } from "../connector.ts";
import { describeBinary, looksLikeText, repairType } from "../file-magic.ts";
import { changedWhileRead, openInputFile, stampOfFile, toSourceError } from "../input-file.ts";
import { loadParquetLibrary, type ParquetLibrary } from "./parquet-library.ts";

/** A Parquet file, open for reading any of its columns in any order. */
export interface ParquetFile {
	readonly library: ParquetLibrary;
	/** As messages call the file. */
	readonly shown: string;
	/** Size of the file. */
	readonly bytes: number;
	/** The columns of the table, each with what lies below it; the columns of a struct or list are one. */
	readonly columns: readonly SchemaTree[];
	readonly groups: readonly RowGroup[];
	/**
	 * The stored bytes of one column of a group.
	 * @throws {SourceError} when they are not in the file, or encrypted.
	 */
	readChunk(group: RowGroup, column: SchemaTree): Promise<{ readonly bytes: Uint8Array; readonly meta: ColumnMetaData }>;
	/** @throws {SourceError} when another program has changed the file since it was opened. */
	checkUnchanged(): Promise<void>;
	close(): Promise<void>;
}

/** Rows that are stored together. */
export interface RowGroup {
	readonly rows: number;
	readonly chunks: FileMetaData["row_groups"][number]["columns"];
}

/** Bytes that begin and end a file; `PARE` where its description is encrypted. */
const MAGIC = "PAR1";
const MAGIC_ENCRYPTED = "PARE";

/**
 * Opens a Parquet file and reads its description, which stands at its end.
 * @throws {SourceError} when there is no such file, or it is not a Parquet file, or not a whole one.
 */
export async function openParquetFile(source: DataSource, path: string | null, signal: AbortSignal): Promise<ParquetFile> {
	const shown = source.path ?? source.name;
	const { head, close: closeHead } = await openInputFile(source, path, signal);
	await closeHead();
	checkHead(source, shown, head);
	const library = await loadParquetLibrary();
	signal.throwIfAborted();
	const stamp = await stampOfFile(path!);
	const handle = await open(path!, "r").catch((error: unknown) => {
		throw toSourceError(error, shown);
	});
	try {
		const { size } = await handle.stat();
		const read = (start: number, end: number) => readBytes(handle, shown, start, end);
		await checkTail(shown, size, read);
		const metadata = await readMetadata(library, shown, size, read);
		return {
			library,
			shown,
			bytes: size,
			columns: readColumns(library, shown, metadata),
			groups: metadata.row_groups.map(({ num_rows, columns }) => ({ rows: checkRows(shown, Number(num_rows)), chunks: columns })),
			readChunk: (group, column) => readChunk(group, column, shown, size, read),
			async checkUnchanged() {
				if ((await stampOfFile(path!)) !== stamp) throw changedWhileRead(shown);
			},
			close: () => handle.close(),
		};
	} catch (error) {
		await handle.close();
		throw error;
	}
}

/** The failure for a file whose bytes are not what a Parquet file has in their place. */
export function damagedParquet(shown: string, reason: string): SourceError {
	return new SourceError("source/damaged-file", "path", t`The Parquet file ${shown} is damaged (${reason}). Copy or export it again.`);
}

function encryptedParquet(shown: string): SourceError {
	return new SourceError("source/encrypted-file", "path", t`The Parquet file ${shown} is encrypted. Export it without encryption.`);
}

function checkHead(source: DataSource, shown: string, head: Buffer): void {
	if (head.length === 0) throw new SourceError("source/empty-file", "path", t`${shown} is empty. Export the table again.`);
	const magic = head.toString("latin1", 0, 4);
	if (magic === MAGIC_ENCRYPTED) throw encryptedParquet(shown);
	if (magic === MAGIC) return;
	const binary = describeBinary(head);
	if (binary === null && looksLikeText(source, head)) {
		const message = t`${shown} is not a Parquet file. This is text: use type: csv.`;
		throw new SourceError("source/damaged-file", "type", message, repairType(source, "csv"));
	}
	const guess = binary === null ? t("Check the path and the type") : t`This is ${t(binary.what)}; ${t(binary.advice)}`;
	const message = t`${shown} is not a Parquet file. ${guess}.`;
	throw new SourceError("source/damaged-file", binary?.key ?? "path", message, repairType(source, binary?.type ?? null));
}

async function checkTail(shown: string, size: number, read: ReadBytes): Promise<void> {
	const tail = size < 12 ? null : Buffer.from(await read(size - 4, size)).toString("latin1");
	if (tail === MAGIC) return;
	if (tail === MAGIC_ENCRYPTED) throw encryptedParquet(shown);
	throw damagedParquet(shown, t("its end is missing"));
}

async function readMetadata(library: ParquetLibrary, shown: string, size: number, read: ReadBytes): Promise<FileMetaData> {
	try {
		return await library.readMetadata({ byteLength: size, slice: (start, end = size) => read(start, end) });
	} catch (error) {
		throw error instanceof SourceError ? error : damagedParquet(shown, t("its description cannot be read"));
	}
}

async function readChunk(
	group: RowGroup,
	column: SchemaTree,
	shown: string,
	size: number,
	read: ReadBytes,
): ReturnType<ParquetFile["readChunk"]> {
	const chunk = group.chunks.find(({ meta_data }) => meta_data?.path_in_schema[0] === column.element.name);
	const meta = chunk?.meta_data;
	if (chunk?.crypto_metadata !== undefined || (meta === undefined && group.chunks.some((other) => other.crypto_metadata !== undefined))) {
		throw encryptedParquet(shown);
	}
	if (meta === undefined) throw damagedParquet(shown, t`a part of the column "${column.element.name}" is missing`);
	const data = Number(meta.data_page_offset);
	const dictionary = Number(meta.dictionary_page_offset ?? 0);
	const start = dictionary > 0 && dictionary < data ? dictionary : data;
	const end = start + Number(meta.total_compressed_size);
	if (start < 4 || end < start || end > size - 8) throw damagedParquet(shown, t`a part of the column "${column.element.name}" is missing`);
	return { bytes: new Uint8Array(await read(start, end)), meta };
}

function readColumns(library: ParquetLibrary, shown: string, metadata: FileMetaData): readonly SchemaTree[] {
	try {
		const { children } = library.schemaOf(metadata);
		// Types say that there is a name; a damaged file need not know that.
		if (children.every(({ element }) => typeof element.name === "string")) return children;
	} catch {
		// The same failure, whatever hyparquet stumbles over.
	}
	throw damagedParquet(shown, t("its description cannot be read"));
}

/** Rows that one group may have: the indices of a column of it are in memory at once. */
const MAX_GROUP_ROWS = 200_000_000;

function checkRows(shown: string, rows: number): number {
	if (rows >= 0 && rows <= MAX_GROUP_ROWS) return rows;
	throw damagedParquet(shown, t`a group of ${formatCount(rows)} rows`);
}

type ReadBytes = (start: number, end: number) => Promise<ArrayBuffer>;

async function readBytes(handle: FileHandle, shown: string, start: number, end: number): Promise<ArrayBuffer> {
	const buffer = new ArrayBuffer(end - start);
	const bytes = new Uint8Array(buffer);
	for (let filled = 0; filled < bytes.length; ) {
		const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled).catch((error: unknown) => {
			throw toSourceError(error, shown);
		});
		if (bytesRead === 0) throw damagedParquet(shown, t("it ends before its last row"));
		filled += bytesRead;
	}
	return buffer;
}
