import { CommanderError } from "commander";
import type { CliIo, ExitCode } from "./cli-io.ts";
import { createProgram } from "./program.ts";

/**
 * Runs one command line and answers the process's exit code. Nothing is thrown: bad input and failures of the program
 * itself become a message on standard error, with a stack trace only when `--verbose` asks for it.
 * @param argv the arguments after the program's name.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
	const program = createProgram(io);
	try {
		await program.command.parseAsync(argv, { from: "user" });
		return program.exitCode();
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		if (io.signal.aborted) {
			await io.stderr.write("usage-report: cancelled.\n");
			return 130;
		}
		await io.stderr.write(describeUnexpected(error, argv.includes("--verbose")));
		return 2;
	} finally {
		await program.flush();
	}
}

function describeUnexpected(error: unknown, isVerbose: boolean): string {
	const message = error instanceof Error ? error.message : String(error);
	const details = isVerbose && error instanceof Error ? (error.stack ?? "") : "Run the same again with --verbose for the details.";
	return `usage-report: an unexpected failure: ${message}\n${details}\n`;
}
