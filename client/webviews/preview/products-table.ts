import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import type { PreviewSummary } from "../../../server/protocol/preview-messages.ts";
import { element } from "../shared/dom.ts";
import { formatCount } from "../shared/format.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { type Column, createVirtualTable } from "../shared/virtual-table.ts";
import { CATEGORIES, countsByCategory } from "./categories.ts";

/** The products with their counts, found by a part of their name and sorted by any column. */
export interface ProductsTable {
	readonly element: HTMLElement;
	show(summary: PreviewSummary): void;
}

interface Product {
	readonly name: string;
	/** Total, then one count per category. */
	readonly counts: readonly number[];
}

/** Makes the table; search text and order are kept over a reload. */
export function createProductsTable(host: Host, l10n: Localize): ProductsTable {
	let products: readonly Product[] = [];
	let shown: readonly Product[] = [];
	// Column 0 is the name, then the total and the categories.
	let sortColumn = typeof host.kept["sortColumn"] === "number" ? host.kept["sortColumn"] : 0;
	let descending = host.kept["sortDescending"] === true;
	const keptSearch = host.kept["search"];
	let search = typeof keptSearch === "string" ? keptSearch : "";

	const field = element("vscode-textfield", {
		attributes: { type: "search", placeholder: l10n.t("Find a product"), label: l10n.t("Find a product"), value: search },
	});
	const found = element("span", { class: "note", attributes: { role: "status" } });
	const headers = [l10n.t("Product"), l10n.t("Total"), ...CATEGORIES.map(({ name }) => name)];
	const table = createVirtualTable<Product>({
		label: l10n.t("Products"),
		emptyText: l10n.t("No product has this in its name."),
		columns: () => headers.map(column),
		rowAt: (index) => shown[index] ?? null,
		drawn: (rows, total) => host.send({ type: "rendered", table: "products", rows, total }),
		scrolled: (first) => host.keep({ firstProduct: first }),
	});

	function column(header: string, index: number): Column<Product> {
		return {
			header,
			numeric: index > 0,
			weight: index === 0 ? 5 : 1.5,
			content: (product) => (index === 0 ? product.name : count(product.counts[index - 1] ?? 0)),
			sort: {
				direction: index !== sortColumn ? null : descending ? "descending" : "ascending",
				toggle() {
					// Numbers are most often wanted from the largest down.
					descending = index === sortColumn ? !descending : index > 0;
					sortColumn = index;
					host.keep({ sortColumn, sortDescending: descending });
					arrange();
					table.scrollTo(0);
				},
			},
		};
	}

	function arrange(): void {
		const wanted = search.trim().toLocaleLowerCase();
		const matching = wanted === "" ? [...products] : products.filter((product) => product.name.toLocaleLowerCase().includes(wanted));
		const sign = descending ? -1 : 1;
		const place = sortColumn - 1;
		shown =
			sortColumn === 0
				? descending
					? matching.reverse()
					: matching
				: matching.sort((a, b) => sign * ((a.counts[place] ?? 0) - (b.counts[place] ?? 0)) || (a.name < b.name ? -1 : 1));
		found.textContent = wanted === "" ? "" : l10n.t("{0} of {1}", formatCount(shown.length), formatCount(products.length));
		table.update(shown.length);
	}

	field.addEventListener("input", () => {
		search = field.value;
		host.keep({ search });
		arrange();
	});

	return {
		element: element("div", {}, element("div", { class: "tools" }, field, found), table.element),
		show(summary) {
			const first = products.length === 0 ? host.kept["firstProduct"] : null;
			products = summary.byProduct.map(({ product, counts }) => {
				const categories = countsByCategory(summary.totals, counts);
				return { name: product, counts: [categories.reduce((sum, value) => sum + value, 0), ...categories] };
			});
			arrange();
			if (typeof first === "number") table.scrollTo(first);
		},
	};
}

function count(value: number): Node | string {
	return value === 0 ? element("span", { class: "zero" }, "0") : formatCount(value);
}
