import { html } from "lit";
import type { PreviewLimits, ProductRow, ProductSortKey } from "../../../../server/protocol/preview-messages.ts";
import { createDataTable } from "../../shared/data-table/data-table.ts";
import type { DataColumn, TableSort } from "../../shared/data-table/table-options.ts";
import { formatCount, formatDifference } from "../../shared/format.ts";
import { CATEGORIES } from "../categories.ts";
import { sameLimits } from "../figures/limit-rules.ts";
import { sumCategories } from "../figures/outcomes.ts";
import { showInstallations } from "../figures/show-installations.ts";
import type { PreviewContext } from "../preview-state.ts";

/** The products whose counts differ between the file's own limits and other ones. */
export interface DifferingProducts {
	readonly element: HTMLElement;
	/** Shows those that differ with these limits; null for none. */
	show(against: PreviewLimits | null): void;
}

/** Makes the table; it asks for its rows when it is first shown. */
export function createDifferingProducts({ host, state, l10n }: PreviewContext): DifferingProducts {
	let sort: TableSort = { column: "moved", descending: true };
	let against: PreviewLimits | null = null;
	let shown = "";
	const categoriesOf = (counts: readonly number[]) => sumCategories(state.current.summary.totals, counts);
	const sums: readonly ("used" | "rarelyUsed" | "unused" | "unreported")[] = ["used", "rarelyUsed", "unused", "unreported"];
	const columns: readonly DataColumn<ProductRow>[] = [
		{
			id: "product",
			header: l10n.t("Product"),
			weight: 3,
			minWidth: 160,
			isRowHeader: true,
			sort: "ascending",
			text: ({ product }) => product,
		},
		{
			id: "moved",
			header: l10n.t("Moved"),
			explanation: l10n.t("Installations that have another outcome with the other limits"),
			weight: 1,
			minWidth: 80,
			numeric: true,
			sort: "descending",
			text: ({ counts, other }) =>
				formatCount(counts.reduce((sum, count, place) => sum + Math.max(0, (other?.[place] ?? count) - count), 0)),
		},
		...CATEGORIES.map(({ name }, index): DataColumn<ProductRow> => {
			const values = ({ counts, other }: ProductRow) =>
				[categoriesOf(counts)[index] ?? 0, categoriesOf(other ?? counts)[index] ?? 0] as const;
			return {
				id: sums[index] ?? name,
				header: name,
				explanation: l10n.t("With the file's limits → with the other limits"),
				weight: 1.4,
				minWidth: 130,
				numeric: true,
				sort: "descending",
				text(row) {
					const [own, other] = values(row);
					return own === other
						? formatCount(own)
						: l10n.t("{0} → {1} ({2})", formatCount(own), formatCount(other), formatDifference(other - own));
				},
				cell(row) {
					const [own, other] = values(row);
					if (own === other) return html`<span class="zero">${formatCount(own)}</span>`;
					return html`${l10n.t("{0} → {1}", formatCount(own), formatCount(other))} <strong>${formatDifference(other - own)}</strong>`;
				},
			};
		}),
	];
	const table = createDataTable<ProductRow>({
		host,
		l10n,
		name: "differing-products",
		label: l10n.t("Products that differ"),
		columns,
		emptyText: () => l10n.t("No product differs: on this estate both come to the same counts."),
		sorted(next) {
			sort = next;
			load(false);
		},
		open: ({ product }) => showInstallations(state, { products: [product] }),
	});

	function load(keepPlace: boolean): void {
		const limits = against;
		if (limits === null) return;
		const query = { onlyDifferent: true, sort: [{ by: sort.column as ProductSortKey, descending: sort.descending }] };
		table.setPages((offset, limit, signal) => host.ask("products", { offset, limit, query, against: limits }, signal), sort, keepPlace);
	}

	return {
		element: table.element,
		show(next) {
			const { summary, revision } = state.current;
			if (next === null || sameLimits(next, summary.limits)) return;
			const key = JSON.stringify(next);
			const now = `${revision} ${key}`;
			if (now === shown) return;
			const isSame = against !== null && sameLimits(against, next);
			shown = now;
			against = next;
			load(isSame);
		},
	};
}
