import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What became of the history of a folder. */
export type CommitOutcome = { readonly made: true } | { readonly made: false; readonly why: string };

/**
 * Makes a repository of a folder that is nobody's yet, and commits what is in it, without the person's own hooks, templates and signatures.
 * Nothing outside of the folder is touched.
 * @param folder absolute.
 */
export async function commitFolder(folder: string, message: string): Promise<CommitOutcome> {
	const own = ["-c", "user.name=Usage Report", "-c", "user.email=samples@usage-report.invalid", "-c", "commit.gpgSign=false"];
	const quiet = ["-c", "core.hooksPath=", "-c", "core.autocrlf=false", "-c", "core.safecrlf=false"];
	try {
		for (const args of [
			["init", "--quiet", "--template="],
			[...quiet, "add", "--all"],
			[...own, ...quiet, "commit", "--quiet", "--no-verify", "--message", message],
		])
			await promisify(execFile)("git", args, { cwd: folder, env: withoutGitPlace(process.env), timeout: LONGEST_MS });
		return { made: true };
	} catch (error) {
		return { made: false, why: error instanceof Error ? error.message : String(error) };
	}
}

const LONGEST_MS = 30_000;

/** Variables that would lead git to another repository than that of the folder. */
function withoutGitPlace(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY, ...others } = variables;
	return others;
}
