import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Makes what gives dropped columns back to the system. V8 does not count shared memory as its own: without being told, it would see
 * no reason to look for columns that nobody holds any more, and a program that allocates little kept them for ever.
 * @param collect carries out one collection.
 */
export function createGarbageCollection(collect: () => void = collectAll, waitMs: number = WAIT_MS): (droppedBytes: number) => void {
	let dropped = 0;
	let timer: NodeJS.Timeout | null = null;
	return (droppedBytes) => {
		dropped += droppedBytes;
		if (dropped < WORTH_BYTES || timer !== null) return;
		// What dropped them may still hold them for a moment, and several are often dropped in a row.
		timer = setTimeout(() => {
			timer = null;
			dropped = 0;
			collect();
		}, waitMs).unref();
	};
}

/** A collection stops the thread for some hundredths of a second. */
const WAIT_MS = 1000;
const WORTH_BYTES = 32 * 1024 * 1024;

/** Node.js has no other way to it for a program that was started without flags. */
function collectAll(): void {
	setFlagsFromString("--expose-gc");
	(runInNewContext("gc") as () => void)();
}
