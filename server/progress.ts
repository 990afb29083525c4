import { formatCount } from "../core/config/format-count.ts";
import type { LoadProgress } from "../core/loading/loaded.ts";

/** Tells the client how far a long request has come; the protocol library's reporters are ones. */
export interface ProgressReporter {
	begin(title: string, percentage?: number, message?: string, cancellable?: boolean): void;
	report(message: string): void;
	done(): void;
}

/** Milliseconds between two messages, so that loading is not slowed down by telling of it. */
const REPORT_EVERY_MS = 100;

/** Runs a task between the beginning and the end of its progress; the end is told of in any case. */
export async function withProgress<Result>(
	progress: ProgressReporter,
	title: string,
	task: (onProgress: (loaded: LoadProgress) => void) => Promise<Result>,
): Promise<Result> {
	progress.begin(title, undefined, undefined, true);
	let last = 0;
	try {
		return await task(({ sourceName, rows }) => {
			const now = performance.now();
			if (now - last < REPORT_EVERY_MS) return;
			last = now;
			progress.report(`${sourceName}: ${formatCount(rows)} rows`);
		});
	} finally {
		progress.done();
	}
}
