import { html, nothing, type TemplateResult } from "lit";
import type { OutcomeCount } from "../../../../server/protocol/preview-messages.ts";
import type { Localize } from "../../shared/localize.ts";
import { swatch } from "../categories.ts";
import { type Filter, type FilterPart, partsOf, withoutPart } from "./query-filter.ts";

/** The parts of a filter, each with a button that takes it away; nothing without a filter. */
export function filterChips(
	filter: Filter,
	totals: readonly OutcomeCount[],
	l10n: Localize,
	changed: (filter: Filter) => void,
): TemplateResult | typeof nothing {
	const parts = partsOf(filter, totals);
	if (parts.length === 0) return nothing;
	return html`<ul class="chips" aria-label=${l10n.t("Filters")}>
		${parts.map((part) => {
			const text = textOf(part, l10n);
			return html`<li class="chip">
				${part.kind === "outcome" ? swatch(part.category) : nothing}<span class="chip-text" dir="auto" title=${text}>${text}</span>
				<button
					type="button"
					aria-label=${l10n.t("Remove the filter “{0}”", shorten(text))}
					title=${l10n.t("Remove this filter")}
					@click=${() => changed(withoutPart(filter, part))}
				>×</button>
			</li>`;
		})}
		<li><button type="button" class="link" @click=${() => changed({})}>${l10n.t("Remove All Filters")}</button></li>
	</ul>`;
}

function textOf(part: FilterPart, l10n: Localize): string {
	switch (part.kind) {
		case "text":
			return l10n.t("Has “{0}”", part.text);
		case "device":
			return l10n.t("Device: {0}", part.name);
		case "product":
			return l10n.t("Product: {0}", part.name);
		case "outcome":
			return part.reason ?? part.category;
	}
}

/** A screen reader need not read out a name of thousands of letters. */
function shorten(text: string): string {
	return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
