import { findImpact } from "../../core/usage/impact.ts";
import type { Limits } from "../../core/usage/limits.ts";
import { sumUnusedWorth } from "../../core/usage/product-prices.ts";
import { judgeMatched } from "../../core/usage/reclaim.ts";
import { countWithLimits } from "../../core/usage/usage-profile.ts";
import { toLimitsJson } from "../../workspace/runs/results-json.ts";
import { type CategorizeRun, inWords } from "../../workspace/runs/run-categorize.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { findTerms } from "../preview-summary.ts";
import { toMoney } from "../product-view.ts";
import type { ProgressReporter } from "../progress.ts";
import type { ImpactParams, ImpactResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readNeededLimits, type ViewContext } from "../recall-view.ts";

/** What other limits would make of a preview and of its policies; nothing is categorized for it, so it follows a slider. */
export async function findPreviewImpact(
	{ workspace, kept }: ViewContext,
	{ uri, limits }: ImpactParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ImpactResult | Failure> {
	const to = readNeededLimits(limits);
	if ("failed" in to) return to;
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	return inWords(judgeLimits(workspace, run, to, signal));
}

async function judgeLimits(workspace: Workspace, run: CategorizeRun, to: Limits, signal: AbortSignal): Promise<ImpactResult> {
	const { results, views } = workspace;
	const { categorization, instance } = run;
	const profile = await results.profile(categorization, signal);
	const prices = await views.prices(categorization.estate.products, instance.unitPrices, signal);
	const terms = await findTerms(workspace, run, prices, signal);
	const { from, moved, moves, after, byProduct } = findImpact(profile, categorization.limits, to);
	const policies = judgeMatched(instance.reclaimPolicies, prices.prices, byProduct, terms);
	const worth = sumUnusedWorth(prices, prices.prices.length === 0 ? new Uint32Array(0) : countWithLimits(profile, to).byProduct);
	return {
		failed: false,
		from: toLimitsJson(from),
		to: toLimitsJson(to),
		moved,
		moves,
		totals: after,
		worth: { unused: toMoney(worth.unused), rarelyUsed: toMoney(worth.rarelyUsed) },
		policies: policies.map(({ policy, inForce, newlyReclaimed, noLongerReclaimed, savings }) => ({
			name: policy.name,
			inForce,
			newlyReclaimed,
			noLongerReclaimed,
			savings: toMoney(savings),
		})),
	};
}
