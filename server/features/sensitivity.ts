import { CATEGORIES } from "../../core/usage/category.ts";
import { findSensitivity } from "../../core/usage/sensitivity.ts";
import { inWords } from "../../workspace/runs/run-categorize.ts";
import type { ProgressReporter } from "../progress.ts";
import type { SensitivityParams, SensitivityResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readNeededLimits, type ViewContext } from "../recall-view.ts";

/** How the categories of a preview change with each limit, the two others held; nothing is categorized for it. */
export async function findPreviewSensitivity(
	{ workspace, kept }: ViewContext,
	{ uri, limits: given }: SensitivityParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<SensitivityResult | Failure> {
	const limits = readNeededLimits(given);
	if ("failed" in limits) return limits;
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	const profile = await inWords(workspace.results.profile(run.categorization, signal));
	if ("failed" in profile) return profile;
	const curves = findSensitivity(profile, limits).map(({ limit, values, counts }) => {
		const [used, rarelyUsed, unused, unreported] = CATEGORIES.map((_, place) => counts.map((each) => each[place]!));
		return { limit, values, used: used!, rarelyUsed: rarelyUsed!, unused: unused!, unreported: unreported! };
	});
	return { failed: false, curves };
}
