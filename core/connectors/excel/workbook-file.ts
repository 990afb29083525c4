import { posix } from "node:path";
import type { Readable } from "node:stream";
import type { Entry, ZipFile } from "yauzl";
import type { DataSource } from "../../config/model.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { SourceError } from "../connector.ts";
import { changedWhileRead, stampOfFile, toSourceError } from "../input-file.ts";
import { checkWorkbookHead } from "./check-workbook-head.ts";
import { createXmlReader, type XmlHandler } from "./xml-reader.ts";

/** The archive that a workbook is, open for reading its parts. */
export interface WorkbookFile {
	/** As messages call the file. */
	readonly shown: string;
	/** Whether there is a part of this name, such as `xl/workbook.xml`; upper and lower case are the same. */
	has(part: string): boolean;
	/**
	 * Reads a part from its beginning to its end, and pauses after each piece in which the handler is told of anything.
	 * @throws {SourceError} when there is no such part, or it is damaged or suspiciously large.
	 */
	read(part: string, handler: XmlHandler): AsyncGenerator<void>;
	/** @throws {SourceError} when another program has changed the file since it was opened. */
	checkUnchanged(): Promise<void>;
	close(): void;
}

/** Deflate reaches about 1,000; the tables of a real workbook stay far below this. */
const MAX_RATIO = 400;
/** Below this size, any ratio is harmless. */
const HARMLESS_BYTES = 64 * 1024 * 1024;

/**
 * Opens a workbook's archive.
 * @throws {SourceError} when there is no such file, or it is not an archive, or not a whole one.
 */
export async function openWorkbookFile(source: DataSource, path: string | null, signal: AbortSignal): Promise<WorkbookFile> {
	const shown = source.path ?? source.name;
	await checkWorkbookHead(source, path, signal);
	const { default: yauzl } = await import("yauzl");
	signal.throwIfAborted();
	const stamp = await stampOfFile(path!);
	const zip = await openZip(yauzl, path!, shown);
	try {
		const entries = await listEntries(zip, shown);
		return {
			shown,
			has: (part) => entries.has(part.toLowerCase()),
			async *read(part, handler) {
				const entry = entries.get(part.toLowerCase());
				if (entry === undefined) throw damagedWorkbook(shown, t`it has no ${part}`);
				checkEntry(entry, shown);
				const reader = createXmlReader(handler);
				try {
					const stream = await openEntry(zip, entry);
					for await (const chunk of stream) {
						signal.throwIfAborted();
						reader.write(chunk as Buffer);
						yield;
					}
					reader.end();
				} catch (error) {
					signal.throwIfAborted();
					throw error instanceof SourceError ? error : damagedWorkbook(shown, `${part}: ${reasonOf(error)}`);
				}
			},
			async checkUnchanged() {
				if ((await stampOfFile(path!)) !== stamp) throw changedWhileRead(shown);
			},
			close: () => zip.close(),
		};
	} catch (error) {
		zip.close();
		throw error;
	}
}

/** The failure for a workbook whose parts are not what they should be. */
export function damagedWorkbook(shown: string, reason: string): SourceError {
	const message = t`The workbook ${shown} is damaged (${reason}). Copy it again, or open it in Excel and save it anew.`;
	return new SourceError("source/damaged-file", "path", message);
}

/** The name of the part that a relationship of another part leads to. */
export function resolvePart(from: string, target: string): string {
	return target.startsWith("/") ? posix.normalize(target.slice(1)) : posix.normalize(posix.join(posix.dirname(from), target));
}

function openZip(yauzl: typeof import("yauzl"), path: string, shown: string): Promise<ZipFile> {
	return new Promise((resolve, reject) => {
		yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
			if (error === null && zip !== undefined) resolve(zip);
			else reject(isSystemError(error) ? toSourceError(error, shown) : damagedWorkbook(shown, t("it is cut off, or no archive")));
		});
	});
}

function listEntries(zip: ZipFile, shown: string): Promise<ReadonlyMap<string, Entry>> {
	return new Promise((resolve, reject) => {
		const entries = new Map<string, Entry>();
		zip.on("error", (error: Error) => reject(damagedWorkbook(shown, reasonOf(error))));
		zip.on("end", () => resolve(entries));
		zip.on("entry", (entry: Entry) => {
			entries.set(entry.fileName.toLowerCase(), entry);
			zip.readEntry();
		});
		zip.readEntry();
	});
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
	return new Promise((resolve, reject) => {
		zip.openReadStream(entry, (error, stream) => {
			if (error === null && stream !== undefined) resolve(stream);
			else reject(error);
		});
	});
}

function checkEntry(entry: Entry, shown: string): void {
	if (entry.isEncrypted()) {
		throw new SourceError("source/encrypted-file", "path", t`The workbook ${shown} is encrypted. Save it without a password.`);
	}
	const { uncompressedSize, compressedSize } = entry;
	if (uncompressedSize <= HARMLESS_BYTES || uncompressedSize <= compressedSize * MAX_RATIO) return;
	const size = t`${formatCount(Math.round(uncompressedSize / 1024 / 1024))} MiB`;
	throw damagedWorkbook(shown, t`${entry.fileName} would unpack to ${size}, far more than a table of its size holds`);
}

function isSystemError(error: unknown): boolean {
	return error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}
