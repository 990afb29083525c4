import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** Where git keeps what it knows of a folder of files. */
export interface Repository {
	/** What belongs to this working tree: `.git`, or where a worktree's or a submodule's `.git` file points. */
	readonly gitFolder: string;
	/** What all worktrees of a repository share; the same as `gitFolder` where there is one. */
	readonly commonFolder: string;
}

/** The repository that a folder is in; null when it is in none. Nothing but names is looked at: whether git agrees, only git can say. */
export async function findRepository(folder: string): Promise<Repository | null> {
	for (let current = folder; ; current = dirname(current)) {
		const gitFolder = await findGitFolder(join(current, ".git"));
		if (gitFolder !== null) {
			const common = await readText(join(gitFolder, "commondir"));
			return { gitFolder, commonFolder: common === null ? gitFolder : resolve(gitFolder, common) };
		}
		if (dirname(current) === current) return null;
	}
}

/** Which commit a repository is at, as a text that is equal as long as it is the same one. Costs a few reads of small files, and no process. */
export async function readHeadState({ gitFolder, commonFolder }: Repository): Promise<string> {
	const head = (await readText(join(gitFolder, "HEAD"))) ?? "";
	const branch = /^ref: (.+)$/.exec(head)?.[1];
	if (branch === undefined) return head;
	const commit = (await readText(join(gitFolder, branch))) ?? (await readText(join(commonFolder, branch)));
	if (commit !== null) return `${head} ${commit}`;
	// Branches of which no file of their own is left.
	const tables = await Promise.all([join(commonFolder, "packed-refs"), join(commonFolder, "reftable", "tables.list")].map(stampOf));
	return [head, ...tables].join(" ");
}

/** Absolute names of the files that change when a commit is made, or another one is checked out. */
export function headFilesOf({ gitFolder }: Repository): readonly string[] {
	return [join(gitFolder, "HEAD"), join(gitFolder, "logs", "HEAD")];
}

async function findGitFolder(path: string): Promise<string | null> {
	const state = await stat(path).catch(() => null);
	if (state === null) return null;
	if (state.isDirectory()) return path;
	const target = /^gitdir: (.+)$/.exec((await readText(path)) ?? "")?.[1];
	return target === undefined ? null : resolve(dirname(path), target);
}

async function readText(path: string): Promise<string | null> {
	try {
		return (await readFile(path, "utf8")).trim();
	} catch {
		return null;
	}
}

async function stampOf(path: string): Promise<string> {
	const state = await stat(path).catch(() => null);
	return state === null ? "" : `${state.ino}:${state.size}:${state.mtimeMs}`;
}
