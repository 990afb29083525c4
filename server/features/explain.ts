import { explainInstallation } from "../../core/usage/explain.ts";
import { toExplanationJson } from "../../workspace/runs/explanation-json.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { KeptPreviews } from "../kept-previews.ts";
import type { ProgressReporter } from "../progress.ts";
import type { ExplainParams, ExplainResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";

/** Why one installation of a preview has its category, and where it stands in the data. */
export async function explainOne(
	workspace: Workspace,
	kept: KeptPreviews,
	{ uri, device, product }: ExplainParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ExplainResult | Failure> {
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	const explanation = explainInstallation(run.categorization, String(device), String(product));
	if (explanation === null) return { failed: true, message: `${run.instanceName} has no installation of "${product}" on "${device}".` };
	const { place, ...rest } = toExplanationJson(run, explanation);
	const file = place.path === null || !workspace.access.isOnDisk(run.uri) ? null : workspace.resolve(run.uri, place.path);
	return { failed: false, ...rest, place: { source: place.source, uri: file, path: place.path, row: place.row } };
}
