import { html, render } from "lit";
import type { ProductQuery, ProductRow, ProductSortKey } from "../../../../server/protocol/preview-messages.ts";
import { createDataTable } from "../../shared/data-table/data-table.ts";
import type { TableSort } from "../../shared/data-table/table-options.ts";
import { formatCount } from "../../shared/format.ts";
import { showInstallations } from "../figures/show-installations.ts";
import { filterChips } from "../filters/filter-chips.ts";
import { createRowFollower } from "../filters/follow-rows.ts";
import { createOutcomeMenu } from "../filters/outcome-menu.ts";
import type { Filter } from "../filters/query-filter.ts";
import { createSearchField } from "../filters/search-field.ts";
import { type PreviewContext, type PreviewTabView, whatIf } from "../preview-state.ts";
import { whatIfBanner } from "../what-if-banner.ts";
import { productColumns } from "./product-columns.ts";

/** The products with their counts, sorted and searched by the server; a click leads to their installations. */
export function createProductsTab(context: PreviewContext): PreviewTabView {
	const { host, l10n, state } = context;
	const element = document.createElement("div");
	element.className = "table-tab";
	let reasons = host.kept["productReasons"] === true;
	let shownColumns = "";

	const columns = () =>
		productColumns(state.current.summary, reasons, l10n, (product, outcomes) =>
			showInstallations(state, outcomes === null ? { products: [product] } : { products: [product], outcomes }),
		);
	const setQuery = (query: ProductQuery) => state.change({ productQuery: query });
	const search = createSearchField(l10n.t("Product has …"), (text) => setFilter({ ...filterOf(), text }));
	const outcomes = createOutcomeMenu("products", l10n, (filter) => setFilter(filter));
	const table = createDataTable<ProductRow>({
		host,
		l10n,
		name: "products",
		label: l10n.t("Products"),
		columns: columns(),
		emptyText: () =>
			state.current.summary.products === 0
				? l10n.t("There are no products in the linked data.")
				: l10n.t("No product passes the filters. Remove one of them to see more."),
		sorted: ({ column, descending }) => {
			const by = column as ProductSortKey;
			setQuery({ ...state.current.productQuery, sort: [descending ? { by, descending } : { by }] });
		},
		open: ({ product }) => showInstallations(state, { products: [product] }),
		describeTotal: (total) => {
			const all = state.current.summary.products;
			return total === all ? l10n.t("{0} products", formatCount(all)) : l10n.t("{0} of {1} products", formatCount(total), formatCount(all));
		},
		copy: async (ranges, ids, headers) => {
			const query = state.current.productQuery;
			const { rows } = await host.ask("copy", { of: "products", query, ranges, columns: ids, headers, ...whatIf(state.current) });
			return rows;
		},
		drawn: (rows, total) => host.send({ type: "rendered", table: "products", rows, total }),
	});

	/** The part of the query that chips show. */
	function filterOf(): Filter {
		const { text, outcomes: places, products } = state.current.productQuery;
		return {
			...(text === undefined ? {} : { text }),
			...(places === undefined ? {} : { outcomes: places }),
			...(products === undefined ? {} : { products }),
		};
	}

	function setFilter({ text, outcomes: places, products }: Filter): void {
		const { sort } = state.current.productQuery;
		setQuery({
			...(text === undefined || text === "" ? {} : { text }),
			...(places === undefined ? {} : { outcomes: places }),
			...(products === undefined ? {} : { products }),
			...(sort === undefined ? {} : { sort }),
		});
	}

	const rows = createRowFollower((keepPlace) => {
		const query = state.current.productQuery;
		const limits = whatIf(state.current);
		table.setPages((offset, limit, signal) => host.ask("products", { offset, limit, query, ...limits }, signal), sortOf(query), keepPlace);
	});

	function draw(): void {
		const { summary } = state.current;
		const filter = filterOf();
		search.update(filter.text ?? "");
		outcomes.update(filter, summary.totals);
		const toggle = (event: Event) => {
			reasons = (event.target as HTMLInputElement).checked;
			host.keep({ productReasons: reasons });
			update();
		};
		render(
			html`${whatIfBanner(context)}
				<div class="filter-bar" role="search" aria-label=${l10n.t("Filter products")}>
					${search.element}${outcomes.element}
					<label class="check"><input type="checkbox" .checked=${reasons} @change=${toggle} />${l10n.t("All twelve outcomes")}</label>
					${table.columnsButton}
				</div>
				${filterChips(filter, summary.totals, l10n, setFilter)}
				<div class="table-and-why">${table.element}</div>`,
			element,
		);
	}

	function update(): void {
		const { summary, productQuery } = state.current;
		const wanted = JSON.stringify([reasons, summary.currencies.length > 0]);
		if (wanted !== shownColumns) table.setColumns(columns());
		shownColumns = wanted;
		draw();
		rows.update(state.current, productQuery);
	}

	return { element, update };
}

function sortOf({ sort }: ProductQuery): TableSort | null {
	const [first] = sort ?? [];
	return first === undefined ? { column: "product", descending: false } : { column: first.by, descending: first.descending === true };
}
