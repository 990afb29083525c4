import type { FileHandle } from "node:fs/promises";
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";

/** Where the content of a new file goes. */
export interface FileSink {
	/**
	 * Takes some content; text becomes UTF-8. Resolves when there is room for more, and after others had a turn. The bytes must not be changed afterwards.
	 * @throws when the write was cancelled or has failed.
	 */
	write(content: Uint8Array | string): Promise<void>;
	/**
	 * Waits until there is room for more, and lets others have a turn; for those who write to the stream.
	 * @throws when the write was cancelled or has failed.
	 */
	flush(): Promise<void>;
	/** The same for libraries that write to a stream. It may be ended; it is destroyed when the write is cancelled or fails. */
	readonly stream: Writable;
}

/** A sink with what its maker needs. */
export interface OpenSink {
	readonly sink: FileSink;
	/** Rejects with the first failure; never resolves. */
	readonly failed: Promise<never>;
	/** Resolves when all content has been handed to the operating system. @throws the failure if there was one. */
	end(): Promise<void>;
	/** Takes no more. */
	stop(): void;
}

/** Bytes that may wait for the disk before who writes them has to wait as well. */
const BUFFER_BYTES = 1 << 20;

/** Opens a sink to a file, which stays open when the sink ends. */
export function openSink(handle: FileHandle, signal: AbortSignal): OpenSink {
	let failure: unknown = null;
	const stream = new Writable({
		highWaterMark: BUFFER_BYTES,
		write: (chunk: Buffer, _encoding, done) => {
			writeAll(handle, chunk).then(() => done(), done);
		},
		// A library's many small pieces go to the disk together.
		writev: (chunks, done) => {
			writeAll(handle, Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer))).then(() => done(), done);
		},
	});
	const finished = new Promise<void>((resolve) => stream.once("finish", () => resolve()));
	const failed = new Promise<never>((_, reject) => {
		const fail = (error: unknown) => {
			failure ??= error;
			reject(failure);
		};
		stream.on("error", fail);
		stream.on("close", () => stream.writableFinished || fail(new Error("The stream of a file was closed before its end.")));
	});
	// Whoever waits for it gets the rejection; when nobody does any more, it is no fault.
	failed.catch(() => undefined);

	function check(): void {
		signal.throwIfAborted();
		if (failure !== null) throw failure;
	}

	async function flush(): Promise<void> {
		if (stream.writableNeedDrain && !stream.destroyed) await Promise.race([drained(stream), failed]);
		await setImmediate();
		check();
	}

	return {
		sink: {
			async write(content) {
				check();
				stream.write(content);
				await flush();
			},
			flush,
			stream,
		},
		failed,
		async end() {
			check();
			if (!stream.writableEnded) stream.end();
			await Promise.race([finished, failed]);
		},
		stop: () => void stream.destroy(new Error("stopped")),
	};
}

/** Resolves when there is room again, or when there will never be. */
function drained(stream: Writable): Promise<void> {
	return new Promise((resolve) => {
		const settle = () => {
			stream.off("drain", settle);
			stream.off("close", settle);
			resolve();
		};
		stream.on("drain", settle);
		stream.on("close", settle);
	});
}

/** The operating system may take a part of the bytes only. */
async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
	let offset = 0;
	while (offset < bytes.length) offset += (await handle.write(bytes, offset, bytes.length - offset, null)).bytesWritten;
}
