import { stat } from "node:fs/promises";
import { replaceFile } from "../core/output/replace-file.ts";
import { joinPieces, writePieces } from "../core/output/write-pieces.ts";
import { formatCounted, type Noun } from "../core/texts/format-count.ts";
import { isInput } from "../workspace/runs/overwritten-input.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type CliFailure, type CliIo, failure, type TextOutput } from "./cli-io.ts";
import { displayName } from "./open-workspace.ts";

/**
 * Writes text to a file, or to standard output when the file is null. A file is written as a whole or not at all, so a
 * failure or Ctrl+C leaves what was there before.
 * @param file absolute.
 * @throws `signal.reason` when the signal is aborted.
 */
export async function writeOutput(io: CliIo, file: string | null, pieces: Iterable<string>): Promise<CliFailure | null> {
	if (file === null) {
		for (const chunk of joinPieces(pieces)) {
			const isRead = await io.stdout.write(chunk);
			io.signal.throwIfAborted();
			if (!isRead) return failureOf(io.stdout);
		}
		return null;
	}
	const target = await stat(file).catch(() => null);
	if (target !== null && !target.isFile() && !target.isDirectory())
		return failure(`${file} is not an ordinary file. Leave --out away to print instead.`);
	const result = await replaceFile(file, (sink) => writePieces(sink, pieces), io.signal);
	if (result.written) return null;
	io.signal.throwIfAborted();
	return failure(result.message);
}

/** Why standard output takes nothing any more; null when its reader has merely gone away. */
function failureOf(output: TextOutput): CliFailure | null {
	const error = output.failure();
	return error === null ? null : failure(`the result can't be written to standard output: ${error.message}. It is not complete.`);
}

/** Refuses an output file that is any configuration of the workspace, or data that one links to: a result must never take the place of an input. */
export async function findOverwrittenInput(workspace: Workspace, outFile: string | null): Promise<CliFailure | null> {
	if (outFile === null) return null;
	return (await isInput(workspace, outFile)) ? failure(`${outFile} is read for this result. Choose another name with --out.`) : null;
}

/** Says on standard error what was written; standard output is for results alone. */
export async function noteWritten(io: CliIo, file: string, count: number, noun: Noun): Promise<void> {
	await io.stderr.write(`Wrote ${displayName(io, file)}: ${formatCounted(count, noun)}.\n`);
}

/** Lines with their ends. */
export function* withLineEnds(lines: Iterable<string>): Iterable<string> {
	for (const line of lines) yield `${line}\n`;
}
