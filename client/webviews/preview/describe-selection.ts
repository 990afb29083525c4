import { html, type TemplateResult } from "lit";
import type { SelectionResult } from "../../../server/protocol/preview-messages.ts";
import { formatCount } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { CATEGORIES, swatch } from "./categories.ts";
import { formatAmounts } from "./figures/amounts.ts";
import { sumCategories } from "./figures/outcomes.ts";
import type { PreviewState } from "./preview-state.ts";

/** Totals of selected installations: devices, products, categories, and what the idle ones are worth. */
export function describeSelection({ summary }: PreviewState, selection: SelectionResult, l10n: Localize): TemplateResult {
	const counts = sumCategories(summary.totals, selection.totals);
	const worth = formatAmounts(selection.worth);
	return html`<span>${selection.devices === 1 ? l10n.t("1 device") : l10n.t("{0} devices", formatCount(selection.devices))}</span>
		<span>${selection.products === 1 ? l10n.t("1 product") : l10n.t("{0} products", formatCount(selection.products))}</span>
		${CATEGORIES.map(({ name }, index) =>
			counts[index] === 0 ? "" : html`<span>${swatch(name)}${name} ${formatCount(counts[index] ?? 0)}</span>`,
		)}
		${worth.length === 0 ? "" : html`<span>${l10n.t("Rarely Used and Unused are worth {0}", worth.join(", "))}</span>`}`;
}
