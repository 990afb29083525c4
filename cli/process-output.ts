import type { TextOutput } from "./cli-io.ts";

/**
 * A stream of this process as a place for text. Colours are used on a terminal alone, and not where `NO_COLOR` is set.
 * @param signal when it is aborted, nobody waits any more for a reader that does not read.
 */
export function openOutput(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>, signal: AbortSignal): TextOutput {
	let isClosed = false;
	stream.on("error", () => {
		// A reader that has gone away (`| head`) is no failure; whoever writes learns of it from the answer of `write`.
		isClosed = true;
	});
	return {
		write: (text) =>
			new Promise((resolve) => {
				if (isClosed) return resolve(false);
				const giveUp = () => resolve(false);
				// After a cancel one may still say so; only what was waiting by then is given up.
				if (!signal.aborted) signal.addEventListener("abort", giveUp, { once: true });
				stream.write(text, (error) => {
					signal.removeEventListener("abort", giveUp);
					resolve(!error && !isClosed);
				});
			}),
		columns: stream.isTTY ? stream.columns : null,
		colours: stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb",
	};
}
