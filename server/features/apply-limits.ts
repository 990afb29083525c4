import { parseDay } from "../../core/dates/day-number.ts";
import { t } from "../../core/texts/translate.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import { applyLimits, type NewAdvice } from "../../workspace/edits/apply-limits.ts";
import { toWorkspaceEdit } from "../document-edits.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { ApplyLimitsParams, ApplyLimitsResult } from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readNeededLimits } from "../recall-view.ts";

/**
 * The edit that writes limits into a configuration as it is now, with the advice for them; or which advice is needed before.
 * @param versioned whether the client takes edits of one version of a document.
 */
export async function proposeLimits(
	context: FeatureContext,
	versioned: boolean,
	{ uri, limits: given, advice: written = [] }: ApplyLimitsParams,
): Promise<ApplyLimitsResult | Failure> {
	const limits = readNeededLimits(given);
	if ("failed" in limits) return limits;
	const advice = readAdvice(written);
	if (typeof advice === "string") return { failed: true, message: advice };
	const applied = await applyLimits(context.workspace, uri, limits, advice);
	if (applied.failed) return applied;
	const { file, edits, missing, unchanged } = applied;
	return {
		failed: false,
		edit: edits.length === 0 ? null : toWorkspaceEdit(context, file, edits, { versioned, snippets: false }),
		needsAdvice: missing,
		unchanged,
	};
}

/** A sentence about what is wrong with the advice that a person gives. */
function readAdvice(given: unknown): readonly NewAdvice[] | string {
	if (!Array.isArray(given)) return t("Advice is a list of entries.");
	const entries: NewAdvice[] = [];
	for (const entry of given as readonly unknown[]) {
		const { limit, value, reference, date } = typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {};
		const name = LIMIT_NAMES.find((known) => known === limit);
		if (name === undefined || typeof value !== "number") return t("Advice is for one of the three limits, and for a number of days.");
		if (typeof reference !== "string" || reference.trim() === "")
			return t`The advice for ${name} needs a reference, such as the number of the vendor's ticket.`;
		if (typeof date !== "string" || parseDay(date) === null) return t`The advice for ${name} needs a date such as 2026-11-04.`;
		entries.push({ limit: name, value, reference: reference.trim(), date });
	}
	return entries;
}
