import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, render } from "lit";
import type { PreviewQuery, PreviewRow, PreviewSortKey } from "../../../../server/protocol/preview-messages.ts";
import { createDataTable } from "../../shared/data-table/data-table.ts";
import type { TableSort } from "../../shared/data-table/table-options.ts";
import { formatCount } from "../../shared/format.ts";
import { messageOf } from "../../shared/host.ts";
import { describeSelection } from "../describe-selection.ts";
import { filterChips } from "../filters/filter-chips.ts";
import { createRowFollower } from "../filters/follow-rows.ts";
import { createNameField } from "../filters/name-field.ts";
import { createOutcomeMenu } from "../filters/outcome-menu.ts";
import { type Filter, withFilter, withName, withText } from "../filters/query-filter.ts";
import { createSearchField } from "../filters/search-field.ts";
import { type PreviewContext, type PreviewTabView, whatIf } from "../preview-state.ts";
import { whatIfBanner } from "../what-if-banner.ts";
import { installationColumns } from "./installation-columns.ts";
import { createWhyPane } from "./why-pane.ts";

/** All installations, of which those in sight are fetched; with filters, and why one of them has its category. */
export function createInstallationsTab(context: PreviewContext): PreviewTabView {
	const { host, l10n, state } = context;
	const element = document.createElement("div");
	element.className = "table-tab";
	let shownColumns = state.current.summary.columns.join();
	let exportFailure: string | null = null;

	const filterOf = (): Filter => state.current.query.filter ?? {};
	const setFilter = (filter: Filter) => state.change({ query: withFilter(state.current.query, filter) });

	const search = createSearchField(l10n.t("Device or product has …"), (text) => setFilter(withText(filterOf(), text)));
	const outcomes = createOutcomeMenu("installations", l10n, setFilter);
	const [devices, products] = (["device", "product"] as const).map((kind) =>
		createNameField({
			host,
			l10n,
			name: "installations",
			of: kind === "device" ? "devices" : "products",
			label: kind === "device" ? l10n.t("Device") : l10n.t("Product"),
			chosen: (name) => setFilter(withName(filterOf(), kind, name)),
		}),
	);

	const explain = ({ device, product }: PreviewRow) => state.change({ explained: { device, product } });
	const table = createDataTable<PreviewRow>({
		host,
		l10n,
		name: "installations",
		label: l10n.t("Installations"),
		columns: installationColumns(state.current.summary, l10n),
		emptyText: () =>
			state.current.summary.installations === 0
				? l10n.t("There are no installations in the linked data.")
				: l10n.t("No installation passes the filters. Remove one of them to see more."),
		sorted: ({ column, descending }) => {
			const by = column as PreviewSortKey;
			state.change({ query: { ...state.current.query, sort: [descending ? { by, descending } : { by }] } });
		},
		open: explain,
		focused: (row) => {
			if (state.current.explained !== null) explain(row);
		},
		commands: (row) => [
			{ label: l10n.t("Why This Category"), run: () => explain(row) },
			{ label: l10n.t("Only This Device"), run: () => setFilter(withName(filterOf(), "device", row.device)) },
			{ label: l10n.t("Only This Product"), run: () => setFilter(withName(filterOf(), "product", row.product)) },
		],
		describeTotal: (total) => {
			const all = state.current.summary.installations;
			return total === all ? l10n.t("{0} rows", formatCount(all)) : l10n.t("{0} of {1} rows", formatCount(total), formatCount(all));
		},
		describeSelection: async (ranges, signal) => {
			const { query } = state.current;
			const totals = await host.ask("selection", { query, ranges, ...whatIf(state.current) }, signal);
			return describeSelection(state.current, totals, l10n);
		},
		copy: async (ranges, columns, headers) => {
			const { query } = state.current;
			const { rows } = await host.ask("copy", { of: "installations", query, ranges, columns, headers, ...whatIf(state.current) });
			return rows;
		},
		drawn: (rows, total) => host.send({ type: "rendered", table: "installations", rows, total }),
	});
	const why = createWhyPane(context, {
		close() {
			state.change({ explained: null });
			table.focus();
		},
		filter: (change) => setFilter(change(filterOf())),
	});
	element.addEventListener("keydown", (event) => {
		if (event.key !== "Escape" || state.current.explained === null || (event.target as Element).closest(".grid") === null) return;
		state.change({ explained: null });
	});

	const rows = createRowFollower((keepPlace) => {
		const { query } = state.current;
		const limits = whatIf(state.current);
		table.setPages((offset, limit, signal) => host.ask("page", { offset, limit, query, ...limits }, signal), sortOf(query), keepPlace);
	});

	function exportShown(): void {
		exportFailure = null;
		host.ask("exportShown", { query: state.current.query, ...whatIf(state.current) }).catch((error: unknown) => {
			exportFailure = messageOf(error);
			draw();
		});
	}

	function draw(): void {
		const { summary } = state.current;
		const filter = filterOf();
		search.update(filter.text ?? "");
		outcomes.update(filter, summary.totals);
		const exported = html`<vscode-button secondary class="last" @click=${exportShown}>${l10n.t("Export What Is Shown")}</vscode-button>`;
		render(
			html`${whatIfBanner(context)}
				<div class="filter-bar" role="search" aria-label=${l10n.t("Filter installations")}>
					${search.element}${outcomes.element}${devices?.element}${products?.element} ${table.columnsButton} ${exported}
				</div>
				${filterChips(filter, summary.totals, l10n, setFilter)}
				${exportFailure === null ? nothing : html`<p class="why-failure" role="alert" dir="auto">${exportFailure}</p>`}
				<div class="table-and-why">${table.element}${why.element}</div>`,
			element,
		);
		why.update();
	}

	return {
		element,
		update() {
			const { summary, query } = state.current;
			const columns = summary.columns.join();
			if (columns !== shownColumns) table.setColumns(installationColumns(summary, l10n));
			shownColumns = columns;
			draw();
			rows.update(state.current, query);
		},
	};
}

function sortOf({ sort }: PreviewQuery): TableSort | null {
	const [first] = sort ?? [];
	return first === undefined ? { column: "device", descending: false } : { column: first.by, descending: first.descending === true };
}
