import type { InstantMs } from "../core/dates/instant.ts";

/** The files that a workspace may see; the only way from this layer to a disk. Paths are absolute file names, URIs are canonical. */
export interface FileAccess {
	/** The text of a UTF-8 file without its byte-order mark; null when there is none, or it is a folder, or it may not be read, or it is too large. */
	readText(uri: string): Promise<string | null>;
	/** URIs of the files named `*.usage.yaml` or `*.usage.yml` under a folder, in code-unit order; build output and packages are skipped. */
	findConfigs(folderUri: string): Promise<readonly string[]>;
	/** Whether a URI names a place on a disk, so that {@link toPath} has an answer. */
	isOnDisk(uri: string): boolean;
	/** Absolute file name of a URI that {@link isOnDisk}; the URI itself for any other. */
	toPath(uri: string): string;
	/** The one spelling of a file's URI that this program uses. */
	toUri(path: string): string;
	/** Absolute file name of a path as a configuration file writes it. */
	resolvePath(from: string, relativePath: string): string;
	/** A file's identity and state, for caches: equal stamps mean equal content. Null when there is no such file. */
	stampOf(path: string): Promise<string | null>;
	/** Bytes of a file; null when there is no such file. */
	sizeOf(path: string): Promise<number | null>;
	/** When a file was changed last; null when there is no such file. */
	changedAt(path: string): Promise<InstantMs | null>;
	/** What a path leads to after every symbolic link; null when there is nothing. */
	realPath(path: string): Promise<string | null>;
	/** What stands in a folder, by name, in code-unit order; empty when it is none, or may not be read. */
	listFolder(path: string): Promise<readonly FolderEntry[]>;
	/** What stands at a path. */
	kindOf(path: string): Promise<"file" | "folder" | "nothing">;
}

/** A file or folder in a folder. */
export interface FolderEntry {
	readonly name: string;
	readonly isFolder: boolean;
}
