import { html } from "lit";
import type { PreviewRow, PreviewSummary } from "../../../../server/protocol/preview-messages.ts";
import type { DataColumn } from "../../shared/data-table/table-options.ts";
import type { Localize } from "../../shared/localize.ts";
import { swatch } from "../categories.ts";

/** Columns of the table of installations: those that every estate has, and those that this one's data has. */
export function installationColumns({ columns }: PreviewSummary, l10n: Localize): readonly DataColumn<PreviewRow>[] {
	const optional = new Set<string>(columns);
	const all: readonly DataColumn<PreviewRow>[] = [
		{ id: "device", header: l10n.t("Device"), weight: 3, minWidth: 130, isRowHeader: true, sort: "ascending", text: (row) => row.device },
		{
			id: "deviceName",
			header: l10n.t("Device name"),
			weight: 3,
			minWidth: 110,
			hidden: true,
			sort: "ascending",
			text: (row) => row.deviceName ?? "–",
		},
		{ id: "product", header: l10n.t("Product"), weight: 4.5, minWidth: 160, sort: "ascending", text: (row) => row.product },
		{
			id: "publisher",
			header: l10n.t("Publisher"),
			weight: 2.5,
			minWidth: 100,
			hidden: true,
			sort: "ascending",
			text: (row) => row.publisher ?? "–",
		},
		{
			id: "version",
			header: l10n.t("Version"),
			weight: 1.5,
			minWidth: 80,
			hidden: true,
			sort: "ascending",
			text: (row) => row.version ?? "–",
		},
		{
			id: "installDate",
			header: l10n.t("Installed"),
			weight: 1.6,
			minWidth: 104,
			sort: "descending",
			text: (row) => row.installDate ?? "–",
		},
		{
			id: "lastUsageDate",
			header: l10n.t("Last used"),
			weight: 1.6,
			minWidth: 104,
			sort: "descending",
			text: (row) => row.lastUsageDate ?? "–",
		},
		{
			id: "category",
			header: l10n.t("Category"),
			weight: 1.8,
			minWidth: 115,
			sort: "ascending",
			text: (row) => row.category,
			cell: (row) => html`${swatch(row.category)}${row.category}`,
		},
		{ id: "reason", header: l10n.t("Reason"), weight: 3.6, minWidth: 150, sort: "ascending", text: (row) => row.reason ?? "" },
		{
			id: "rule",
			header: l10n.t("Rule"),
			explanation: l10n.t("Number of the rule that decided the category, 1 to 15: Enter on a row says it in words"),
			weight: 1,
			minWidth: 70,
			numeric: true,
			sort: "ascending",
			text: (row) => String(row.rule),
		},
	];
	return all.filter(({ id }) => optional.has(id) || !["deviceName", "publisher", "version"].includes(id));
}
