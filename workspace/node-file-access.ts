import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compareCodeUnits } from "../core/compare-code-units.ts";
import type { FileAccess, FolderEntry } from "./file-access.ts";

/** Folders that hold no configurations of their own; the last one is that of histories. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", ".git", "out", "dist", ".usage-report"]);

/** Bytes above which a file is no configuration that a person wrote; reading it would only stall the program. */
const MAX_CONFIG_BYTES = 32 * 1024 * 1024;

/** Folders nested deeper than this are not searched. */
const MAX_DEPTH = 32;

/** Files of the machine that this program runs on. */
export function createNodeFileAccess(): FileAccess {
	return {
		readText: async (uri) => (isFileUri(uri) ? readTextFile(toPath(uri)) : null),
		findConfigs: async (folderUri) => {
			const found: string[] = [];
			if (isFileUri(folderUri)) await collectConfigs(toPath(folderUri), MAX_DEPTH, found);
			return found.map(toUri).sort(compareCodeUnits);
		},
		isOnDisk: isFileUri,
		toPath,
		toUri,
		resolvePath: (from, relativePath) => (isAbsolute(relativePath) ? resolve(relativePath) : resolve(dirname(toPath(from)), relativePath)),
		stampOf,
		sizeOf: async (path) => (await stat(path).catch(() => null))?.size ?? null,
		changedAt: async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? null,
		realPath: (path) => realpath(path).catch(() => null),
		listFolder,
		kindOf,
	};
}

/** Whether a file name is that of a configuration. */
export function isConfigName(name: string): boolean {
	return /\.usage\.ya?ml$/i.test(name);
}

function isFileUri(uri: string): boolean {
	return uri.startsWith("file:") && pathOf(uri) !== null;
}

function toPath(uri: string): string {
	return pathOf(uri) ?? uri;
}

/** Null for a URI that names no file here, such as one with a host or with an encoded slash. */
function pathOf(uri: string): string | null {
	try {
		return resolve(fileURLToPath(uri));
	} catch {
		return null;
	}
}

function toUri(path: string): string {
	return pathToFileURL(path).href;
}

async function readTextFile(path: string): Promise<string | null> {
	try {
		const state = await stat(path);
		// Pipes and devices are left alone too: reading one might never end.
		if (!state.isFile() || state.size > MAX_CONFIG_BYTES) return null;
		return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
	} catch {
		return null;
	}
}

/** Symbolic links to folders are not followed, since they can lead out of the workspace or round in a circle. */
async function collectConfigs(folder: string, depth: number, found: string[]): Promise<void> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	for (const entry of entries) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			if (depth > 0 && !SKIPPED_FOLDERS.has(entry.name)) await collectConfigs(path, depth - 1, found);
		} else if (isConfigName(entry.name) && (entry.isFile() || (await kindOf(path)) === "file")) {
			found.push(path);
		}
	}
}

/** Where a symbolic link leads is asked for, unlike when configurations are sought: here nobody goes further by themselves. */
async function listFolder(path: string): Promise<readonly FolderEntry[]> {
	const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
	const found = entries.map(async (entry): Promise<FolderEntry> => {
		const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await kindOf(join(path, entry.name))) === "folder");
		return { name: entry.name, isFolder };
	});
	return (await Promise.all(found)).sort((left, right) => compareCodeUnits(left.name, right.name));
}

async function kindOf(path: string): Promise<"file" | "folder" | "nothing"> {
	const state = await stat(path).catch(() => null);
	if (state === null) return "nothing";
	return state.isDirectory() ? "folder" : "file";
}

/** A database may keep its newest rows in a file beside it, so that file counts as a part of its state. */
async function stampOf(path: string): Promise<string | null> {
	const [main, log] = await Promise.all([stat(path).catch(() => null), stat(`${path}-wal`).catch(() => null)]);
	if (main === null) return null;
	const parts = [main.ino, main.size, main.mtimeMs, main.ctimeMs];
	return [...parts, ...(log === null ? [] : [log.size, log.mtimeMs])].join(":");
}
