import { nameAt } from "../../core/columns/name-table.ts";
import { findImpact, type Impact } from "../../core/usage/impact.ts";
import { judgePolicies, type PolicyImpact } from "../../core/usage/reclaim.ts";
import { type Failure, readRunnable } from "../run-failure.ts";
import type { Workspace } from "../workspace.ts";
import { findLimits, type LimitsChoice } from "./compared-limits.ts";
import { type CategorizeOptions, type CategorizeRun, explainProject, inWords, runCategorize } from "./run-categorize.ts";

/**
 * Loads the data of an instance and tells what other limits do to it. Diagnostics of the configuration don't stop it, as with
 * {@link runCategorize}; that limits cannot be found is known before anything is loaded.
 * @throws `signal.reason` when aborted.
 */
export async function runImpact(workspace: Workspace, uri: string, options: ImpactOptions): Promise<ImpactRun | Failure> {
	const { signal } = options;
	const file = await readRunnable(workspace, uri);
	if ("failed" in file) return file;
	const instance = file.config.model;
	if (instance?.kind !== "instance") return explainProject(workspace, file);
	const from = await findLimits(workspace, file, instance, options.from, signal);
	if ("failed" in from) return from;
	const to = await findLimits(workspace, file, instance, options.to, signal);
	if ("failed" in to) return to;

	const { asOf, onProgress } = options;
	const run = await runCategorize(workspace, uri, {
		limits: to.limits,
		signal,
		...(asOf === undefined ? {} : { asOf }),
		...(onProgress === undefined ? {} : { onProgress }),
	});
	if (run.failed) return run;
	const profile = await inWords(workspace.results.profile(run.categorization, signal));
	if ("failed" in profile) return profile;
	const impact = findImpact(profile, from.limits, to.limits);
	const { products } = run.categorization.estate;
	return {
		failed: false,
		run,
		from: options.from,
		to: options.to,
		limitsFromProject: from.fromProject || to.fromProject,
		impact,
		policies: judgePolicies(instance.reclaimPolicies, instance.unitPrices, impact.byProduct, (product) => nameAt(products, product)),
	};
}

/** Which limits are compared, and how the instance is to be judged where not as its file says. */
export interface ImpactOptions extends Omit<CategorizeOptions, "limits"> {
	readonly from: LimitsChoice;
	readonly to: LimitsChoice;
}

/** What other limits do to an instance. */
export interface ImpactRun {
	readonly failed: false;
	/** The instance, categorized with the new limits. */
	readonly run: CategorizeRun;
	/** Where the old and the new limits came from. */
	readonly from: LimitsChoice;
	readonly to: LimitsChoice;
	/** True when limits of the instance's project were taken, since it has none of its own. */
	readonly limitsFromProject: boolean;
	readonly impact: Impact;
	/** All policies of the instance, in the order of its file. */
	readonly policies: readonly PolicyImpact[];
}
