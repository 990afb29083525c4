import { html, nothing, render, type TemplateResult } from "lit";
import type { ProductRow } from "../../../../server/protocol/preview-messages.ts";
import { formatCount, formatInstant, LANGUAGE } from "../../shared/format.ts";
import { createLatest } from "../figures/latest.ts";
import { formatLimits } from "../figures/limit-texts.ts";
import { sumCategories } from "../figures/outcomes.ts";
import { showInstallations } from "../figures/show-installations.ts";
import { createWhatIfFigures, type WhatIfFigures } from "../figures/what-if-figures.ts";
import type { PreviewContext, PreviewTabView } from "../preview-state.ts";
import { outcomeBars } from "./outcome-bars.ts";
import { policiesSection } from "./policies-section.ts";
import { topProductsSection } from "./top-products.ts";
import { worthSection } from "./worth-section.ts";

/** The figures at a glance: what there is, how it is categorized, what it is worth, and where most of that is. */
export function createOverviewTab(context: PreviewContext): PreviewTabView {
	const { host, state } = context;
	const element = document.createElement("div");
	element.className = "overview";
	const figures = createWhatIfFigures(context, draw);
	// The preview tells its own ten; those of a what-if are asked for.
	let products: { readonly key: string; readonly rows: readonly ProductRow[] } | null = null;
	let asked = "";
	const latest = createLatest({
		ask: ({ limits }: { readonly key: string; readonly limits: NonNullable<typeof state.current.limits> }, signal) =>
			host.ask("products", { offset: 0, limit: 10, query: { sort: [sortOfTop()] }, limits }, signal),
		schedule: (run) => requestAnimationFrame(run),
		onResult({ key }, { rows }) {
			products = { key, rows };
			draw();
		},
		onFailure: () => draw(),
	});

	function sortOfTop(): { readonly by: "worth" | "unused"; readonly descending: true } {
		return { by: state.current.summary.currencies.length > 0 ? "worth" : "unused", descending: true };
	}

	function followProducts(): void {
		const { limits, revision } = state.current;
		const key = limits === null ? "" : `${revision} ${JSON.stringify(limits)}`;
		if (key === asked) return;
		asked = key;
		if (limits === null) latest.forget();
		else latest.want({ key, limits });
	}

	function draw(): void {
		const { summary, limits } = state.current;
		const rows =
			limits !== null && products?.key === asked
				? products.rows
				: limits === null
					? summary.topProducts
					: (products?.rows ?? summary.topProducts);
		render(
			html`${limits === null ? nothing : whatIfNote(context, figures)} ${tiles(context, figures)} ${outcomeBars(context, figures.impact)}
				<div class="overview-columns">
					${worthSection(context, figures.impact)} ${topProductsSection(context, rows)} ${policiesSection(context, figures.impact)}
				</div>`,
			element,
		);
	}

	return {
		element,
		update() {
			figures.follow();
			followProducts();
			draw();
		},
	};
}

function whatIfNote({ state, l10n }: PreviewContext, figures: WhatIfFigures): TemplateResult {
	const { limits, summary } = state.current;
	return html`<div class="figure-note" role="status">
		<p>
			${l10n.t("What if the limits were {0} days instead of {1}?", formatLimits(limits ?? summary.limits), formatLimits(summary.limits))}
			${figures.failure ?? l10n.t("{0} installations change category. All figures are those of the what-if.", formatCount(figures.impact.moved))}
		</p>
		<div class="buttons">
			<vscode-button secondary @click=${() => state.change({ tab: "what-if" })}>${l10n.t("Open What If")}</vscode-button>
			<vscode-button secondary @click=${() => state.change({ limits: null })}>${l10n.t("Reset")}</vscode-button>
		</div>
	</div>`;
}

function tiles(context: PreviewContext, figures: WhatIfFigures): TemplateResult {
	const { state, l10n } = context;
	const { summary, limits } = state.current;
	const [used = 0, , , silent = 0] = sumCategories(summary.totals, figures.impact.totals);
	const parts = [
		{
			name: l10n.t("Installations"),
			value: formatCount(summary.installations),
			note: l10n.t("{0} Used, {1} Unreported", formatCount(used), formatCount(silent)),
			pick: () => showInstallations(state, {}),
		},
		{
			name: l10n.t("Devices"),
			value: formatCount(summary.devices),
			note: summary.devices === 0 ? "" : l10n.t("{0} installations each, on average", average(summary.installations, summary.devices)),
			pick: () => state.change({ tab: "installations", query: { sort: [{ by: "device" }] } }),
		},
		{
			name: l10n.t("Products"),
			value: formatCount(summary.products),
			note: summary.products === 0 ? "" : l10n.t("{0} installations each, on average", average(summary.installations, summary.products)),
			pick: () => state.change({ tab: "products" }),
		},
		{
			name: limits === null ? l10n.t("Limits in days") : l10n.t("What-if limits in days"),
			value: formatLimits(limits ?? summary.limits),
			note: l10n.t("Install cut-off / Used / Unused"),
			pick: () => state.change({ tab: "what-if" }),
		},
		{
			name: l10n.t("End of Sync"),
			value: summary.endOfSync ?? l10n.t("no usable date"),
			note: l10n.t("ages are counted up to this day"),
			pick: null,
		},
		{
			name: l10n.t("As of"),
			value: formatInstant(summary.asOf).slice(0, 10),
			note: formatInstant(summary.asOf).slice(11),
			pick: null,
		},
	];
	return html`<ul class="overview-tiles" aria-label=${l10n.t("At a glance")}>
		${parts.map(({ name, value, note, pick }) => {
			const inner = html`<span class="overview-tile-name">${name}</span><span class="overview-tile-value">${value}</span
				><span class="overview-tile-note">${note}</span>`;
			return html`<li>${pick === null ? html`<div class="overview-tile">${inner}</div>` : html`<button type="button" class="overview-tile" @click=${pick}>${inner}</button>`}</li>`;
		})}
	</ul>`;
}

function average(total: number, parts: number): string {
	return new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 }).format(total / parts);
}
