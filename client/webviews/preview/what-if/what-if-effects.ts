import { html, nothing, type TemplateResult } from "lit";
import type { ImpactResult } from "../../../../server/protocol/preview-messages.ts";
import { formatCount, formatDifference } from "../../shared/format.ts";
import type { Localize } from "../../shared/localize.ts";
import { CATEGORIES, swatch } from "../categories.ts";
import { currenciesOf, formatAmounts, formatMoney } from "../figures/amounts.ts";
import { moveMatrix, placesOf, reclaimsAfter } from "../figures/outcomes.ts";
import { policyAction, policyState } from "../figures/policy-texts.ts";
import { showInstallations } from "../figures/show-installations.ts";
import type { PreviewContext } from "../preview-state.ts";

/** What the limits change: the moves, the outcomes, the policies and the money. */
export function effectsSection(context: PreviewContext, impact: ImpactResult): TemplateResult {
	return html`${matrix(context, impact)} ${policies(context, impact)} ${worth(context, impact)} ${outcomes(context, impact)}`;
}

function matrix({ state, l10n }: PreviewContext, impact: ImpactResult): TemplateResult {
	const cells = moveMatrix(state.current.summary, impact);
	return html`<section>
		<h2 class="figure-title" id="moves">${l10n.t("From → to")} <span>${l10n.t("{0} change category", formatCount(impact.moved))}</span></h2>
		<div class="figure-scroll"><table class="figure-table matrix" aria-labelledby="moves">
			<thead>
				<tr>
					<td class="row-note">${l10n.t("from ↓ to →")}</td>
					${CATEGORIES.map(({ name }) => html`<th scope="col" class="numeric">${name}</th>`)}
				</tr>
			</thead>
			<tbody>
				${CATEGORIES.map(
					({ name }, row) => html`<tr>
						<th scope="row">${swatch(name)}${name}</th>
						${CATEGORIES.map((_, column) => {
							const count = cells[row]?.[column] ?? 0;
							const kind = row === column ? "stays" : count === 0 ? "zero" : "moves";
							return html`<td class="numeric ${kind}" title=${row === column ? l10n.t("stay {0}", name) : nothing}>${count === 0 && row !== column ? "–" : formatCount(count)}</td>`;
						})}
					</tr>`,
				)}
			</tbody>
		</table></div>
	</section>`;
}

function outcomes({ state, l10n }: PreviewContext, impact: ImpactResult): TemplateResult {
	const { summary } = state.current;
	return html`<section>
		<h2 class="figure-title" id="outcomes">${l10n.t("Outcomes before and after")}</h2>
		<div class="figure-scroll"><table class="figure-table" aria-labelledby="outcomes">
			<thead>${beforeAfterHead(l10n.t("Outcome"), l10n)}</thead>
			<tbody>
				${CATEGORIES.map(({ name }) => {
					const places = placesOf(summary.totals, name);
					const sum = (counts: readonly number[]) => places.reduce((total, place) => total + (counts[place] ?? 0), 0);
					const before = summary.totals.map(({ count }) => count);
					const changed = places.filter((place) => places.length > 1 && (before[place] ?? 0) + (impact.totals[place] ?? 0) > 0);
					return html`${outcomeRow(html`${swatch(name)}${name}`, sum(before), sum(impact.totals), () => showInstallations(state, { outcomes: places }), "", l10n)}
					${changed.map((place) => outcomeRow(summary.totals[place]?.reason ?? "", before[place] ?? 0, impact.totals[place] ?? 0, () => showInstallations(state, { outcomes: [place] }), "reason-row", l10n))}`;
				})}
			</tbody>
		</table></div>
	</section>`;
}

function outcomeRow(
	name: TemplateResult | string,
	before: number,
	after: number,
	pick: () => void,
	kind: string,
	l10n: Localize,
): TemplateResult {
	return html`<tr class=${kind}>
		<th scope="row">${name}</th>
		<td class="numeric">${formatCount(before)}</td>
		<td class="numeric"><button type="button" class="figure-link" title=${l10n.t("Show in the table")} @click=${pick}>${formatCount(after)}</button></td>
		<td class="numeric ${after === before ? "zero" : "changed"}">${formatDifference(after - before)}</td>
	</tr>`;
}

function policies({ state, l10n }: PreviewContext, impact: ImpactResult): TemplateResult {
	const { summary } = state.current;
	return html`<section>
		<h2 class="figure-title" id="policies">${l10n.t("Reclaim policies")}</h2>
		${
			summary.policies.length === 0
				? html`<p class="figure-empty">${l10n.t("The instance has no reclaim policies, so nothing is reclaimed under any limits.")}</p>`
				: html`<div class="figure-scroll"><table class="figure-table" aria-labelledby="policies">
						<thead>
							<tr>
								<th scope="col">${l10n.t("Policy")}</th>
								<th scope="col" class="numeric">${l10n.t("Before")}</th>
								<th scope="col" class="numeric">${l10n.t("After")}</th>
								<th scope="col" class="numeric">${l10n.t("Newly reclaimed")}</th>
								<th scope="col" class="numeric">${l10n.t("No longer")}</th>
								<th scope="col" class="numeric">${l10n.t("Savings")}</th>
							</tr>
						</thead>
						<tbody>
							${summary.policies.map((policy, place) => {
								const change = impact.policies[place];
								const savings = formatAmounts(change?.savings ?? {}, true);
								if (!policy.inForce)
									return html`<tr class="idle">
										<th scope="row" dir="auto">${policy.name}</th>
										<td colspan="5">${l10n.t("{0}: nothing is reclaimed", policyState(policy, l10n))}</td>
									</tr>`;
								return html`<tr>
									<th scope="row" dir="auto">${policy.name} <span class="row-note">${policyAction(policy, l10n)}</span></th>
									<td class="numeric">${formatCount(policy.reclaims)}</td>
									<td class="numeric">${formatCount(reclaimsAfter(summary, impact, place))}</td>
									<td class="numeric ${change?.newlyReclaimed ? "changed" : "zero"}">${formatCount(change?.newlyReclaimed ?? 0)}</td>
									<td class="numeric ${change?.noLongerReclaimed ? "changed" : "zero"}">${formatCount(change?.noLongerReclaimed ?? 0)}</td>
									<td class="numeric">${savings.length === 0 ? "–" : savings.map((amount) => html`<div>${amount}</div>`)}</td>
								</tr>`;
							})}
						</tbody>
					</table></div>`
		}
	</section>`;
}

function worth({ state, l10n }: PreviewContext, impact: ImpactResult): TemplateResult | typeof nothing {
	const { summary } = state.current;
	const rows = [
		{ name: "Rarely Used", before: summary.worth.rarelyUsed, after: impact.worth.rarelyUsed },
		{ name: "Unused", before: summary.worth.unused, after: impact.worth.unused },
	].flatMap((row) => currenciesOf(row.before, row.after).map((currency) => ({ ...row, currency })));
	if (rows.length === 0) return nothing;
	return html`<section>
		<h2 class="figure-title" id="worth">${l10n.t("Worth")}</h2>
		<div class="figure-scroll"><table class="figure-table" aria-labelledby="worth">
			<thead>${beforeAfterHead(l10n.t("Category"), l10n)}</thead>
			<tbody>
				${rows.map(({ name, before, after, currency }) => {
					const [was, is] = [before[currency] ?? 0, after[currency] ?? 0];
					return html`<tr>
						<th scope="row">${swatch(name)}${name}</th>
						<td class="numeric">${formatMoney(was, currency)}</td>
						<td class="numeric">${formatMoney(is, currency)}</td>
						<td class="numeric ${is === was ? "zero" : "changed"}">${formatMoney(is - was, currency, true)}</td>
					</tr>`;
				})}
			</tbody>
		</table></div>
	</section>`;
}

function beforeAfterHead(first: string, l10n: Localize): TemplateResult {
	return html`<tr>
		<th scope="col">${first}</th>
		<th scope="col" class="numeric">${l10n.t("Before")}</th>
		<th scope="col" class="numeric">${l10n.t("After")}</th>
		<th scope="col" class="numeric">${l10n.t("Difference")}</th>
	</tr>`;
}
