import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const bench = import.meta.dirname;

/** Installs the packages that are compared with, below `bench/` and only there, unless they are those of this very lock file. */
export function installPeers(say: (line: string) => void): void {
	const stamp = join(bench, "node_modules", ".installed-from");
	const lock = createHash("sha256")
		.update(readFileSync(join(bench, "package-lock.json")))
		.digest("hex");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
	say("Installing the packages that are compared with (once; 600 MB) …");
	// Not `npm ci`, which wants packages for other systems in the lock file even where a registry does not have them.
	const args = ["install", "--no-save", "--loglevel=error"];
	const npm = process.env["npm_execpath"];
	const child =
		npm === undefined
			? spawnSync("npm", args, { cwd: bench, stdio: "inherit", shell: process.platform === "win32" })
			: spawnSync(process.execPath, [npm, ...args], { cwd: bench, stdio: "inherit" });
	if (child.status !== 0)
		throw new Error("The packages could not be installed. Check that npm can reach its registry, then run the same command again.");
	writeFileSync(stamp, lock);
}
