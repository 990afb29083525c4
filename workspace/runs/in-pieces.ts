import { setImmediate } from "node:timers/promises";
import type { Steps } from "../../core/subscriptions/in-steps.ts";

/** Milliseconds of work after which something else of the thread may go on. */
const PATIENCE_MS = 15;

/**
 * Does the work of steps with pauses, so that a question of somebody else need not wait for all of it.
 * @throws `signal.reason` when aborted.
 */
export async function doInPieces<Value>(steps: Steps<Value>, signal: AbortSignal): Promise<Value> {
	let since = performance.now();
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
		if (performance.now() - since > PATIENCE_MS) {
			await setImmediate();
			signal.throwIfAborted();
			since = performance.now();
		}
	}
}
