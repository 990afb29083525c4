import type { ReportResult, ReportRow } from "../../../server/protocol/report-messages.ts";
import { element } from "../shared/dom.ts";
import { formatCount, formatDifference, formatInstant } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { type FlagTooltip, flagBadge } from "./flag-badge.ts";

interface ReportColumn {
	readonly header: string;
	readonly class: string;
	content(row: ReportRow): Node | string;
}

/** The report itself: one row per client server, in the order of the answer. The flags stand near the server's name, where they are seen first. */
export function serversTable(report: ReportResult, tooltip: FlagTooltip, l10n: Localize): HTMLElement {
	const label = l10n.t("Servers");
	const columns = columnsOf(tooltip, l10n);
	const rows = report.rows.map((row) =>
		element(
			"tr",
			{ class: "server" },
			...columns.map((column, index) =>
				index === 1
					? element("th", { class: column.class, attributes: { scope: "row" } }, column.content(row))
					: element("td", { class: column.class }, column.content(row)),
			),
		),
	);
	const empty = element(
		"tr",
		{},
		element("td", { class: "empty", attributes: { colspan: String(columns.length) } }, l10n.t("No server has a subscription or a log.")),
	);
	return element(
		"div",
		{ class: "scroll", attributes: { role: "region", "aria-label": label, tabindex: "0" } },
		element(
			"table",
			{ class: "plain servers", attributes: { "aria-label": label } },
			element(
				"thead",
				{},
				element("tr", {}, ...columns.map((column) => element("th", { class: column.class, attributes: { scope: "col" } }, column.header))),
			),
			element("tbody", {}, ...(rows.length === 0 ? [empty] : rows)),
		),
	);
}

function columnsOf(tooltip: FlagTooltip, l10n: Localize): readonly ReportColumn[] {
	return [
		{ header: l10n.t("Client"), class: "client", content: (row) => row.client ?? "–" },
		{ header: l10n.t("Server"), class: "keep name", content: (row) => row.server },
		{
			header: l10n.t("Flags"),
			class: "flags",
			content: (row) =>
				element("span", { class: "flag-list" }, ...row.flags.map((flag, index) => flagBadge(flag, row.flagDetails[index] ?? "", tooltip))),
		},
		{ header: l10n.t("Renewal Date"), class: "day", content: (row) => row.renewalDate ?? "–" },
		{
			header: l10n.t("Registered, active / paid"),
			class: "numeric first",
			content: (row) => activeOfPaid(row.activeRegistered, row.registeredUsers),
		},
		{
			header: l10n.t("Enterprise, active / paid"),
			class: "numeric",
			content: (row) => activeOfPaid(row.activeEnterprise, row.enterpriseUsers),
		},
		{
			header: l10n.t("Designers, active / paid"),
			class: "numeric",
			content: (row) => activeOfPaid(row.activeDesigners, row.designerUsers),
		},
		{ header: l10n.t("Weekly Difference"), class: "numeric first", content: (row) => formatDifference(row.weeklyDifference) },
		{ header: l10n.t("Last Update"), class: "instant", content: (row) => instant(row.lastUpdate) },
	];
}

/** Day and time, which may stand on two lines but are not broken themselves. */
function instant(value: string | null): Node {
	const [day = "", ...time] = formatInstant(value).split(" ");
	return element("span", {}, element("span", { class: "keep" }, day), " ", element("span", { class: "keep" }, time.join(" ")));
}

/** Active users beside those paid for, so that the whole report fits a window; the first stands out where it is the larger. */
function activeOfPaid(active: number | null, paid: number | null): Node {
	const isOver = active !== null && paid !== null && active > paid;
	return element(
		"span",
		{ class: "keep" },
		element(isOver ? "strong" : "span", isOver ? { class: "over" } : {}, formatCount(active)),
		element("span", { class: "paid" }, ` / ${formatCount(paid)}`),
	);
}
