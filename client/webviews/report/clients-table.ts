import type { ActiveRange, ReportClient } from "../../../server/protocol/report-messages.ts";
import { element } from "../shared/dom.ts";
import { formatCount } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";

/** Totals per client: what it pays for, once, and the range of its active users over all of its servers. */
export function clientsTable(clients: readonly ReportClient[], l10n: Localize): HTMLElement {
	const label = l10n.t("Clients");
	const heads = [
		{ text: l10n.t("Client"), class: "keep" },
		{ text: l10n.t("Renewal Date"), class: "keep" },
		{ text: l10n.t("Servers"), class: "numeric" },
		{ text: l10n.t("Registered Users"), class: "numeric first" },
		{ text: l10n.t("Enterprise Users"), class: "numeric" },
		{ text: l10n.t("Designer Users"), class: "numeric" },
		{ text: l10n.t("Active Registered"), class: "numeric first" },
		{ text: l10n.t("Active Enterprise"), class: "numeric" },
		{ text: l10n.t("Active Designers"), class: "numeric" },
	];
	const rows = clients.map((client) => {
		const figures = [
			client.renewalDate ?? "–",
			formatCount(client.servers),
			formatCount(client.registeredUsers),
			formatCount(client.enterpriseUsers),
			formatCount(client.designerUsers),
			formatRange(client.activeRegistered),
			formatRange(client.activeEnterprise),
			formatRange(client.activeDesigners),
		];
		return element(
			"tr",
			{},
			element("th", { class: "keep name", attributes: { scope: "row" } }, client.client),
			...figures.map((figure, index) => element("td", { class: heads[index + 1]?.class ?? "" }, figure)),
		);
	});
	const empty = element(
		"tr",
		{},
		element("td", { class: "empty", attributes: { colspan: String(heads.length) } }, l10n.t("No project has a subscription.")),
	);
	return element(
		"div",
		{ class: "scroll", attributes: { role: "region", "aria-label": label, tabindex: "0" } },
		element(
			"p",
			{ class: "note" },
			l10n.t(
				"A person may use several servers of a client, so active users lie between the largest figure of one server and the sum of all.",
			),
		),
		element(
			"table",
			{ class: "plain", attributes: { "aria-label": label } },
			element(
				"thead",
				{},
				element("tr", {}, ...heads.map((head) => element("th", { class: head.class, attributes: { scope: "col" } }, head.text))),
			),
			element("tbody", {}, ...(rows.length === 0 ? [empty] : rows)),
		),
	);
}

function formatRange(range: ActiveRange | null): string {
	if (range === null) return "–";
	return range.atLeast === range.atMost ? formatCount(range.atLeast) : `${formatCount(range.atLeast)} – ${formatCount(range.atMost)}`;
}
