import { execFileSync } from "node:child_process";

/** Runs git in a folder, as nobody in particular and whatever repository a hook that runs this test is of; answers what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
	const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...environment } = process.env;
	const identity = [
		"-c",
		"user.name=Test",
		"-c",
		"user.email=test@example.com",
		"-c",
		"commit.gpgsign=false",
		"-c",
		"init.defaultBranch=main",
	];
	return execFileSync("git", [...identity, "-c", "protocol.file.allow=always", ...args], {
		cwd: folder,
		env: { ...environment, LC_ALL: "C" },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** Commits everything in a folder, which becomes a repository if it is none. */
export function commitAll(folder: string): void {
	git(folder, "init", "--quiet");
	git(folder, "add", "--all");
	git(folder, "commit", "--quiet", "--allow-empty", "--message", "client");
}
