import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-tabs/index.js";
import "@vscode-elements/elements/dist/vscode-tab-header/index.js";
import "@vscode-elements/elements/dist/vscode-tab-panel/index.js";
import { html, nothing, render, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { PreviewSummary } from "../../../server/protocol/preview-messages.ts";
import { type HostMessage, PREVIEW_TABS, type PreviewTab } from "../messages.ts";
import { formatCount, formatInstant } from "../shared/format.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { wrapTabs } from "../shared/wrap-tabs.ts";
import { createCompareTab } from "./compare/compare-tab.ts";
import { createInstallationsTab } from "./installations/installations-tab.ts";
import { createOverviewTab } from "./overview/overview-tab.ts";
import { createPreviewState, type PreviewContext, type PreviewState, type PreviewStore, type PreviewTabView } from "./preview-state.ts";
import { createProblemsTab } from "./problems/problems-tab.ts";
import { createProductsTab } from "./products/products-tab.ts";
import { createWhatIfTab } from "./what-if/what-if-tab.ts";

/** The preview of one instance: what it was made from, and six tabs that share one state. */
export interface PreviewPage {
	show(summary: PreviewSummary, revision: number): void;
	/** Goes to a tab, and perhaps to one installation; before the first result it is remembered. */
	goTo(wanted: Extract<HostMessage, { readonly type: "show" }>): void;
}

const MAKERS: Readonly<Record<PreviewTab, (context: PreviewContext) => PreviewTabView>> = {
	overview: createOverviewTab,
	products: createProductsTab,
	installations: createInstallationsTab,
	"what-if": createWhatIfTab,
	compare: createCompareTab,
	problems: createProblemsTab,
};

/** Tabs whose rows are fetched at once, so that they stand there when they are seen. */
const EARLY: readonly PreviewTab[] = ["products", "installations"];

/** Makes the page; it enters the document with its first result, and from then on only its parts change. */
export function createPreviewPage(content: HTMLElement, host: Host, l10n: Localize): PreviewPage {
	const views = new Map<PreviewTab, PreviewTabView>();
	let state: PreviewStore | null = null;
	let wanted: Extract<HostMessage, { readonly type: "show" }> | null = null;

	function start(store: PreviewStore): void {
		store.subscribe((changed) => {
			draw(store);
			for (const [name, view] of views)
				if (name === store.current.tab || (EARLY.includes(name) && !(changed.size === 1 && changed.has("tab")))) view.update();
		});
		// Their rows are on the way while the rest is drawn.
		const inSight = EARLY.filter((name) => name === store.current.tab);
		for (const name of [...inSight, ...EARLY]) mount(store, name);
		draw(store);
	}

	/** Makes a tab when it is first wanted. */
	function mount(store: PreviewStore, name: PreviewTab): void {
		if (views.has(name)) return;
		const view = MAKERS[name]({ host, l10n, state: store });
		views.set(name, view);
		view.update();
	}

	function draw(store: PreviewStore): void {
		const { current } = store;
		mount(store, current.tab);
		const titles = titlesOf(current, l10n);
		const select = (event: Event) => {
			const index = (event as CustomEvent<{ readonly selectedIndex: number }>).detail.selectedIndex;
			store.change({ tab: PREVIEW_TABS[index] ?? "overview" });
		};
		render(
			html`${header(current.summary, host, l10n)}
				<vscode-tabs class="tabs" ${ref(wrapTabs)} .selectedIndex=${PREVIEW_TABS.indexOf(current.tab)} @vsc-tabs-select=${select}>
					${PREVIEW_TABS.map((name) => html`<vscode-tab-header slot="header" data-tab=${name}>${titles[name]}</vscode-tab-header>`)}
					${PREVIEW_TABS.map((name) => html`<vscode-tab-panel data-tab=${name}>${views.get(name)?.element ?? nothing}</vscode-tab-panel>`)}
				</vscode-tabs>`,
			content,
		);
	}

	function goTo(store: PreviewStore): void {
		if (wanted === null) return;
		store.change({ tab: wanted.tab, ...(wanted.installation === null ? {} : { explained: wanted.installation }) });
		wanted = null;
	}

	return {
		show(summary, revision) {
			if (state === null) {
				state = createPreviewState(host, summary, revision);
				start(state);
			} else {
				state.change({ summary, revision });
			}
			goTo(state);
		},
		goTo(message) {
			wanted = message;
			if (state !== null) goTo(state);
		},
	};
}

function titlesOf({ summary }: PreviewState, l10n: Localize): Readonly<Record<PreviewTab, string>> {
	return {
		overview: l10n.t("Overview"),
		products: l10n.t("Products ({0})", formatCount(summary.products)),
		installations: l10n.t("Installations ({0})", formatCount(summary.installations)),
		"what-if": l10n.t("What If"),
		compare: l10n.t("Compare"),
		problems: l10n.t("Data Problems ({0})", formatCount(summary.problemCount)),
	};
}

function header(summary: PreviewSummary, host: Host, l10n: Localize): TemplateResult {
	const { InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit } = summary.limits;
	const limits = `${InstallDateCutOffLimit} / ${UsedCategoryLimit} / ${UnusedCategoryLimit}`;
	const facts = [
		{ name: l10n.t("As of"), value: formatInstant(summary.asOf) },
		{ name: l10n.t("End of sync"), value: summary.endOfSync ?? l10n.t("no usable date") },
		{ name: l10n.t("Limits"), value: summary.limitsFromProject ? l10n.t("{0} days (the project's)", limits) : l10n.t("{0} days", limits) },
		{ name: l10n.t("Devices"), value: formatCount(summary.devices) },
		{ name: l10n.t("Products"), value: formatCount(summary.products) },
	];
	return html`<header class="page-header">
		<div class="title-row">
			<h1 dir="auto">${summary.instance}</h1>
			<div class="buttons">
				<vscode-button secondary @click=${() => host.send({ type: "command", command: "open" })}>${l10n.t("Open File")}</vscode-button>
				<vscode-button @click=${() => host.send({ type: "command", command: "export" })}>${l10n.t("Export All to Excel")}</vscode-button>
			</div>
		</div>
		<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
	</header>`;
}
