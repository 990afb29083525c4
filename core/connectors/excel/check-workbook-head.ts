import { open } from "node:fs/promises";
import type { DataSource } from "../../config/model.ts";
import { t } from "../../texts/translate.ts";
import { SourceError } from "../connector.ts";
import { describeBinary, isOldOfficeFile, isZipArchive, repairType } from "../file-magic.ts";
import { openInputFile } from "../input-file.ts";

/**
 * Refuses what a file's first bytes show to be no workbook of the kind that is read.
 * @throws {SourceError} for that, and when there is no such file.
 */
export async function checkWorkbookHead(source: DataSource, path: string | null, signal: AbortSignal): Promise<void> {
	const shown = source.path ?? source.name;
	const file = await openInputFile(source, path, signal);
	await file.close();
	const { head } = file;
	if (head.length === 0) throw new SourceError("source/empty-file", "path", t`${shown} is empty. Save the workbook again.`);
	if (isZipArchive(head)) return;
	if (isOldOfficeFile(head)) throw await toOldFileError(path!, shown);
	const binary = describeBinary(head);
	if (binary !== null) {
		throw new SourceError(
			"source/damaged-file",
			binary.key,
			t`${shown} is not an Excel workbook. This is ${t(binary.what)}; ${t(binary.advice)}.`,
			repairType(source, binary.type),
		);
	}
	if (head.includes(0)) throw new SourceError("source/damaged-file", "path", t`${shown} is not an Excel workbook. Check the path.`);
	const message = t`${shown} is not an Excel workbook, whatever its name says. This is text: use type: csv.`;
	throw new SourceError("source/damaged-file", "type", message, repairType(source, "csv"));
}

/** With a password, Office wraps a new workbook into a file of the old kind. */
async function toOldFileError(path: string, shown: string): Promise<SourceError> {
	if (await isEncrypted(path)) {
		const message = t`The workbook ${shown} is protected by a password. Save it without one: File, Info, Protect Workbook, Encrypt with Password.`;
		return new SourceError("source/encrypted-file", "path", message);
	}
	const message = t`${shown} is an Office file of the old kind, such as .xls. Open it in Excel and save it as .xlsx.`;
	return new SourceError("source/damaged-file", "path", message);
}

const ENCRYPTED_STREAM = Buffer.from("EncryptedPackage", "utf16le");
/** Enough for the directory of a file that holds a package and little else. */
const DIRECTORY_BYTES = 16 * 1024;

async function isEncrypted(path: string): Promise<boolean> {
	const handle = await open(path, "r");
	try {
		const head = Buffer.alloc(64);
		await handle.read(head, 0, head.length, 0);
		const sectorBytes = 2 ** Math.min(head.readUInt16LE(30), 16);
		const directory = Buffer.alloc(DIRECTORY_BYTES);
		await handle.read(directory, 0, directory.length, (head.readUInt32LE(48) + 1) * sectorBytes);
		return directory.includes(ENCRYPTED_STREAM);
	} finally {
		await handle.close();
	}
}
