import { writeFileSync } from "node:fs";

/** File for the result; put in by the bundler, since the extension host takes no arguments. */
declare const RESULT_FILE: string;

/** Whether the folder that is open has nothing of ours; put in by the bundler too. */
declare const IS_FOREIGN: boolean;

/** What the run leaves for the script that started the host. */
export interface ClientResult {
	readonly passed: number;
	readonly failed: number;
	/** One line per test, and the error of each that failed. */
	readonly lines: readonly string[];
}

/** Runs the suite inside the extension host; called by the editor, which takes a rejection for a failure. */
export async function run(): Promise<void> {
	const { default: Mocha } = await import("mocha");
	const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: "min", forbidOnly: true, forbidPending: true });
	mocha.suite.emit("pre-require", globalThis, "", mocha);
	if (IS_FOREIGN) await import("./foreign.test.ts");
	else await importAll();
	const lines: string[] = [];
	let passed = 0;
	const failed = await new Promise<number>((done) => {
		const runner = mocha.run(done);
		runner.on("pass", (test) => {
			passed++;
			lines.push(`  ✓ ${test.fullTitle()} (${test.duration} ms)`);
		});
		runner.on("fail", (test, error: Error) => lines.push(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`));
	});
	writeFileSync(RESULT_FILE, JSON.stringify({ passed, failed, lines } satisfies ClientResult));
	if (failed > 0) throw new Error(`${failed} tests failed.`);
}

async function importAll(): Promise<void> {
	await import("./activation.test.ts");
	await import("./diagnostics.test.ts");
	await import("./language-features.test.ts");
	await import("./settings.test.ts");
	await import("./around.test.ts");
	await import("./views.test.ts");
	await import("./export.test.ts");
}
