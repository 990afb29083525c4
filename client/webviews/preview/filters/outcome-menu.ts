import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, render, type TemplateResult } from "lit";
import type { OutcomeCount } from "../../../../server/protocol/preview-messages.ts";
import type { Localize } from "../../shared/localize.ts";
import { CATEGORIES, swatch } from "../categories.ts";
import { chosenOf, type Filter, withOutcomes } from "./query-filter.ts";

/** The button and the menu by which outcomes are chosen. */
export interface OutcomeMenu {
	readonly element: HTMLElement;
	update(filter: Filter, totals: readonly OutcomeCount[]): void;
}

/** Makes it; `changed` gets the filter with the outcomes that the person wants. */
export function createOutcomeMenu(name: string, l10n: Localize, changed: (filter: Filter) => void): OutcomeMenu {
	const element = document.createElement("div");
	element.className = "outcome-choice";
	let filter: Filter = {};
	let totals: readonly OutcomeCount[] = [];

	function open(event: Event): void {
		const menu = element.querySelector<HTMLElement>("[popover]");
		if (menu === null) return;
		const anchor = (event.currentTarget as HTMLElement).getBoundingClientRect();
		menu.showPopover();
		const size = menu.getBoundingClientRect();
		menu.style.left = `${Math.max(4, Math.min(anchor.left, window.innerWidth - size.width - 8))}px`;
		menu.style.top = `${Math.max(4, Math.min(anchor.bottom + 2, window.innerHeight - size.height - 8))}px`;
		menu.querySelector<HTMLElement>("input")?.focus();
	}

	function box(label: TemplateResult | string, places: readonly number[], className: string): TemplateResult {
		const chosen = chosenOf(filter, places);
		return html`<label class=${className}>
			<input
				type="checkbox"
				.checked=${chosen === "all"}
				.indeterminate=${chosen === "some"}
				@change=${(event: Event) => changed(withOutcomes(filter, places, (event.target as HTMLInputElement).checked))}
			/>${label}
		</label>`;
	}

	function draw(): void {
		const groups = CATEGORIES.map(({ name: category }) => {
			const places = totals.flatMap((outcome, place) => (outcome.category === category ? [place] : []));
			const reasons = places.filter((place) => totals[place]?.reason !== null);
			return html`${box(html`${swatch(category)}${category}`, places, "category")}
			${reasons.map((place) => box(totals[place]?.reason ?? "", [place], "reason-choice"))}`;
		});
		render(
			html`<vscode-button secondary aria-haspopup="dialog" @click=${open}>${l10n.t("Category and reason")}</vscode-button>
				<div class="columns-menu outcome-menu" id="${name}-outcomes" popover role="dialog" aria-label=${l10n.t("Category and reason")}>
					${groups}
				</div>`,
			element,
		);
	}

	return {
		element,
		update(newFilter, newTotals) {
			filter = newFilter;
			totals = newTotals;
			draw();
		},
	};
}
