import { access, constants, lstat, open, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { t } from "../texts/translate.ts";
import { isSystemError } from "./system-error.ts";
import { describeWriteFailure } from "./write-failure.ts";

/** Where a file is to be written, or why it cannot be. */
export type Target = UsableTarget | { readonly usable: false; readonly message: string };

/** A place that nothing speaks against, so far. */
export interface UsableTarget {
	readonly usable: true;
	/** Absolute, links followed. */
	readonly path: string;
	/** The file that stands there; null when there is none. */
	readonly older: OlderFile | null;
}

/** What a new file takes over from an older one. */
export interface OlderFile {
	/** Permissions, without the kind of file. */
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
}

/** Finds the place to write to, links followed; says at once what would otherwise come out only after the whole work. */
export async function findTarget(file: string): Promise<Target> {
	try {
		const found = await stat(file);
		// Renaming a finished file over a device or a pipe would destroy it.
		if (!found.isFile()) return unusable(file, "EISDIR");
		const path = await realpath(file);
		// Excel keeps an open workbook locked against writing; a file that is write-protected is not to be replaced either.
		await (await open(path, "r+")).close();
		const lock = await findLock(path);
		if (lock !== null)
			return {
				usable: false,
				message: t`${file} is open in another program, says ${lock} beside it. Close it there, or choose another name.`,
			};
		return { usable: true, path, older: { mode: found.mode & 0o7777, uid: found.uid, gid: found.gid } };
	} catch (error) {
		if (!isSystemError(error)) throw error;
		if (error.code === "ENOENT") return findNewTarget(file);
		return unusable(file, error.code, error.message);
	}
}

/** For a file that is not there yet. */
async function findNewTarget(file: string): Promise<Target> {
	try {
		if (await isLink(file)) return unusable(file, "ELOOP");
		const folder = await realpath(dirname(file));
		if (!(await stat(folder)).isDirectory()) return unusable(file, "ENOTDIR");
		await access(folder, constants.W_OK);
		return { usable: true, path: join(folder, basename(file)), older: null };
	} catch (error) {
		if (!isSystemError(error)) throw error;
		return unusable(file, error.code, error.message);
	}
}

async function isLink(file: string): Promise<boolean> {
	const found = await lstat(file).catch(() => null);
	return found?.isSymbolicLink() ?? false;
}

/** Name of the file by which LibreOffice or Excel says that it has a file open; null for none. Only Windows keeps others from replacing such a file. */
async function findLock(path: string): Promise<string | null> {
	for (const lock of [`.~lock.${basename(path)}#`, `~$${basename(path)}`])
		if ((await lstat(join(dirname(path), lock)).catch(() => null)) !== null) return lock;
	return null;
}

function unusable(file: string, code: string, reason = ""): Target {
	return { usable: false, message: describeWriteFailure(file, code, reason) };
}
