import type { TextOutput } from "./cli-io.ts";

/** What a write to a pipe says when the process at its other end has ended. */
const READER_IS_GONE = ["EPIPE", "EOF", "ECONNRESET", "ERR_STREAM_DESTROYED"];

/**
 * A stream of this process as a place for text. Colours are used on a terminal alone, and not where `NO_COLOR` is set.
 * @param signal when it is aborted, nobody waits any more for a reader that does not read.
 */
export function openOutput(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>, signal: AbortSignal): TextOutput {
	let isClosed = false;
	let failure: Error | null = null;
	const close = (error: NodeJS.ErrnoException) => {
		isClosed = true;
		// A reader that has gone away (`| head`) is no failure; whoever writes learns of it from the answer of `write`.
		if (!READER_IS_GONE.includes(error.code ?? "")) failure ??= error;
	};
	stream.on("error", close);
	return {
		write: (text) =>
			new Promise((resolve) => {
				if (isClosed) return resolve(false);
				const giveUp = () => resolve(false);
				// After a cancel one may still say so; only what was waiting by then is given up.
				if (!signal.aborted) signal.addEventListener("abort", giveUp, { once: true });
				stream.write(text, (error) => {
					signal.removeEventListener("abort", giveUp);
					if (error) close(error);
					resolve(!error && !isClosed);
				});
			}),
		failure: () => failure,
		columns: stream.isTTY ? stream.columns : null,
		colours: stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb",
	};
}
