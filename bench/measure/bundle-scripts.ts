import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const bench = join(import.meta.dirname, "..");

/**
 * Turns the contenders into plain JavaScript, so that none of them pays for the types that Node.js would have to strip. Answers their
 * folder, which lies where Node.js finds the packages of the benchmark and of the project.
 */
export async function bundleScripts(): Promise<string> {
	const scripts = join(bench, ".build");
	const entryPoints = ["contenders", "in-process", "activity/scripts", "export/scripts", "report/scripts"].flatMap((folder) =>
		globSync(`${folder}/*.ts`, { cwd: bench }),
	);
	await build({
		absWorkingDir: bench,
		entryPoints: Object.fromEntries(entryPoints.map((file) => [basename(file, ".ts"), file])),
		outdir: scripts,
		outExtension: { ".js": ".mjs" },
		bundle: true,
		packages: "external",
		platform: "node",
		format: "esm",
		target: "node24",
		logLevel: "warning",
	});
	return scripts;
}
