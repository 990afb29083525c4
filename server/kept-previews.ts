import { t } from "../core/texts/translate.ts";
import { weighColumns } from "../workspace/data/load-cache.ts";
import type { Failure } from "../workspace/run-failure.ts";
import { type CategorizeRun, runCategorize } from "../workspace/runs/run-categorize.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ProgressReporter, withProgress } from "./progress.ts";

/**
 * The categorized instances that a client has open. What it asks of one belongs to what it was shown last, whatever has changed
 * or vanished since; when loading it anew fails, that stays as it is.
 */
export interface KeptPreviews {
	/** Loads and categorizes an instance as it is now. */
	open(uri: string, signal: AbortSignal, progress: ProgressReporter): Promise<CategorizeRun | Failure>;
	/** What was opened last; opened when it never was, and again when it had to go for lack of memory. */
	recall(uri: string, signal: AbortSignal, progress: ProgressReporter): Promise<CategorizeRun | Failure>;
}

/** The previews of one workspace, kept together with its data. */
export function createKeptPreviews(workspace: Workspace): KeptPreviews {
	const keyOf = (uri: string) => JSON.stringify(["preview", workspace.canonicalUri(uri)]);

	async function open(uri: string, signal: AbortSignal, progress: ProgressReporter): Promise<CategorizeRun | Failure> {
		const run = await withProgress(progress, t("Categorizing installations"), (onProgress) =>
			runCategorize(workspace, uri, { signal, onProgress }),
		);
		if (!run.failed) workspace.cache.put(keyOf(run.uri), run, weighColumns([run.categorization, run.counts]));
		return run;
	}

	return {
		open,
		recall: async (uri, signal, progress) => (workspace.cache.get(keyOf(uri)) as CategorizeRun | undefined) ?? open(uri, signal, progress),
	};
}
