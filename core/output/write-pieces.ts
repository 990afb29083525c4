import type { FileSink } from "./file-sink.ts";

/** Characters that are written at once: one system call per line would be slow. Lines of so many characters are made within a few milliseconds. */
const CHUNK_LENGTH = 1 << 16;

/** Joins short texts to some of a length that is worth writing. */
export function* joinPieces(pieces: Iterable<string>): Iterable<string> {
	let chunk = "";
	for (const piece of pieces) {
		chunk += piece;
		if (chunk.length < CHUNK_LENGTH) continue;
		yield chunk;
		chunk = "";
	}
	if (chunk !== "") yield chunk;
}

/**
 * Writes short texts one after the other; others have a turn now and then.
 * @throws when the write was cancelled or has failed.
 */
export async function writePieces(sink: FileSink, pieces: Iterable<string>): Promise<void> {
	for (const chunk of joinPieces(pieces)) await sink.write(chunk);
}
