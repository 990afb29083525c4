import type { LoadProgress } from "../../core/loading/loaded.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";

/** How far a load has come, for a person. */
export interface ProgressText {
	/** Such as "installs: 4,120,000 rows, 412 of 962 MB, about 3 s left". */
	readonly text: string;
	/** 0 to 100; null where nobody knows how much there is. */
	readonly percentage: number | null;
}

/** Makes descriptions of one load's progress; the time left follows from how long the bytes so far took, counted from now on. */
export function createProgressDescriber(clockMs: () => number): (progress: LoadProgress) => ProgressText {
	const startedAt = clockMs();
	return ({ sourceName, rows, bytes, totalBytes }) => {
		const counted = t`${sourceName}: ${formatCount(rows)} rows`;
		if (bytes === null || totalBytes === null || totalBytes === 0) return { text: counted, percentage: null };
		const share = Math.min(bytes / totalBytes, 1);
		const amount = t`${formatCount(toMegabytes(bytes))} of ${formatCount(toMegabytes(totalBytes))} MB`;
		const elapsed = clockMs() - startedAt;
		// Too early, the first milliseconds of starting would be taken for the speed of reading.
		const isTold = elapsed >= ESTIMATE_AFTER_MS && share > 0 && share < 1;
		const left = isTold ? [t`${describeTime((elapsed / share) * (1 - share))} left`] : [];
		return { text: [counted, amount, ...left].join(", "), percentage: Math.floor(share * 100) };
	};
}

/**
 * Makes progress of single sources into progress over all files of a load; of a source that does not tell its bytes, nobody knows.
 * @param totalBytes of all files; null where that is unknown.
 */
export function addUpBytes(totalBytes: number | null, onProgress: (progress: LoadProgress) => void): (progress: LoadProgress) => void {
	const read = new Map<string, number>();
	return (progress) => {
		if (totalBytes === null || progress.bytes === null) {
			onProgress({ ...progress, bytes: null, totalBytes: null });
			return;
		}
		read.set(progress.sourceName, progress.bytes);
		onProgress({ ...progress, bytes: [...read.values()].reduce((sum, bytes) => sum + bytes, 0), totalBytes });
	};
}

const ESTIMATE_AFTER_MS = 500;

function toMegabytes(bytes: number): number {
	return Math.ceil(bytes / 1_000_000);
}

function describeTime(milliseconds: number): string {
	const seconds = Math.max(1, Math.round(milliseconds / 1000));
	return seconds < 90 ? t`about ${seconds} s` : t`about ${formatCount(Math.round(seconds / 60))} min`;
}
