import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import Mocha from "mocha";

/** Some tests read estates of many megabytes, so more processes would want much memory. */
const MAX_JOBS = 4;

/**
 * Runs every test that needs no VS Code and leaves `{ passed, failed }` in out/test/unit.json. Arguments are file
 * patterns; without any, all tests run. A test that is skipped or a run without tests counts as failed. Files run side by side, each by itself.
 */
async function runUnitTests(patterns: readonly string[]): Promise<number> {
	const files = (patterns.length > 0 ? patterns : ["test/**/*.test.ts"])
		.flatMap((pattern) => globSync(pattern))
		.filter((file) => !/^test[\\/]client[\\/]/.test(file));
	const mocha = new Mocha({
		reporter: "dot",
		timeout: 240_000,
		forbidOnly: true,
		forbidPending: true,
		checkLeaks: true,
		parallel: true,
		// With one job it would be another mode, in which nothing loads the files.
		jobs: Math.max(2, Math.min(MAX_JOBS, availableParallelism())),
	});
	for (const file of files.sort()) mocha.addFile(resolve(file));
	// The processes that run the files load them; the published types don't know this.
	(mocha as Mocha & { lazyLoadFiles(enabled: boolean): void }).lazyLoadFiles(true);
	return new Promise((done) => {
		let passed = 0;
		const runner = mocha.run((failures) => {
			mkdirSync("out/test", { recursive: true });
			writeFileSync("out/test/unit.json", JSON.stringify({ passed, failed: failures }));
			done(failures === 0 && passed > 0 ? 0 : 1);
		});
		runner.on("pass", () => {
			passed++;
		});
	});
}

process.exit(await runUnitTests(process.argv.slice(2)));
