import { rename } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { isSystemError } from "./system-error.ts";

/** Milliseconds between two tries; half a second in all, after which somebody else really has the file open. */
const PAUSES_MS: readonly number[] = process.platform === "win32" ? [10, 40, 150, 300] : [];

/** What Windows answers while a virus scanner looks at a file that was just written. */
const HELD = ["EPERM", "EACCES", "EBUSY"];

/**
 * Gives a finished file its name. On Windows it may have to try again.
 * @throws the last error of the operating system; `signal.reason` when aborted between two tries.
 */
export async function moveIntoPlace(
	from: string,
	to: string,
	signal: AbortSignal,
	{ move = rename, pausesMs = PAUSES_MS }: { readonly move?: typeof rename; readonly pausesMs?: readonly number[] } = {},
): Promise<void> {
	for (const pauseMs of pausesMs) {
		signal.throwIfAborted();
		try {
			return await move(from, to);
		} catch (error) {
			if (!isSystemError(error) || !HELD.includes(error.code)) throw error;
			await setTimeout(pauseMs);
		}
	}
	signal.throwIfAborted();
	await move(from, to);
}
