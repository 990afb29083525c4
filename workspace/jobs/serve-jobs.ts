import type { MessagePort } from "node:worker_threads";
import type { ReadProgress } from "../../core/loading/source-read.ts";
import type { JobOptions } from "./job.ts";
import { listParts, numberParts } from "./known-parts.ts";
import { type JobMessage, LOOK_UP, type WorkerMessage } from "./worker-messages.ts";

/** Milliseconds between two messages, so that work is not slowed down by telling of it. */
const PROGRESS_EVERY_MS = 50;

/** Carries out the jobs that come through a port, one after the other, in a worker thread. */
export function serveJobs(port: MessagePort, carryOut: (kind: string, input: unknown, options: JobOptions) => Promise<unknown>): void {
	let lookUp = () => {};
	const say = (message: WorkerMessage) => port.postMessage(message);

	async function serve({ kind, input, abandoned }: JobMessage): Promise<void> {
		const { signal, look } = createFlagSignal(abandoned);
		lookUp = look;
		try {
			// Before the work, which may change nothing of its input, but need not be trusted with it.
			const parts = listParts(input);
			const output = await carryOut(kind, input, { signal, onProgress: throttle((progress) => say({ type: "progress", progress })) });
			say({ type: "answer", output: numberParts(output, parts) });
		} catch (error) {
			const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
			say({ type: "error", name, message, stack });
		}
	}

	port.on("message", (message: JobMessage | typeof LOOK_UP) => {
		if (message === LOOK_UP) lookUp();
		else void serve(message);
	});
}

/**
 * A signal that is aborted once a flag in shared memory is set. Whoever asks it looks at the flag itself, so that work which
 * never lets go of the thread learns of it as well; `look` tells those who listen.
 */
function createFlagSignal(flag: Int32Array): { readonly signal: AbortSignal; readonly look: () => boolean } {
	const controller = new AbortController();
	const { signal } = controller;
	let aborted = false;
	const look = () => {
		if (!aborted && Atomics.load(flag, 0) !== 0) {
			aborted = true;
			controller.abort();
		}
		return aborted;
	};
	Object.defineProperties(signal, {
		aborted: { get: look },
		throwIfAborted: {
			value: () => {
				if (look()) throw signal.reason;
			},
		},
	});
	return { signal, look };
}

function throttle(tell: (progress: ReadProgress) => void): (progress: ReadProgress) => void {
	let nextAt = 0;
	return (progress) => {
		const now = performance.now();
		if (now < nextAt) return;
		nextAt = now + PROGRESS_EVERY_MS;
		tell(progress);
	};
}
