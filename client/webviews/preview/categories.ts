import { html, type TemplateResult } from "lit";
import type { PreviewSummary } from "../../../server/protocol/preview-messages.ts";

/** The four categories with the colour class that marks each, in the order of every list. */
export const CATEGORIES = [
	{ name: "Used", class: "used" },
	{ name: "Rarely Used", class: "rarely" },
	{ name: "Unused", class: "unused" },
	{ name: "Unreported", class: "unreported" },
] as const;

/** Adds counts per outcome, which come in the order of `totals`, up to one count per category. */
export function countsByCategory(totals: PreviewSummary["totals"], counts: readonly number[]): readonly number[] {
	return CATEGORIES.map(({ name }) =>
		totals.reduce((sum, outcome, index) => (outcome.category === name ? sum + (counts[index] ?? 0) : sum), 0),
	);
}

/** A small square in the colour of a category; only beside its name, since colour alone says nothing to some. */
export function swatch(category: string): TemplateResult {
	const known = CATEGORIES.find(({ name }) => name === category);
	return html`<span class="swatch ${known?.class ?? "unreported"}" aria-hidden="true"></span>`;
}
