import { setTimeout } from "node:timers/promises";
import { openOutput } from "./process-output.ts";
import { run } from "./run.ts";

/** Milliseconds that threads have to end after a cancelled command. */
const END_WITHIN_MS = 80;

void runProcess();

/** Runs this process's command line and sets its exit code. */
async function runProcess(): Promise<void> {
	// Deprecations within packages are for whoever builds this program, not for its users.
	process.noDeprecation = true;
	const cancel = new AbortController();
	const ends: (() => Promise<void>)[] = [];
	// The second Ctrl+C finds no listener and ends the process at once.
	for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => cancel.abort());
	process.exitCode = await run(process.argv.slice(2), {
		cwd: process.cwd(),
		stdout: openOutput(process.stdout, process.env, cancel.signal),
		stderr: openOutput(process.stderr, process.env, cancel.signal),
		signal: cancel.signal,
		now: () => Date.now(),
		atEnd: (end) => void ends.push(end),
	});
	// What a cancelled command was reading may still be open and would keep the process alive.
	if (cancel.signal.aborted) {
		await Promise.race([Promise.all(ends.map((end) => end())), setTimeout(END_WITHIN_MS)]);
		process.exit();
	}
}
