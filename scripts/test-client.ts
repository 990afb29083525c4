import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { hostTarget } from "./build.ts";
import { runInBrowserHost, runInElectron } from "./client-suite.ts";
import { packageFile } from "./package.ts";
import { canDownloadVsCode } from "./vscode-host.ts";
import { walkThrough } from "./walk-through.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Counts {
	readonly passed: number;
	readonly failed: number;
}

/**
 * Runs the suite against the unpacked and the packaged extension, and then uses the packaged one as a person would. `--walks`
 * takes some walks alone, by their names (`all` for each); `--pictures` also writes the pictures of the documentation.
 */
async function testClient(): Promise<Counts> {
	const { values } = parseArgs({ options: { walks: { type: "string" }, pictures: { type: "boolean", default: false } } });
	const vsix = packageFile(hostTarget());
	for (const needed of [join(root, "dist", "client.cjs"), vsix])
		if (!existsSync(needed)) throw new Error(`${needed} is missing. Run npm run build and npm run package first.`);
	if (values.walks !== undefined) {
		return walkThrough(vsix, { names: values.walks === "all" ? null : values.walks.split(","), pictures: values.pictures });
	}
	const inElectron = await canDownloadVsCode();
	const counts: Counts[] = [];
	for (const packaged of [false, true]) {
		console.log(`\n${packaged ? "The installed package" : "The unpacked extension"} in ${inElectron ? "VS Code" : "the browser host"}:`);
		counts.push(await runSuite({ vsix: packaged ? vsix : null, inElectron, isForeign: false }));
	}
	console.log("\nThe installed package in a folder without anything of ours:");
	counts.push(await runSuite({ vsix, inElectron, isForeign: true }));
	console.log("\nA person in the workbench:");
	counts.push(await walkThrough(vsix, { names: null, pictures: values.pictures }));
	return counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

interface Suite {
	/** Null for the unpacked extension. */
	readonly vsix: string | null;
	readonly inElectron: boolean;
	/** Whether the folder that is open has no configuration. */
	readonly isForeign: boolean;
}

async function runSuite({ vsix, inElectron, isForeign }: Suite): Promise<Counts> {
	const scratch = mkdtempSync(join(tmpdir(), "usage-report-test-"));
	try {
		const folder = isForeign ? makeForeignFolder(scratch) : makeWorkspace(scratch);
		const result = join(scratch, "result.json");
		const tests = await bundleTests(result, isForeign);
		const log = await (inElectron ? runInElectron : runInBrowserHost)({
			folder,
			vsix,
			extension: vsix === null ? root : dirname(tests),
			tests,
			scratch,
		});
		if (!existsSync(result)) {
			console.log(`${log}\n  ✗ the host ended without a result`);
			return { passed: 0, failed: 1 };
		}
		const { passed, failed, lines } = JSON.parse(readFileSync(result, "utf8")) as Counts & { readonly lines: readonly string[] };
		for (const line of lines) console.log(line);
		console.log(`${passed} passing, ${failed} failing`);
		return { passed, failed: passed + failed === 0 ? 1 : failed };
	} finally {
		rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

/** A folder that the tests may change: their own configurations, and a sample with a database. */
function makeWorkspace(scratch: string): string {
	const folder = join(scratch, "workspace");
	cpSync(join(root, "test", "client", "fixtures"), folder, { recursive: true });
	cpSync(join(root, "samples", "wexcombe-hale"), join(folder, "samples", "wexcombe-hale"), { recursive: true });
	mkdirSync(join(folder, ".vscode"));
	writeFileSync(
		join(folder, ".vscode", "settings.json"),
		JSON.stringify({ "files.simpleDialog.enable": true, "workbench.startupEditor": "none" }),
	);
	return folder;
}

/** A folder as others have it: YAML, but none of ours. */
function makeForeignFolder(scratch: string): string {
	const folder = join(scratch, "foreign");
	mkdirSync(folder);
	writeFileSync(join(folder, "docker-compose.yaml"), "services: {}\n");
	return folder;
}

/**
 * Bundles the suite into a folder that is an empty extension too: a packaged extension is tested from there, so that
 * nothing of the project's sources can stand in for what the package lacks.
 */
async function bundleTests(result: string, isForeign: boolean): Promise<string> {
	const outfile = join(root, ".build", "test-client-suite", "index.cjs");
	await build({
		absWorkingDir: root,
		entryPoints: ["test/client/index.ts"],
		outfile,
		bundle: true,
		platform: "node",
		format: "cjs",
		target: "node22",
		external: ["vscode", "mocha"],
		define: { RESULT_FILE: JSON.stringify(result), IS_FOREIGN: String(isForeign) },
		sourcemap: "inline",
		logLevel: "warning",
	});
	const manifest = { name: "test-suite", publisher: "usage-report", version: "0.0.1", engines: { vscode: "^1.101.0" } };
	writeFileSync(join(dirname(outfile), "package.json"), JSON.stringify(manifest));
	return outfile;
}

const { passed, failed } = await testClient();
mkdirSync(join(root, "out", "test"), { recursive: true });
writeFileSync(join(root, "out", "test", "client.json"), JSON.stringify({ passed, failed }));
console.log(`\n${passed} passing, ${failed} failing`);
process.exit(failed === 0 ? 0 : 1);
