import { openOutput } from "./process-output.ts";
import { run } from "./run.ts";

void runProcess();

/** Runs this process's command line and sets its exit code. */
async function runProcess(): Promise<void> {
	// Deprecations within packages are for whoever builds this program, not for its users.
	process.noDeprecation = true;
	const cancel = new AbortController();
	// The second Ctrl+C finds no listener and ends the process at once.
	for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => cancel.abort());
	process.exitCode = await run(process.argv.slice(2), {
		cwd: process.cwd(),
		stdout: openOutput(process.stdout, process.env, cancel.signal),
		stderr: openOutput(process.stderr, process.env, cancel.signal),
		signal: cancel.signal,
		now: () => Date.now(),
	});
	// What a cancelled command was reading may still be open and would keep the process alive.
	if (cancel.signal.aborted) process.exit();
}
