// Runs a task of this project on any machine with Node.js 18 or later and npm: installs the packages when they are
// missing or stale, finds a Node.js 24 (or brings one), and hands over to scripts/tasks.ts, which is TypeScript.
// Plain JavaScript without packages, since nothing is installed when it starts.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MAJOR = 24;
const NODE_PACKAGE = "node@24.21.0";
const root = dirname(dirname(fileURLToPath(import.meta.url)));

installPackages();
const node = findNode();
const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
// Without this, npm's settings of the calling `npm start` would reach the npm that a task starts in another folder.
for (const name of Object.keys(environment)) if (/^npm_(config|package|lifecycle)_/i.test(name)) delete environment[name];
const task = spawn(node, [join(root, "scripts", "tasks.ts"), ...process.argv.slice(2)], { cwd: root, env: environment, stdio: "inherit" });
// Whoever ends this process means the task: it stops what it started, such as the host of VS Code.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => task.kill(signal));
task.on("error", (error) => fail(`Node.js could not be started: ${error.message}`));
task.on("exit", (status) => process.exit(status ?? 1));

/** Runs `npm ci` unless node_modules was made from this very lock file. */
function installPackages() {
	const stamp = join(root, "node_modules", ".installed-from");
	const lock = createHash("sha256")
		.update(readFileSync(join(root, "package-lock.json")))
		.digest("hex");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
	console.log("Installing the packages that this project uses (once; about a minute) …");
	runNpm(
		["ci", "--loglevel=error"],
		root,
		"The packages could not be installed. Check that npm can reach its registry, then run the same command again.",
	);
	writeFileSync(stamp, lock);
}

/** The path of a Node.js of the needed major version: the running one, or one that npm brings. */
function findNode() {
	if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR) return process.execPath;
	const folder = join(root, ".tools", "node");
	const binary = join(folder, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
	if (!existsSync(binary)) {
		console.log(
			`This machine has Node.js ${process.versions.node}; this project needs ${NODE_MAJOR}. Bringing one from npm into .tools (once) …`,
		);
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
		// The package "node" fetches the binary of this platform in its install script.
		runNpm(
			["install", "--no-save", "--ignore-scripts=false", "--loglevel=error", NODE_PACKAGE],
			folder,
			`Node.js ${NODE_MAJOR} could not be installed. Install Node.js ${NODE_MAJOR} or later and run the same command again.`,
		);
	}
	if (!existsSync(binary))
		fail(
			`Node.js ${NODE_MAJOR} was not found after its installation. Install Node.js ${NODE_MAJOR} or later and run the same command again.`,
		);
	return binary;
}

function runNpm(args, cwd, advice) {
	const npm = process.env.npm_execpath;
	const child = npm
		? spawnSync(process.execPath, [npm, ...args], { cwd, stdio: "inherit" })
		: spawnSync("npm", args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
	if (child.error || child.status !== 0) fail(advice);
}

function fail(message) {
	console.error(message);
	process.exit(2);
}
