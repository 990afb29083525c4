import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A running VS Code that is shown in a browser. */
export interface BrowserHost {
	/**
	 * Address of the workbench with a folder open.
	 * @param extension folder of an extension to load from its sources; null for those that are installed.
	 * @param tests file whose `run()` is called in the extension host.
	 */
	address(folder: string, extension: string | null, tests?: string): string;
	/** Folder with the logs of its sessions; each extension host has a folder `exthost<N>` in its session's. */
	readonly logs: string;
	/** Ends the host and removes its data. */
	stop(): Promise<void>;
}

/** Oldest VS Code with what the extension uses, and the host that stands in for it. */
const CODE_SERVER_VERSION = "4.139.1";
const DOWNLOADS = "https://update.code.visualstudio.com/api/releases/stable";
const PROBE_MS = 4_000;
const START_MS = 60_000;

/** Keeps whatever is not ours off the screen. */
const USER_SETTINGS = {
	"workbench.startupEditor": "none",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"chat.disableAIFeatures": true,
	"files.simpleDialog.enable": true,
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const hostFolder = join(root, ".vscode-test", "host");
const hostMain = join(hostFolder, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js");
const stamp = join(hostFolder, ".installed");

/** Whether VS Code itself can be had from its makers; decided within a few seconds. */
export async function canDownloadVsCode(): Promise<boolean> {
	try {
		return (await fetch(DOWNLOADS, { signal: AbortSignal.timeout(PROBE_MS) })).ok;
	} catch {
		return false;
	}
}

/** Whether the host for the browser is installed, completely and in the wanted version. */
export function browserHostIsInstalled(): boolean {
	if (!existsSync(hostMain)) return false;
	if (existsSync(stamp)) return readFileSync(stamp, "utf8") === CODE_SERVER_VERSION;
	// An installation that was broken off has no stamp, and neither has one that was made by hand: see whether it starts.
	const manifest = join(hostFolder, "node_modules", "code-server", "package.json");
	const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
	if (version !== CODE_SERVER_VERSION || spawnSync(process.execPath, [hostMain, "--version"], { stdio: "ignore" }).status !== 0)
		return false;
	writeFileSync(stamp, CODE_SERVER_VERSION);
	return true;
}

/** Installs the host for the browser into `.vscode-test/host` unless it is there. Throws, with advice, when that fails. */
export function installBrowserHost(): void {
	if (browserHostIsInstalled()) return;
	console.log("Installing a VS Code host for the browser into .vscode-test (once; some minutes, about 620 MB) …");
	rmSync(hostFolder, { recursive: true, force: true });
	mkdirSync(hostFolder, { recursive: true });
	const manifest = { private: true, allowScripts: { "code-server": true, argon2: true } };
	writeFileSync(join(hostFolder, "package.json"), `${JSON.stringify(manifest, null, "\t")}\n`);
	// The install scripts compile native parts for the Node.js that will run them, which is this one.
	const environment = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}` };
	const args = [
		"install",
		"--ignore-scripts=false",
		"--save-exact",
		"--no-fund",
		"--no-audit",
		"--loglevel=error",
		`code-server@${CODE_SERVER_VERSION}`,
	];
	const npm = process.env["npm_execpath"];
	const options = { cwd: hostFolder, env: environment, stdio: "inherit" } as const;
	const child =
		npm === undefined
			? spawnSync("npm", args, { ...options, shell: process.platform === "win32" })
			: spawnSync(process.execPath, [npm, ...args], options);
	if (child.status !== 0 || !existsSync(hostMain)) {
		throw new Error(
			"The VS Code host could not be installed. Run `node scripts/run.mjs test`, which first checks the tools that it is compiled with, or install VS Code and put `code` on the PATH.",
		);
	}
	writeFileSync(stamp, CODE_SERVER_VERSION);
}

/** Starts the host on a free port of this machine, with data folders of its own, and with some packaged extensions. */
export async function startBrowserHost(extensions: readonly string[] = []): Promise<BrowserHost> {
	installBrowserHost();
	const data = mkdtempSync(join(tmpdir(), "usage-report-host-"));
	const folders = [
		"--server-data-dir",
		join(data, "server"),
		"--user-data-dir",
		join(data, "user"),
		"--extensions-dir",
		join(data, "extensions"),
	];
	mkdirSync(join(data, "user", "User"), { recursive: true });
	writeFileSync(join(data, "user", "User", "settings.json"), JSON.stringify(USER_SETTINGS));
	for (const file of extensions) installExtension(file, folders);
	const port = await findFreePort();
	const args = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"];
	const behaviour = ["--enable-smoke-test-driver", "--disable-workspace-trust", "--disable-telemetry"];
	const child = spawn(process.execPath, [hostMain, ...args, ...behaviour, ...folders], { stdio: ["ignore", "pipe", "pipe"] });
	const stop = async () => {
		await end(child);
		rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	try {
		await untilListening(child);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		stop,
		logs: join(data, "user", "logs"),
		address: (folder, extension, tests) => workbenchAddress(port, folder, extension, tests),
	};
}

function workbenchAddress(port: number, folder: string, extension: string | null, tests: string | undefined): string {
	const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
	const payload = [
		...(extension === null ? [] : [["extensionDevelopmentPath", remote(extension)]]),
		...(tests === undefined ? [] : [["extensionTestsPath", remote(tests)]]),
	];
	const query = new URLSearchParams({ folder, ...(payload.length === 0 ? {} : { payload: JSON.stringify(payload) }) });
	return `http://127.0.0.1:${port}/?${query.toString().replaceAll("+", "%20")}`;
}

function installExtension(file: string, folders: readonly string[]): void {
	const child = spawnSync(process.execPath, [hostMain, "--accept-server-license-terms", "--install-extension", file, ...folders], {
		encoding: "utf8",
	});
	if (child.status !== 0) throw new Error(`${file} could not be installed:\n${child.stdout}\n${child.stderr}`);
}

async function untilListening(child: ChildProcess): Promise<void> {
	const lines: string[] = [];
	await new Promise<void>((done, fail) => {
		const timer = setTimeout(
			() => fail(new Error(`The VS Code host did not start within ${START_MS / 1000} s:\n${lines.join("\n")}`)),
			START_MS,
		);
		for (const stream of [child.stdout, child.stderr]) {
			if (stream === null) continue;
			createInterface({ input: stream }).on("line", (line) => {
				if (lines.length < 200) lines.push(line);
				if (!line.includes("Extension host agent listening")) return;
				clearTimeout(timer);
				done();
			});
		}
		child.once("exit", (code) => {
			clearTimeout(timer);
			fail(new Error(`The VS Code host ended with code ${code}:\n${lines.join("\n")}`));
		});
	});
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, "exit");
	child.kill("SIGTERM");
	const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
	await ended;
	clearTimeout(timer);
}

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("No free port was found.");
	return address.port;
}
