import { html, nothing, svg, type TemplateResult } from "lit";
import type { ActiveRange, ReportClient } from "../../../server/protocol/report-messages.ts";
import { formatCount } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";

/** One kind of users of a client. */
interface ClientUse {
	readonly name: string;
	readonly paid: number | null;
	readonly active: ActiveRange | null;
}

/** Totals per client: what it pays for, once, and the range of its active users over all of its servers. */
export function clientsTable(clients: readonly ReportClient[], l10n: Localize, showServers?: (client: string) => void): TemplateResult {
	if (clients.length === 0) return html`<p class="empty">${l10n.t("No project has a subscription.")}</p>`;
	const heads = [l10n.t("Registered, active / paid"), l10n.t("Enterprise, active / paid"), l10n.t("Designers, active / paid")];
	return html`<p class="note clients-note">
			${l10n.t(
				"A person may use several servers of a client. So its active users are at least as many as on its busiest server, and at most the sum of all its servers. What a subscription pays for counts once.",
			)}
		</p>
		<div class="table-room" tabindex="0" role="region" aria-label=${l10n.t("Totals per client")}>
			<table class="plain clients">
				<thead>
					<tr>
						<th scope="col">${l10n.t("Client")}</th>
						<th scope="col">${l10n.t("Renewal Date")}</th>
						<th scope="col" class="numeric">${l10n.t("Servers")}</th>
						${heads.map((head) => html`<th scope="col" class="use-column">${head}</th>`)}
					</tr>
				</thead>
				<tbody>
					${clients.map(
						(client) =>
							html`<tr>
								<th scope="row" class="name">
									${
										showServers === undefined
											? client.client
											: html`<button
													type="button"
													class="link"
													title=${l10n.t("Show the servers of {0}", client.client)}
													@click=${() => showServers(client.client)}
												>
													${client.client}
												</button>`
									}
								</th>
								<td class="keep">${client.renewalDate ?? "–"}</td>
								<td class="numeric">${formatCount(client.servers)}</td>
								${usesOf(client, l10n).map((use) => html`<td class="use-column">${rangeBar(use, l10n)}</td>`)}
							</tr>`,
					)}
				</tbody>
			</table>
		</div>`;
}

function usesOf(client: ReportClient, l10n: Localize): readonly ClientUse[] {
	return [
		{ name: l10n.t("Registered"), paid: client.registeredUsers, active: client.activeRegistered },
		{ name: l10n.t("Enterprise"), paid: client.enterpriseUsers, active: client.activeEnterprise },
		{ name: l10n.t("Designers"), paid: client.designerUsers, active: client.activeDesigners },
	];
}

/** The figures, and a bar: filled up to the lower bound, paler up to the upper one, with a mark at what is paid for. */
function rangeBar({ name, paid, active }: ClientUse, l10n: Localize): TemplateResult {
	const isOver = active !== null && paid !== null && active.atLeast > paid;
	const mayBeOver = active !== null && paid !== null && !isOver && active.atMost > paid;
	const words = rangeWords({ name, paid, active }, l10n);
	return html`<span class="use" title=${words}>
		<span class="sr-only">${words}</span>
		<span class="use-figures" aria-hidden="true">
			<span class=${isOver ? "over" : "use-active"}>${formatRange(active)}</span><span class="paid"> / ${formatCount(paid)}</span>
			${
				isOver && active !== null && paid !== null
					? html`<span class="verdict verdict-alarm">${l10n.t("{0} over", formatCount(active.atLeast - paid))}</span>`
					: mayBeOver
						? html`<span class="verdict verdict-warning">${l10n.t("perhaps over")}</span>`
						: nothing
			}
		</span>
		${active === null || paid === null ? nothing : drawRange(active, paid, isOver)}
	</span>`;
}

function drawRange({ atLeast, atMost }: ActiveRange, paid: number, isOver: boolean): TemplateResult {
	const whole = Math.max(atMost, paid, 1);
	const at = (value: number) => (value / whole) * 100;
	return html`<svg class="use-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
		<rect class="use-room" x="0" y="0" width="100" height="6"></rect>
		<rect class="use-between" x=${at(atLeast)} y="0" width=${at(atMost) - at(atLeast)} height="6"></rect>
		<rect class="use-within" x="0" y="0" width=${at(Math.min(atLeast, paid))} height="6"></rect>
		${isOver ? svg`<rect class="use-over" x=${at(paid)} y="0" width=${at(atLeast) - at(paid)} height="6"></rect>` : nothing}
		${atMost > paid ? svg`<rect class="use-mark" x=${Math.min(98, Math.max(0, at(paid) - 1))} y="0" width="2" height="6"></rect>` : nothing}
	</svg>`;
}

function rangeWords({ name, paid, active }: ClientUse, l10n: Localize): string {
	if (active === null)
		return paid === null
			? l10n.t("{0}: nothing is known.", name)
			: l10n.t("{0}: {1} paid, active users are not known.", name, formatCount(paid));
	const least = formatCount(active.atLeast);
	const most = formatCount(active.atMost);
	if (paid === null) return l10n.t("{0}: at least {1} and at most {2} active, paid users are not known.", name, least, most);
	return l10n.t("{0}: at least {1} and at most {2} active, {3} paid.", name, least, most, formatCount(paid));
}

/** Both bounds of active users; one figure where they are the same, a dash where nothing is known. */
export function formatRange(range: ActiveRange | null): string {
	if (range === null) return "–";
	return range.atLeast === range.atMost ? formatCount(range.atLeast) : `${formatCount(range.atLeast)}–${formatCount(range.atMost)}`;
}
