import type { LoadProgress } from "../core/loading/loaded.ts";
import { formatCount, formatCounted } from "../core/texts/format-count.ts";
import { t } from "../core/texts/translate.ts";
import { createProgressDescriber } from "../workspace/data/describe-progress.ts";

/** Tells the client how far a long request has come; the protocol library's reporters are ones. */
export interface ProgressReporter {
	begin(title: string, percentage?: number, message?: string, cancellable?: boolean): void;
	report(message: string): void;
	report(percentage: number, message: string): void;
	done(): void;
}

/** Told how many rows of a long output have been written, and of how many. */
export type OnRows = (written: number, total: number) => void;

/** Milliseconds between two messages, so that loading is not slowed down by telling of it. */
const REPORT_EVERY_MS = 100;

/** Runs a task between the beginning and the end of its progress; the end is told of in any case. */
export async function withProgress<Result>(
	progress: ProgressReporter,
	title: string,
	task: (onProgress: (loaded: LoadProgress) => void, onRows: OnRows) => Promise<Result>,
): Promise<Result> {
	// A client may ignore the percentages of what has not begun with one.
	progress.begin(title, 0, undefined, true);
	const describe = createProgressDescriber(() => performance.now());
	const [isReadingDue, isWritingDue] = [createPace(), createPace()];
	try {
		return await task(
			(loaded) => {
				if (!isReadingDue()) return;
				const { text, percentage } = describe(loaded);
				if (percentage === null) progress.report(text);
				else progress.report(percentage, text);
			},
			(written, total) => {
				if (!isWritingDue()) return;
				const text = t`${formatCount(written)} of ${formatCounted(total, "row")} written`;
				progress.report(Math.floor((100 * written) / total), text);
			},
		);
	} finally {
		progress.done();
	}
}

/** Whether it is time for another message: at once, and then every {@link REPORT_EVERY_MS}. */
function createPace(): () => boolean {
	let last = Number.NEGATIVE_INFINITY;
	return () => {
		const now = performance.now();
		if (now - last < REPORT_EVERY_MS) return false;
		last = now;
		return true;
	};
}
