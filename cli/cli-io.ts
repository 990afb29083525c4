import type { InstantMs } from "../core/dates/instant.ts";

/** Where text goes: standard output, standard error, or a list in a test. */
export interface TextOutput {
	/** Resolves when the text has left the process; false when it cannot, so that a writer can stop. */
	write(text: string): Promise<boolean>;
	/** Why text cannot leave, such as a full disk; null when it can, and when nobody reads any more (`| head`), which is no failure. */
	failure(): Error | null;
	/** Columns of the terminal; null when it is not a terminal. */
	readonly columns: number | null;
	/** Whether colours may be used. */
	readonly colours: boolean;
}

/** Everything that a command may see of the world outside. */
export interface CliIo {
	/** Absolute; relative paths of the command line start here. */
	readonly cwd: string;
	readonly stdout: TextOutput;
	readonly stderr: TextOutput;
	/** Aborted when the person presses Ctrl+C. */
	readonly signal: AbortSignal;
	readonly now: () => InstantMs;
	/** Takes what is to be ended with the process, when that does not end by itself. */
	readonly atEnd?: (end: () => Promise<void>) => void;
}

/** 0 done, 1 the answer is "no" (errors found, no such installation), 2 could not run, 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Why a command could not run, in words for the person at the terminal. */
export interface CliFailure {
	readonly failed: true;
	readonly message: string;
}

/** A failure with its message. */
export function failure(message: string): CliFailure {
	return { failed: true, message };
}

/** Says on standard error why a command could not run. */
export async function reportFailure(io: CliIo, message: string): Promise<ExitCode> {
	await io.stderr.write(`usage-report: ${message}\n`);
	return 2;
}
