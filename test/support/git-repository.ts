import { execFileSync } from "node:child_process";

/** Runs git in a folder, as nobody in particular and whatever repository a hook that runs this test is of; answers what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
	const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...environment } = process.env;
	return execFileSync("git", [...SETTINGS.flatMap((setting) => ["-c", setting]), ...args], {
		cwd: folder,
		env: { ...environment, LC_ALL: "C" },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** The last three spare some processes and waiting for the disk. */
const SETTINGS = [
	"user.name=Test",
	"user.email=test@example.com",
	"commit.gpgsign=false",
	"init.defaultBranch=main",
	"protocol.file.allow=always",
	"gc.auto=0",
	"maintenance.auto=false",
	"core.fsync=none",
];

/** Commits everything in a folder, which becomes a repository if it is none. */
export function commitAll(folder: string): void {
	git(folder, "init", "--quiet", "--template=");
	git(folder, "add", "--all");
	git(folder, "commit", "--quiet", "--allow-empty", "--message", "client");
}
