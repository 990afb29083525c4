import { html, nothing, type TemplateResult } from "lit";
import type { ProductRow } from "../../../../server/protocol/preview-messages.ts";
import { grow } from "../../shared/charts/grow.ts";
import { formatCount, formatShare } from "../../shared/format.ts";
import { CATEGORIES } from "../categories.ts";
import { formatAmounts } from "../figures/amounts.ts";
import { placesOf, sumCategories } from "../figures/outcomes.ts";
import { showInstallations } from "../figures/show-installations.ts";
import type { PreviewContext } from "../preview-state.ts";

/** The ten products where most could be saved, or without prices where most is Unused. */
export function topProductsSection({ state, l10n }: PreviewContext, rows: readonly ProductRow[]): TemplateResult {
	const { summary } = state.current;
	const hasPrices = summary.currencies.length > 0;
	const title = hasPrices
		? l10n.t("Products with the largest worth not used enough")
		: l10n.t("Products with the most Unused installations");
	const idle = [...placesOf(summary.totals, "Rarely Used"), ...placesOf(summary.totals, "Unused")];
	return html`<section class="overview-products">
		<h2 class="figure-title" id="top-products">${title}</h2>
		${
			rows.length === 0
				? html`<p class="figure-empty">${l10n.t("There are no products.")}</p>`
				: html`<div class="figure-scroll"><table class="figure-table" aria-labelledby="top-products">
						<thead>
							<tr>
								<th scope="col">${l10n.t("Product")}</th>
								<th scope="col" class="split-head">${l10n.t("Split")}</th>
								<th scope="col" class="numeric">Rarely Used</th>
								<th scope="col" class="numeric">Unused</th>
								${hasPrices ? html`<th scope="col" class="numeric">${l10n.t("Worth")}</th>` : nothing}
							</tr>
						</thead>
						<tbody>
							${rows.map((row) => {
								const [, rarely = 0, unused = 0] = sumCategories(summary.totals, row.counts);
								return html`<tr>
									<th scope="row">
										<button type="button" class="figure-link" dir="auto" title=${row.product} @click=${() => showInstallations(state, { products: [row.product] })}>${row.product}</button>
									</th>
									<td>${split(sumCategories(summary.totals, row.counts))}</td>
									<td class="numeric ${rarely === 0 ? "zero" : ""}">${formatCount(rarely)}</td>
									<td class="numeric ${unused === 0 ? "zero" : ""}">
										<button type="button" class="figure-link" title=${l10n.t("Show in the table")} @click=${() => showInstallations(state, { products: [row.product], outcomes: idle })}>${formatCount(unused)}</button>
									</td>
									${hasPrices ? html`<td class="numeric">${formatAmounts(row.worth).map((amount) => html`<div>${amount}</div>`)}</td>` : nothing}
								</tr>`;
							})}
						</tbody>
					</table></div>`
		}
	</section>`;
}

/** A small bar of the four categories; the table tells the numbers. */
function split(counts: readonly number[]): TemplateResult {
	const total = counts.reduce((sum, count) => sum + count, 0);
	const label = CATEGORIES.map(({ name }, index) => `${name} ${formatShare(counts[index] ?? 0, total)}`).join(", ");
	return html`<div class="split" role="img" aria-label=${label} title=${label}>
		${CATEGORIES.map(({ class: colour }, index) =>
			(counts[index] ?? 0) === 0 ? nothing : html`<span class="${colour} pattern-${index + 1}" ${grow(counts[index] ?? 0)}></span>`,
		)}
	</div>`;
}
