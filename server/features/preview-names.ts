import { nameAt } from "../../core/columns/name-table.ts";
import { t } from "../../core/texts/translate.ts";
import { inWords } from "../../workspace/runs/run-categorize.ts";
import { clampCount } from "../clamp-count.ts";
import type { ProgressReporter } from "../progress.ts";
import type { PreviewNamesParams, PreviewNamesResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import type { ViewContext } from "../recall-view.ts";

/** Names of one answer at most. */
const MAX_NAMES = 100;

/** Devices or products of a preview whose names have a text, for whoever types one. */
export async function findPreviewNames(
	{ workspace, kept }: ViewContext,
	{ uri, of, text, limit }: PreviewNamesParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<PreviewNamesResult | Failure> {
	if (of !== "devices" && of !== "products") return { failed: true, message: t("There are names of devices and of products.") };
	if (typeof text !== "string") return { failed: true, message: t("The text to look for is a text.") };
	const run = await kept.recall(uri, signal, progress);
	if (run.failed) return run;
	const names = run.categorization.estate[of];
	const found = await inWords(workspace.views.findNames(names, text, clampCount(limit, 1, MAX_NAMES), signal));
	if ("failed" in found) return found;
	return { failed: false, total: found.total, names: found.indices.map((index) => nameAt(names, index)) };
}
