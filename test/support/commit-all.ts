import { execFileSync } from "node:child_process";

/** Makes a git repository of a folder and commits everything in it. */
export function commitAll(folder: string): void {
	// In a hook, variables name the repository that the hook is of.
	const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, ...env } = process.env;
	const settings = ["user.name=Test", "user.email=test@example.com", "commit.gpgsign=false", "init.defaultBranch=main"].flatMap(
		(setting) => ["-c", setting],
	);
	for (const args of [
		["init", "--quiet"],
		["add", "."],
		["commit", "--quiet", "--message", "all"],
	]) {
		execFileSync("git", [...settings, ...args], { cwd: folder, env });
	}
}
