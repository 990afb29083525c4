import type { LoadProgress } from "../core/loading/loaded.ts";
import { formatCount } from "../core/texts/format-count.ts";
import { createProgressDescriber } from "../workspace/data/describe-progress.ts";
import type { TextRows } from "../workspace/runs/installation-lines.ts";
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

/** Passes the text of a long output on, and shows on a terminal how many installations of it have been taken; the line is wiped at the end. */
export function* withProgressLine(
	io: CliIo,
	texts: Iterable<TextRows>,
	total: number,
	clockMs: () => number = () => performance.now(),
): Iterable<string> {
	const columns = io.stderr.columns;
	let nextAt = clockMs() + FIRST_AFTER_MS;
	let shown = false;
	let count = 0;
	try {
		for (const { text, rows } of texts) {
			yield text;
			count += rows;
			if (columns === null || clockMs() < nextAt) continue;
			nextAt = clockMs() + THEN_EVERY_MS;
			shown = true;
			const line = `Writing: ${formatCount(count)} of ${formatCount(total)} installations`;
			void io.stderr.write(`\r\u001B[K${cut(line, columns - 1)}`);
		}
	} finally {
		if (shown) void io.stderr.write("\r\u001B[K");
	}
}
