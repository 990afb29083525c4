import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { copyNative, hostTarget, TARGETS } from "./build.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the editor shows of the extension: the project's own README speaks to those who work with its sources. */
export const README = "client/README.md";

/** Path of the packaged extension of one platform. */
export function packageFile(target: string): string {
	const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
	return join(root, "out", `usage-report-${target}-${version}.vsix`);
}

/** Packages what is built in `dist/` for each platform, with the SQLite binary of that platform and no other. */
async function packageAll(targets: readonly string[]): Promise<void> {
	mkdirSync(join(root, "out"), { recursive: true });
	try {
		for (const target of targets) {
			const file = packageFile(target);
			rmSync(file, { force: true });
			copyNative(target);
			await createVSIX({
				cwd: root,
				packagePath: file,
				target,
				dependencies: false,
				readmePath: README,
				allowMissingRepository: true,
				skipLicense: true,
			});
		}
	} finally {
		copyNative(hostTarget());
	}
}

if (import.meta.main) {
	const { values } = parseArgs({ options: { target: { type: "string", multiple: true }, all: { type: "boolean", default: false } } });
	await packageAll(values.all ? Object.keys(TARGETS) : (values.target ?? [hostTarget()]));
}
