import { html, nothing, type TemplateResult } from "lit";
import type { ImpactResult } from "../../../../server/protocol/preview-messages.ts";
import { currenciesOf, formatMoney } from "../figures/amounts.ts";
import { placesOf } from "../figures/outcomes.ts";
import { showInstallations } from "../figures/show-installations.ts";
import type { PreviewContext } from "../preview-state.ts";

/** What the Unused and the Rarely Used installations are worth, by currency. */
export function worthSection({ state, l10n }: PreviewContext, { worth }: ImpactResult): TemplateResult {
	const { summary } = state.current;
	const currencies = currenciesOf(worth.unused, worth.rarelyUsed, summary.worth.unused, summary.worth.rarelyUsed);
	const parts = [
		{ name: "Unused", colour: "unused pattern-3", amounts: worth.unused, before: summary.worth.unused },
		{ name: "Rarely Used", colour: "rarely pattern-2", amounts: worth.rarelyUsed, before: summary.worth.rarelyUsed },
	];
	return html`<section class="overview-worth">
		<h2 class="figure-title">${l10n.t("Worth of what is not used enough")}</h2>
		${
			currencies.length === 0
				? html`<p class="figure-empty">
						${
							summary.currencies.length === 0
								? l10n.t("No product has a price. Write prices into unitPrices of the instance file to see what could be saved.")
								: l10n.t("No product with a price is Unused or Rarely Used.")
						}
					</p>`
				: html`<ul class="worth-list">
						${parts.map(
							({ name, colour, amounts, before }) => html`<li>
								<button type="button" class="worth-entry" title=${l10n.t("Show in the table")} @click=${() => showInstallations(state, { outcomes: placesOf(summary.totals, name) })}>
									<span class="worth-name"><span class="swatch ${colour}" aria-hidden="true"></span>${name}</span>
									${currencies.map((currency) => {
										const difference = (amounts[currency] ?? 0) - (before[currency] ?? 0);
										return html`<span class="worth-amount">${formatMoney(amounts[currency] ?? 0, currency)}</span
											>${difference === 0 ? nothing : html`<span class="worth-difference">${formatMoney(difference, currency, true)}</span>`}`;
									})}
								</button>
							</li>`,
						)}
					</ul>`
		}
	</section>`;
}
