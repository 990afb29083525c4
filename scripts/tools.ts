import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium as playwrightChromium } from "playwright-core";
import { browserHostIsInstalled, canDownloadVsCode } from "./vscode-host.ts";

/** A program of the system, which npm cannot bring. */
export interface SystemTool {
	readonly name: string;
	/** What fails without it. */
	readonly purpose: string;
	/** Path of the program, or of the file that shows that it is there; null when it is missing. */
	find(): string | null;
	/** Whether this run needs it. */
	needed(need: Need): boolean;
	/** Debian packages that bring it. */
	readonly debian: readonly string[];
	/** What to do on another system. */
	readonly elsewhere: string;
}

/** What decides which tools are needed. */
interface Need {
	/** The host in a browser is to be used, since VS Code cannot be downloaded here. */
	readonly browserHost: boolean;
	/** That host is still to be installed, and compiles parts of itself. */
	readonly compile: boolean;
}

/** All tools of the system that tests or the VS Code host use. */
export const SYSTEM_TOOLS: readonly SystemTool[] = [
	{
		name: "LibreOffice Calc",
		purpose: "the tests open the Excel files with it",
		find: () => findProgram("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
		needed: () => true,
		debian: ["libreoffice-calc"],
		elsewhere: "Install LibreOffice from libreoffice.org and put soffice on the PATH.",
	},
	{
		name: "openpyxl for Python",
		purpose: "the tests read the Excel files with it, too",
		find: () => findPythonWith("openpyxl"),
		needed: () => true,
		debian: ["python3-openpyxl"],
		elsewhere: "Install Python 3, then run: python3 -m pip install openpyxl",
	},
	{
		name: "Neovim",
		purpose: "the tests use the language server with it, as an editor that is not VS Code",
		find: () => findProgram("nvim"),
		needed: () => true,
		debian: ["neovim"],
		elsewhere: "Install Neovim from neovim.io and put nvim on the PATH.",
	},
	{
		name: "git",
		purpose: "limits are compared with the last commit",
		find: () => findProgram("git"),
		needed: () => true,
		debian: ["git"],
		elsewhere: "Install git from git-scm.com.",
	},
	{
		name: "Chromium",
		purpose: "it shows VS Code where VS Code itself cannot be downloaded",
		find: findChromium,
		needed: (need) => need.browserHost,
		debian: ["chromium"],
		elsewhere: "Install Chromium or Google Chrome.",
	},
	{
		name: "Python, make and a C++ compiler",
		purpose: "the VS Code host in the browser compiles parts of itself when it is installed",
		find: () => (findProgram("python3") !== null && findProgram("make") !== null ? findProgram("g++", "c++") : null),
		needed: (need) => need.compile,
		debian: ["python3", "make", "g++"],
		elsewhere: "Install Python 3 and the compilers of your system (Xcode command line tools, Visual Studio build tools).",
	},
	{
		name: "Kerberos headers",
		purpose: "the VS Code host in the browser compiles against them when it is installed",
		find: () =>
			process.platform !== "linux" ? "not used here" : (["/usr/include/krb5.h", "/usr/include/krb5/krb5.h"].find(existsSync) ?? null),
		needed: (need) => need.compile,
		debian: ["libkrb5-dev"],
		elsewhere: "Install the development package of Kerberos (libkrb5-dev, krb5-devel).",
	},
	{
		name: "Xvfb",
		purpose: "VS Code needs a screen, and this machine has none",
		find: () => findProgram("xvfb-run"),
		needed: (need) => !need.browserHost && needsVirtualScreen(),
		debian: ["xvfb", "xauth"],
		elsewhere: "Install xvfb-run.",
	},
];

/** Whether a window can only be opened on a virtual screen. */
export function needsVirtualScreen(): boolean {
	return process.platform === "linux" && process.env["DISPLAY"] === undefined && process.env["WAYLAND_DISPLAY"] === undefined;
}

/**
 * Makes sure of the tools that this machine needs. What is missing is installed by apt-get where that is possible (root on
 * Debian or a relative of it); otherwise a message says what to do. Answers whether all are there.
 */
export async function ensureTools(install: boolean): Promise<boolean> {
	const browserHost = !(await canDownloadVsCode());
	const need = { browserHost, compile: browserHost && !browserHostIsInstalled() };
	const isMissing = (tool: SystemTool) => tool.needed(need) && tool.find() === null;
	const missing = SYSTEM_TOOLS.filter(isMissing);
	if (missing.length > 0 && install && canUseApt()) {
		const packages = missing.flatMap((tool) => tool.debian);
		console.log(`Installing with apt-get: ${packages.join(" ")} …`);
		runApt("update");
		runApt("install", "-y", "--no-install-recommends", ...packages);
	}
	const still = missing.filter(isMissing);
	for (const tool of still) {
		console.error(`${tool.name} is missing: ${tool.purpose}.`);
		console.error(findProgram("apt-get") === null ? `  ${tool.elsewhere}` : `  sudo apt-get install ${tool.debian.join(" ")}`);
	}
	return still.length === 0;
}

/** Path of a Chromium or a relative of it; null when there is none. */
export function findChromium(): string | null {
	const own = playwrightChromium.executablePath();
	return (
		findProgram(
			"chromium",
			"chromium-browser",
			"google-chrome",
			"google-chrome-stable",
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
		) ?? (existsSync(own) ? own : null)
	);
}

/** Path of the first program that there is, of names to look for on the PATH and of full paths. */
export function findProgram(...names: readonly string[]): string | null {
	const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
	const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
	const candidates = names.flatMap((name) =>
		name.includes("/") ? [name] : folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))),
	);
	return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

/** Path of a Python that has a module. Debian's packages are for Debian's Python, which need not be the first on the PATH. */
function findPythonWith(module: string): string | null {
	const candidates = ["/usr/bin/python3", findProgram("python3"), findProgram("python")].filter(
		(path) => path !== null && existsSync(path),
	);
	return candidates.find((python) => spawnSync(python!, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0) ?? null;
}

function canUseApt(): boolean {
	return process.getuid?.() === 0 && findProgram("apt-get") !== null;
}

function runApt(...args: readonly string[]): void {
	spawnSync("apt-get", ["-q", ...args], {
		stdio: ["ignore", "ignore", "inherit"],
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
	});
}

if (import.meta.main) {
	const complete = await ensureTools(process.argv.includes("--install"));
	if (complete) console.log("All system tools are there.");
	process.exitCode = complete ? 0 : 1;
}
