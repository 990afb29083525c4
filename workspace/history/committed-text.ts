import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { t } from "../../core/texts/translate.ts";

/** What git has of a file; without a text `why` says in a sentence why there is none. */
export type CommittedText = { readonly text: string } | { readonly text: null; readonly why: string };

/**
 * The text of a file in the last commit of the repository that it is in. Asks the `git` program, which runs nothing that the repository
 * configures.
 * @param path absolute; of a symbolic link what it leads to is meant, so it must have been followed.
 * @throws `signal.reason` when aborted.
 */
export async function readCommittedText(path: string, signal: AbortSignal): Promise<CommittedText> {
	const name = basename(path);
	// Raw content: other commands would pass it through filters of the repository.
	const { output, message, missing } = await runGit(dirname(path), ["cat-file", "blob", `HEAD:./${name}`], signal);
	if (output !== null) return { text: output.replace(/^\uFEFF/, "") };
	return { text: null, why: missing ? t("The program git was not found, and only it knows what is committed.") : explain(name, message) };
}

function explain(name: string, message: string): string {
	if (/not a git repository/i.test(message)) return t`${name} is not in a git repository.`;
	if (/invalid object name 'HEAD'/i.test(message)) return t`The git repository of ${name} has no commit yet.`;
	if (/not in 'HEAD'|not exist in 'HEAD'/i.test(message)) return t`${name} is not in the last commit of its git repository.`;
	return t`git cannot tell what is committed of ${name}: ${message}`;
}

/** Larger than any configuration that is read. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

interface GitAnswer {
	/** Null when git failed. */
	readonly output: string | null;
	/** What git said, in one line. */
	readonly message: string;
	/** Whether there is no git. */
	readonly missing: boolean;
}

function runGit(folder: string, args: readonly string[], signal: AbortSignal): Promise<GitAnswer> {
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		execFile(
			"git",
			["-C", folder, "-c", "core.fsmonitor=false", ...args],
			{ encoding: "utf8", env: makeEnvironment(), maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true, signal },
			(error, stdout, stderr) => {
				if (signal.aborted) reject(signal.reason);
				else if (error === null) resolve({ output: stdout, message: "", missing: false });
				else resolve({ output: null, message: firstLine(stderr) || error.message, missing: error.code === "ENOENT" });
			},
		);
	});
}

/** Git's messages are compared, so they have to be English. In a hook, variables name the repository that the hook is of; ours is the file's. */
function makeEnvironment(): NodeJS.ProcessEnv {
	const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...environment } = process.env;
	// Of a clone that has only a part of its objects, nothing is fetched; and no file is touched.
	return { ...environment, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0" };
}

function firstLine(text: string): string {
	return (text.trim().split("\n")[0] ?? "").replace(/^fatal: /, "");
}
