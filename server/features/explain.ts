import { t } from "../../core/texts/translate.ts";
import { explainInstallation } from "../../core/usage/explain.ts";
import { toExplanationJson } from "../../workspace/runs/explanation-json.ts";
import type { ProgressReporter } from "../progress.ts";
import type { ExplainParams, ExplainResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { recallView, type ViewContext } from "../recall-view.ts";
import { findPlaces } from "../source-places.ts";

/** Why one installation of a preview has its category, be it with other limits, and where it stands in the data. */
export async function explainOne(
	context: ViewContext,
	{ uri, device, product, limits }: ExplainParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<ExplainResult | Failure> {
	const view = await recallView(context, { uri, limits }, signal, progress);
	if (view.failed) return view;
	const run = { ...view.run, categorization: view.categorization };
	const explanation = explainInstallation(view.categorization, String(device), String(product));
	if (explanation === null) return { failed: true, message: t`${run.instanceName} has no installation of "${product}" on "${device}".` };
	const { place, ...rest } = toExplanationJson(run, explanation);
	const source = run.instance.dataSources.find(({ name, path }) => name === place.source && path === place.path);
	const [opened] = source === undefined ? [] : await findPlaces(context.workspace, run.uri, source, [place.row], false, signal);
	return {
		failed: false,
		...rest,
		place: { source: place.source, uri: opened?.uri ?? null, path: place.path, row: place.row, line: opened?.line ?? null },
	};
}
