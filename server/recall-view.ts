import { t } from "../core/texts/translate.ts";
import type { Categorization } from "../core/usage/categorization.ts";
import { LIMIT_NAMES, type Limits, MAX_LIMIT, makeLimits } from "../core/usage/limits.ts";
import { type CategorizeRun, inWords } from "../workspace/runs/run-categorize.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { KeptPreviews } from "./kept-previews.ts";
import type { ProgressReporter } from "./progress.ts";
import type { Failure } from "./protocol/requests.ts";

/** What requests about the rows of a preview are carried out with. */
export interface ViewContext {
	readonly workspace: Workspace;
	readonly kept: KeptPreviews;
}

/** An instance as a preview shows it, be it with other limits than its own. */
export interface View {
	readonly failed: false;
	/** As the file has it. */
	readonly run: CategorizeRun;
	/** With the limits that were asked for. */
	readonly categorization: Categorization;
}

/**
 * What a preview showed last, with the limits that a request tries; nothing is loaded anew for them.
 * @param limits as a client gives them; absent for those of the preview.
 */
export async function recallView(
	{ workspace, kept }: ViewContext,
	{ uri, limits: given }: { readonly uri: string; readonly limits?: unknown },
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<View | Failure> {
	const limits = readLimits(given);
	if (limits !== null && "failed" in limits) return limits;
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	if (limits === null) return { failed: false, run, categorization: run.categorization };
	const categorization = await inWords(workspace.results.recategorize(run.categorization, limits, signal));
	return "failed" in categorization ? categorization : { failed: false, run, categorization };
}

/** Limits as a client gives them; null for none, a failure for what makes no sense. */
export function readLimits(given: unknown): Limits | null | Failure {
	if (given === undefined || given === null) return null;
	return readNeededLimits(given);
}

/** The same where they may not be absent. */
export function readNeededLimits(given: unknown): Limits | Failure {
	const values = typeof given === "object" && given !== null ? given : {};
	return (
		makeLimits(values).value ?? {
			failed: true,
			message: t`${LIMIT_NAMES.join(", ")} are three whole numbers of days from 0 to ${MAX_LIMIT}.`,
		}
	);
}
