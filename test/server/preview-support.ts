import { OUTCOMES } from "../../core/usage/category.ts";
import type { PreviewLimits } from "../../server/protocol/preview-messages.ts";

/** Limits as a test writes them: `7,30,90`. */
export function toLimits(text: string): PreviewLimits {
	const [install, used, unused] = text.split(",").map(Number);
	return { InstallDateCutOffLimit: install!, UsedCategoryLimit: used!, UnusedCategoryLimit: unused! };
}

/** The place of an outcome in every list of totals. */
export function placeOfOutcome(category: string, reason: string | null): number {
	return OUTCOMES.findIndex((outcome) => outcome.category === category && outcome.reason === reason);
}
