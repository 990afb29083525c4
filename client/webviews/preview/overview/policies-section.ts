import { html, nothing, type TemplateResult } from "lit";
import type { ImpactResult } from "../../../../server/protocol/preview-messages.ts";
import { formatCount, formatDifference } from "../../shared/format.ts";
import { formatAmounts } from "../figures/amounts.ts";
import { reclaimsAfter } from "../figures/outcomes.ts";
import { policyAction, policyState } from "../figures/policy-texts.ts";
import type { PreviewContext } from "../preview-state.ts";

/** The reclaim policies with what each takes. */
export function policiesSection({ state, l10n }: PreviewContext, impact: ImpactResult): TemplateResult {
	const { summary, limits } = state.current;
	const isWhatIf = limits !== null;
	return html`<section class="overview-policies">
		<h2 class="figure-title" id="overview-policies">${l10n.t("Reclaim policies")}</h2>
		${
			summary.policies.length === 0
				? html`<p class="figure-empty">${l10n.t("The instance has no reclaim policies.")}</p>`
				: html`<div class="figure-scroll"><table class="figure-table" aria-labelledby="overview-policies">
						<thead>
							<tr>
								<th scope="col">${l10n.t("Policy")}</th>
								<th scope="col">${l10n.t("Action")}</th>
								<th scope="col">${l10n.t("State")}</th>
								<th scope="col" class="numeric">${l10n.t("Installations")}</th>
								${isWhatIf ? html`<th scope="col" class="numeric">${l10n.t("Difference")}</th>` : nothing}
								<th scope="col" class="numeric">${isWhatIf ? l10n.t("Savings by the what-if") : l10n.t("Worth")}</th>
							</tr>
						</thead>
						<tbody>
							${summary.policies.map((policy, place) => {
								const after = policy.inForce ? reclaimsAfter(summary, impact, place) : policy.reclaims;
								const money = isWhatIf ? formatAmounts(impact.policies[place]?.savings ?? {}, true) : formatAmounts(policy.worth);
								return html`<tr class=${policy.inForce ? "" : "idle"}>
									<th scope="row" dir="auto">${policy.name}</th>
									<td>${policyAction(policy, l10n)}</td>
									<td>${policyState(policy, l10n)}</td>
									<td class="numeric">${policy.inForce ? formatCount(after) : l10n.t("would be {0}", formatCount(after))}</td>
									${isWhatIf ? html`<td class="numeric">${formatDifference(after - policy.reclaims)}</td>` : nothing}
									<td class="numeric">${money.length === 0 ? "–" : money.map((amount) => html`<div>${amount}</div>`)}</td>
								</tr>`;
							})}
						</tbody>
					</table></div>`
		}
	</section>`;
}
