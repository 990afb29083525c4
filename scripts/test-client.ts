import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

/** Runs the suite against the unpacked and the packaged extension, and then uses the packaged one as a person would. */
async function testClient(): Promise<Counts> {
	const vsix = packageFile(hostTarget());
	for (const needed of [join(root, "dist", "client.cjs"), vsix])
		if (!existsSync(needed)) throw new Error(`${needed} is missing. Run npm run build and npm run package first.`);
	const inElectron = await canDownloadVsCode();
	const counts: Counts[] = [];
	for (const packaged of [false, true]) {
		console.log(`\n${packaged ? "The installed package" : "The unpacked extension"} in ${inElectron ? "VS Code" : "the browser host"}:`);
		counts.push(await runSuite(packaged ? vsix : null, inElectron));
	}
	console.log("\nA person in the workbench:");
	counts.push(await walkThrough(vsix));
	return counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

async function runSuite(vsix: string | null, inElectron: boolean): Promise<Counts> {
	const scratch = mkdtempSync(join(tmpdir(), "usage-report-test-"));
	try {
		const folder = makeWorkspace(scratch);
		const result = join(scratch, "result.json");
		const tests = await bundleTests(result);
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

/**
 * Bundles the suite into a folder that is an empty extension too: a packaged extension is tested from there, so that
 * nothing of the project's sources can stand in for what the package lacks.
 */
async function bundleTests(result: string): Promise<string> {
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
		define: { RESULT_FILE: JSON.stringify(result) },
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
