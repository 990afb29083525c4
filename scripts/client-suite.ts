import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { openBrowser } from "./browser.ts";
import { needsVirtualScreen } from "./tools.ts";
import { startBrowserHost } from "./vscode-host.ts";

/** One run of the suite in an extension host. */
export interface SuiteRun {
	/** Folder that is open in the workbench. */
	readonly folder: string;
	/** Packaged extension to install; null to load `extension` as the one under test. */
	readonly vsix: string | null;
	/** Folder of the extension that is loaded from its sources. */
	readonly extension: string;
	/** Bundle that exports `run()`. */
	readonly tests: string;
	/** Folder for what the host writes. */
	readonly scratch: string;
}

/** No suite takes longer; a host that hangs is ended then. */
const SUITE_MS = 300_000;

/** Runs the suite in the host for the browser; answers the host's log. */
export async function runInBrowserHost(run: SuiteRun): Promise<string> {
	const host = await startBrowserHost(run.vsix === null ? [] : [run.vsix]);
	const browser = await openBrowser();
	const log: string[] = [];
	try {
		const page = await browser.newPage();
		const ended = new Promise<void>((done) => {
			const timer = setTimeout(done, SUITE_MS);
			// The workbench calls these when it runs tests.
			void page.exposeFunction("codeAutomationExit", () => {
				clearTimeout(timer);
				done();
			});
		});
		await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
			log.push(args.map(String).join(" "));
		});
		await page.goto(host.address(run.folder, run.extension, run.tests));
		await ended;
	} finally {
		await browser.close();
		await host.stop();
	}
	return log.join("\n");
}

/** Runs the suite in VS Code itself, on a virtual screen where there is no other. */
export async function runInElectron(run: SuiteRun): Promise<string> {
	const executable = await downloadAndUnzipVSCode({ timeout: 60_000 });
	const folders = [`--user-data-dir=${join(run.scratch, "user")}`, `--extensions-dir=${join(run.scratch, "extensions")}`];
	if (run.vsix !== null) {
		const [command = executable, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
		const own = args.filter((arg) => !/^--(user-data|extensions)-dir/.test(arg));
		const child = spawnSync(command, [...own, ...folders, "--install-extension", run.vsix], {
			encoding: "utf8",
			shell: process.platform === "win32",
		});
		if (child.status !== 0) return `${child.stdout}\n${child.stderr}`;
	}
	const launchArgs = [run.folder, ...folders, "--disable-workspace-trust", "--disable-telemetry", "--skip-welcome"];
	try {
		if (needsVirtualScreen()) {
			const args = [
				...launchArgs,
				"--no-sandbox",
				"--disable-gpu",
				`--extensionDevelopmentPath=${run.extension}`,
				`--extensionTestsPath=${run.tests}`,
			];
			const child = spawnSync("xvfb-run", ["-a", executable, ...args], { encoding: "utf8", timeout: SUITE_MS });
			return `${child.stdout}\n${child.stderr}`;
		}
		await runTests({
			vscodeExecutablePath: executable,
			extensionDevelopmentPath: run.extension,
			extensionTestsPath: run.tests,
			launchArgs,
		});
		return "";
	} catch (error) {
		return String(error);
	}
}
