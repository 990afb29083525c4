import type { LoadProgress } from "../core/loading/loaded.ts";
import { createProgressDescriber } from "../workspace/data/describe-progress.ts";

/** Tells the client how far a long request has come; the protocol library's reporters are ones. */
export interface ProgressReporter {
	begin(title: string, percentage?: number, message?: string, cancellable?: boolean): void;
	report(message: string): void;
	report(percentage: number, message: string): void;
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
	// A client may ignore the percentages of what has not begun with one.
	progress.begin(title, 0, undefined, true);
	const describe = createProgressDescriber(() => performance.now());
	let last = 0;
	try {
		return await task((loaded) => {
			const now = performance.now();
			if (now - last < REPORT_EVERY_MS) return;
			last = now;
			const { text, percentage } = describe(loaded);
			if (percentage === null) progress.report(text);
			else progress.report(percentage, text);
		});
	} finally {
		progress.done();
	}
}
