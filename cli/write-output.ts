import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { formatCounted, type Noun } from "../core/texts/format-count.ts";
import { describeWriteFailure } from "../core/workbook/write-failure.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type CliFailure, type CliIo, failure, type TextOutput } from "./cli-io.ts";
import { displayName } from "./open-workspace.ts";

// Pieces are joined to about this many characters before they are written: one system call per line would be slow.
const CHUNK_LENGTH = 1 << 16;

/**
 * Writes text to a file, or to standard output when the file is null. A file appears under its name only when it is
 * complete: it is written beside its place and renamed, so a failure or Ctrl+C leaves what was there before.
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
	const refusal = await refuseTarget(file);
	return refusal ?? (await replaceFile(file, pieces, io.signal));
}

/** Why standard output takes nothing any more; null when its reader has merely gone away. */
function failureOf(output: TextOutput): CliFailure | null {
	const error = output.failure();
	return error === null ? null : failure(`the result can't be written to standard output: ${error.message}. It is not complete.`);
}

/** Why a file cannot be written, as far as that can be seen beforehand; null when nothing speaks against it. */
export async function refuseTarget(file: string): Promise<CliFailure | null> {
	const [target, folder] = await Promise.all([stat(file).catch(() => null), stat(path.dirname(file)).catch(() => null)]);
	if (target?.isDirectory()) return failure(describeWriteFailure(file, "EISDIR", ""));
	// Renaming a finished file over a device or a pipe would destroy it.
	if (target !== null && !target.isFile()) return failure(`${file} is not an ordinary file. Leave --out away to print instead.`);
	if (folder === null || !folder.isDirectory()) return failure(describeWriteFailure(file, "ENOENT", ""));
	return null;
}

/** Refuses an output file that is any configuration of the workspace, or data that one links to: a result must never take the place of an input. */
export async function findOverwrittenInput(workspace: Workspace, outFile: string | null): Promise<CliFailure | null> {
	if (outFile === null) return null;
	const { access } = workspace;
	const inputs = workspace.uris().flatMap((uri) => [access.toPath(uri), ...workspace.linkedPaths(uri)]);
	// Links are followed, since writing through one would destroy what it leads to.
	const [target, ...real] = await Promise.all([outFile, ...inputs].map(async (file) => (await access.realPath(file)) ?? file));
	return real.includes(target!) ? failure(`${outFile} is read for this result. Choose another name with --out.`) : null;
}

/** Says on standard error what was written; standard output is for results alone. */
export async function noteWritten(io: CliIo, file: string, count: number, noun: Noun): Promise<void> {
	await io.stderr.write(`Wrote ${displayName(io, file)}: ${formatCounted(count, noun)}.\n`);
}

/** Lines with their ends. */
export function* withLineEnds(lines: Iterable<string>): Iterable<string> {
	for (const line of lines) yield `${line}\n`;
}

async function replaceFile(file: string, pieces: Iterable<string>, signal: AbortSignal): Promise<CliFailure | null> {
	// A symbolic link stays one: what it leads to is replaced.
	const target = await realpath(file).catch(() => file);
	const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(4).toString("hex")}.tmp`);
	let renamed = false;
	try {
		const handle = await open(temporary, "wx");
		try {
			for (const chunk of joinPieces(pieces)) {
				signal.throwIfAborted();
				await handle.writeFile(chunk);
			}
			await handle.sync();
		} finally {
			await handle.close();
		}
		signal.throwIfAborted();
		await rename(temporary, target);
		renamed = true;
		return null;
	} catch (error) {
		if (signal.aborted) throw signal.reason;
		if (!(error instanceof Error) || !("code" in error)) throw error;
		return failure(describeWriteFailure(file, String(error.code), error.message));
	} finally {
		if (!renamed) await rm(temporary, { force: true }).catch(() => {});
	}
}

function* joinPieces(pieces: Iterable<string>): Iterable<string> {
	let chunk = "";
	for (const piece of pieces) {
		chunk += piece;
		if (chunk.length >= CHUNK_LENGTH) {
			yield chunk;
			chunk = "";
		}
	}
	if (chunk !== "") yield chunk;
}
