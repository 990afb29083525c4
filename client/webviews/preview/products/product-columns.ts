import { html, type TemplateResult } from "lit";
import type { PreviewSummary, ProductRow } from "../../../../server/protocol/preview-messages.ts";
import type { DataColumn } from "../../shared/data-table/table-options.ts";
import { formatCount } from "../../shared/format.ts";
import type { Localize } from "../../shared/localize.ts";
import { CATEGORIES } from "../categories.ts";
import { formatAmounts, formatMoney } from "../figures/amounts.ts";
import { placesOf } from "../figures/outcomes.ts";

/** Names of the categories' columns, as the server sorts and copies by them. */
const CATEGORY_COLUMNS = ["used", "rarelyUsed", "unused", "unreported"] as const;

/** Goes to the installations of a product, of these outcomes or of all. */
type ShowInstallations = (product: string, outcomes: readonly number[] | null) => void;

/**
 * Columns of the table of products: counts by category, or with `reasons` of all twelve outcomes, and worth where something
 * has a price.
 */
export function productColumns(
	{ totals, currencies }: PreviewSummary,
	reasons: boolean,
	l10n: Localize,
	show: ShowInstallations,
): readonly DataColumn<ProductRow>[] {
	const counted = (
		id: string,
		header: string,
		places: readonly number[],
		more: Partial<DataColumn<ProductRow>> = {},
	): DataColumn<ProductRow> => {
		const count = (row: ProductRow) => places.reduce((sum, place) => sum + (row.counts[place] ?? 0), 0);
		return {
			id,
			header,
			weight: 1.3,
			minWidth: 112,
			numeric: true,
			sort: "descending",
			text: (row) => formatCount(count(row)),
			cell: (row) => countCell(count(row)),
			activate: (row) => (count(row) === 0 ? null : () => show(row.product, places.length === totals.length ? null : places)),
			...more,
		};
	};
	return [
		{
			id: "product",
			header: l10n.t("Product"),
			weight: 5,
			minWidth: 180,
			isRowHeader: true,
			sort: "ascending",
			text: (row) => row.product,
			activate: (row) => () => show(row.product, null),
		},
		counted("installations", l10n.t("Installations"), [...totals.keys()], { minWidth: 122 }),
		...CATEGORIES.map(({ name }, index) => {
			const id = CATEGORY_COLUMNS[index] ?? "unreported";
			return counted(id, name, placesOf(totals, name), { explanation: l10n.t("Installations that are {0}", name) });
		}),
		...(reasons
			? totals.flatMap(({ category, reason }, place) =>
					reason === null ? [] : [counted(`outcome${place}`, reason, [place], { explanation: `${category}: ${reason}`, minWidth: 120 })],
				)
			: []),
		...(currencies.length === 0 ? [] : worthColumns(l10n)),
	];
}

function worthColumns(l10n: Localize): readonly DataColumn<ProductRow>[] {
	return [
		{
			id: "price",
			header: l10n.t("Price"),
			explanation: l10n.t("Price of one installation, from unitPrices"),
			weight: 1.2,
			minWidth: 90,
			numeric: true,
			text: (row) => (row.price === null ? "–" : formatMoney(row.price.amount, row.price.currency)),
		},
		{
			id: "worth",
			header: l10n.t("Worth"),
			explanation: l10n.t("Price times the installations that are Rarely Used or Unused"),
			weight: 1.5,
			minWidth: 100,
			numeric: true,
			sort: "descending",
			text: (row) => formatAmounts(row.worth).join(", ") || "–",
		},
	];
}

function countCell(count: number): TemplateResult | string {
	return count === 0 ? html`<span class="zero">0</span>` : formatCount(count);
}
