import { t } from "../../core/texts/translate.ts";
import type { ProgressReporter } from "../progress.ts";
import type { SourcePlaceParams, SourcePlaceResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import type { ViewContext } from "../recall-view.ts";
import { findPlaces, findSource } from "../source-places.ts";

/** Where a row of a preview's data can be opened; a large file is looked through for the line only now that somebody asks. */
export async function findSourcePlace(
	{ workspace, kept }: ViewContext,
	{ uri, source: name, row }: SourcePlaceParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<SourcePlaceResult | Failure> {
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	const source = findSource(run.instance.dataSources, String(name));
	if (source === null) return { failed: true, message: t`${run.instanceName} has no data source "${name}", or several of that name.` };
	const wanted = Number.isSafeInteger(row) && Number(row) > 0 ? Number(row) : null;
	const [place] = await findPlaces(workspace, run.uri, source, [wanted], true, signal);
	if (place === undefined || place.uri === null)
		return { failed: true, message: t`The data source "${source.name}" is not a file that can be opened here.` };
	return { failed: false, uri: place.uri, line: place.line };
}
