import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureTools, findProgram } from "./tools.ts";
import { browserHostIsInstalled, startBrowserHost } from "./vscode-host.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Opens a folder in an installed VS Code with the extension loaded, or else in the host for the browser until Ctrl-C. */
async function openVsCode(folder: string): Promise<void> {
	const code = findProgram("code", "codium");
	if (code !== null) {
		const child = spawn(code, [`--extensionDevelopmentPath=${root}`, "--new-window", folder], {
			stdio: "inherit",
			shell: process.platform === "win32",
		});
		await once(child, "exit");
		console.log(`VS Code was asked to open ${folder} with the extension loaded.`);
		return;
	}
	console.log("There is no VS Code on the PATH, so one is started for the browser.");
	if (!browserHostIsInstalled() && !(await ensureTools(true))) {
		process.exitCode = 1;
		return;
	}
	const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
	const host = await startBrowserHost();
	console.log(
		`\nVS Code with the extension and ${folder} is at\n\n  ${host.address(folder, root)}\n\nOpen a *.usage.yaml file there. Ctrl-C ends it.`,
	);
	await stopped;
	await host.stop();
}

await openVsCode(resolve(root, process.argv[2] ?? "samples"));
