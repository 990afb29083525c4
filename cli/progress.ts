import type { LoadProgress } from "../core/loading/loaded.ts";
import { createProgressDescriber } from "../workspace/describe-progress.ts";
import type { CliIo } from "./cli-io.ts";
import { cut, printable } from "./text/table.ts";

// A load that is over sooner needs no progress; after that four times a second is enough for an eye.
const FIRST_AFTER_MS = 800;
const THEN_EVERY_MS = 250;

/** Shows on a terminal how far a long load has come, on one line of standard error that is wiped at the end. */
export interface ProgressLine {
	readonly onProgress: (progress: LoadProgress) => void;
	/** Wipes the line. */
	end(): Promise<void>;
}

/** A progress line; it stays silent where standard error is not a terminal. */
export function createProgressLine(io: CliIo, clockMs: () => number = () => performance.now()): ProgressLine {
	const columns = io.stderr.columns;
	const describe = createProgressDescriber(clockMs);
	let nextAt = clockMs() + FIRST_AFTER_MS;
	let shown = false;
	return {
		onProgress(progress) {
			if (columns === null || clockMs() < nextAt) return;
			nextAt = clockMs() + THEN_EVERY_MS;
			shown = true;
			void io.stderr.write(`\r\u001B[K${cut(`Reading ${printable(describe(progress).text)}`, columns - 1)}`);
		},
		async end() {
			if (shown) await io.stderr.write("\r\u001B[K");
		},
	};
}
