import type { NameTable } from "../../core/columns/name-table.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { findImpact } from "../../core/usage/impact.ts";
import { makeLimits } from "../../core/usage/limits.ts";
import { sortedNames } from "../../core/usage/sorted-names.ts";
import { countWithLimits } from "../../core/usage/usage-profile.ts";
import { inWords } from "../../workspace/runs/run-categorize.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { KeptPreviews } from "../kept-previews.ts";
import type { ProgressReporter } from "../progress.ts";
import type { ImpactParams, ImpactResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";

/** What other limits would make of a preview; nothing is categorized for it, so it follows a slider. */
export async function findPreviewImpact(
	workspace: Workspace,
	kept: KeptPreviews,
	{ uri, limits, products }: ImpactParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ImpactResult | Failure> {
	const to = makeLimits(limits ?? {}).value;
	if (to === null) return { failed: true, message: "The limits to compare with are three whole numbers of days from 0." };
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	const { categorization } = run;
	const profile = await inWords(workspace.results.profile(categorization, signal));
	if ("failed" in profile) return profile;
	const { from, moved, moves, after } = findImpact(profile, categorization.limits, to);
	const byProduct = products === true ? listByName(categorization.estate.products, countWithLimits(profile, to).byProduct) : null;
	return { failed: false, from, to, moved, moves, totals: after, byProduct };
}

/** Counts by outcome, in code-unit order of the products' names. */
function listByName(products: NameTable, counts: Uint32Array): readonly (readonly number[])[] {
	const width = OUTCOMES.length;
	return Array.from(sortedNames(products), (product) => [...counts.subarray(product * width, (product + 1) * width)]);
}
