import { constants, type Stats } from "node:fs";
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { basename, dirname, sep } from "node:path";
import type { DataSource } from "../config/model.ts";
import { t } from "../texts/translate.ts";
import { closestName } from "./closest-name.ts";
import { repairTo, SourceError } from "./connector.ts";
import { describeBinary, repairType } from "./file-magic.ts";

/** A file that is being read as it was when it was opened. */
export interface InputFile {
	/** The first bytes, at most 4 KiB; fewer only when the file is shorter. */
	readonly head: Buffer;
	/**
	 * The file's bytes from its beginning, in chunks that stay valid; may be read once.
	 * @throws {SourceError} when it cannot be read to its end, or another program changes it meanwhile.
	 */
	readonly chunks: AsyncIterable<Buffer>;
	close(): Promise<void>;
}

/** Enough to recognize every format of file-magic.ts and to see whether text has NUL bytes. */
const HEAD_BYTES = 4096;

const CHUNK_BYTES = 128 * 1024;

/**
 * Opens a source's file for reading from its beginning to its end, never as a whole in memory.
 * @throws {SourceError} when there is no such file, or it is no ordinary file or not readable.
 */
export async function openInputFile(source: DataSource, path: string | null, signal: AbortSignal): Promise<InputFile> {
	const { file, stats } = await checkInputFile(source, path);
	const shown = source.path ?? file;
	signal.throwIfAborted();
	const handle = await open(file, constants.O_RDONLY).catch((error: unknown) => {
		throw toSourceError(error, shown);
	});
	try {
		return { head: await readHead(handle, shown), chunks: readChunks(handle, file, stats, shown, signal), close: () => handle.close() };
	} catch (error) {
		await handle.close();
		throw error;
	}
}

/**
 * The checked absolute name of a source's file, before anything is opened: opening a pipe would wait for its writer.
 * @throws {SourceError} when the source names no file, there is none, or it is a folder or a device.
 */
async function checkInputFile(source: DataSource, path: string | null): Promise<{ readonly file: string; readonly stats: Stats }> {
	if (path === null) {
		throw new SourceError("source/missing-location", "path", t`The source "${source.name}" does not say which file to read. Add "path".`);
	}
	const shown = source.path ?? path;
	let stats: Stats;
	try {
		stats = await stat(path);
	} catch (error) {
		throw isMissing(error) ? await missingFile(path, shown) : toSourceError(error, shown);
	}
	if (stats.isDirectory()) {
		throw new SourceError("source/not-a-file", "path", t`${shown} is a folder. Name the file in it that holds the table.`);
	}
	if (!stats.isFile()) throw new SourceError("source/not-a-file", "path", t`${shown} is not an ordinary file.`);
	return { file: path, stats };
}

/** The failure for a file that the operating system will not let us read; `shown` is its name as people know it. */
export function toSourceError(error: unknown, shown: string): SourceError {
	const code = codeOf(error);
	const unreadable = (message: string) => new SourceError("source/unreadable", "path", message);
	switch (code) {
		case "ENOENT":
		case "ENOTDIR":
			return new SourceError("source/missing-file", "path", t`There is no file ${shown}.`);
		case "EISDIR":
			return new SourceError("source/not-a-file", "path", t`${shown} is a folder. Name the file in it that holds the table.`);
		case "EACCES":
		case "EPERM":
			return unreadable(t`${shown} may not be read by this user. Ask for the right to read it, or read a copy.`);
		case "EBUSY":
			return unreadable(t`${shown} is locked by another program. Close it there, then try again.`);
		case "ELOOP":
			return unreadable(t`${shown} is a link that leads back to itself. Point it to the file.`);
		case "EMFILE":
		case "ENFILE":
			return unreadable(t`${shown} cannot be opened because too many files are open. Try again.`);
		default:
			return unreadable(t`${shown} cannot be read (${code ?? String(error)}).`);
	}
}

/** @throws {SourceError} when the first bytes are those of a known binary format. */
export function refuseBinaryFile(source: DataSource, head: Uint8Array): void {
	const binary = describeBinary(head);
	if (binary === null) return;
	throw new SourceError(
		"source/binary-file",
		binary.key,
		t`${source.path ?? source.name} is not a text file: this is ${t(binary.what)}; ${t(binary.advice)}.`,
		repairType(source, binary.type),
	);
}

async function readHead(handle: FileHandle, shown: string): Promise<Buffer> {
	const head = Buffer.alloc(HEAD_BYTES);
	let filled = 0;
	while (filled < head.length) {
		const { bytesRead } = await readAt(handle, head.subarray(filled), filled, shown);
		if (bytesRead === 0) break;
		filled += bytesRead;
	}
	return head.subarray(0, filled);
}

async function* readChunks(handle: FileHandle, file: string, before: Stats, shown: string, signal: AbortSignal): AsyncGenerator<Buffer> {
	let position = 0;
	for (;;) {
		signal.throwIfAborted();
		// A new buffer each time: the parser keeps a part of the last one.
		const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
		const { bytesRead } = await readAt(handle, buffer, position, shown);
		if (bytesRead === 0) break;
		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
	signal.throwIfAborted();
	const after = await handle.stat().catch((error: unknown) => {
		throw toSourceError(error, shown);
	});
	const named = await stat(file).catch(() => null);
	if (position !== before.size || after.mtimeMs !== before.mtimeMs || named?.ino !== before.ino) throw changedWhileRead(shown);
}

/**
 * The failure for a file that changed, was replaced or vanished while it was being read: half of the old rows and half of the new would
 * be figures that were never true. `shown` is its name as people know it.
 */
export function changedWhileRead(shown: string): SourceError {
	return new SourceError("source/unreadable", "path", t`${shown} was changed by another program while it was being read. Try again.`);
}

/**
 * Tells two states of a file apart: which file it is, how long, and when it was last written; with it goes the write-ahead log that a
 * database may have beside it. Null when there is no such file, or none that may be looked at.
 */
export async function stampOfFile(path: string): Promise<string | null> {
	const stats = await stat(path).catch(() => null);
	if (stats === null) return null;
	const log = await stat(`${path}-wal`).catch(() => null);
	// An empty log comes and goes with every program that reads.
	return [stats, ...(log === null || log.size === 0 ? [] : [log])].map(({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`).join(", ");
}

async function readAt(handle: FileHandle, buffer: Buffer, position: number, shown: string): Promise<{ readonly bytesRead: number }> {
	try {
		return await handle.read(buffer, 0, buffer.length, position);
	} catch (error) {
		throw toSourceError(error, shown);
	}
}

async function missingFile(path: string, shown: string): Promise<SourceError> {
	const missing = (rest: string, meant: string | null = null) =>
		new SourceError("source/missing-file", "path", t`There is no file ${shown}.${rest}`, repairTo("path", meant));
	const slashed = await withSlashes(path, shown);
	if (slashed !== null) return slashed;
	const folder = dirname(path);
	const names = await readdir(folder).catch(() => null);
	if (names === null) return missing(t` The folder ${basename(folder)} does not exist either.`);
	const meant = closestName(basename(path), names.sort());
	if (meant === null) return missing(t(" Check the path; it is relative to the configuration file."));
	return missing(t` Did you mean "${meant}"?`, shown.slice(0, shown.length - basename(shown).length) + meant);
}

/**
 * The failure for a path written with backslashes where they are no separators; null for any other path. Those of a drive or a server lead
 * to another machine, whichever sign divides them.
 */
async function withSlashes(path: string, shown: string): Promise<SourceError | null> {
	if (sep === "\\" || !shown.includes("\\") || /^([a-z]:|\\\\)/i.test(shown)) return null;
	const meant = shown.replaceAll("\\", "/");
	const exists = (await stat(path.replaceAll("\\", "/")).catch(() => null))?.isFile() === true;
	const [repair] = repairTo("path", meant);
	const message = exists
		? t`There is no file ${shown}. Did you mean "${meant}"?`
		: t`There is no file ${shown}. Write \`/\` between the folders; this machine knows no backslashes.`;
	return new SourceError("source/missing-file", "path", message, [{ ...repair!, ...(exists ? {} : { guessed: true as const }) }]);
}

function isMissing(error: unknown): boolean {
	const code = codeOf(error);
	return code === "ENOENT" || code === "ENOTDIR";
}

function codeOf(error: unknown): string | null {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
