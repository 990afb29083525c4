import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-tabs/index.js";
import "@vscode-elements/elements/dist/vscode-tab-header/index.js";
import "@vscode-elements/elements/dist/vscode-tab-panel/index.js";
import { html, nothing, render, type TemplateResult } from "lit";
import type { ReportResult } from "../../../server/protocol/report-messages.ts";
import { formatCount, formatInstant } from "../shared/format.ts";
import { type Host, messageOf } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { clientsTable } from "./clients-tab.ts";
import { createDetailPane, type DetailPane } from "./detail-pane.ts";
import { filterBar, flagSwitches } from "./filter-bar.ts";
import { leftOutWords, printBody } from "./print-document.ts";
import { problemsTable } from "./problems-tab.ts";
import { isFiltering, NO_FILTER } from "./report-filter.ts";
import { createReportState, REPORT_TABS, type ReportContext } from "./report-state.ts";
import { createServersTable, type ServersTable } from "./servers-tab.ts";

/** The usage report: one row per server, totals per client, and what was wrong with the data. */
export interface ReportPage {
	show(report: ReportResult, revision: number): void;
}

/** Makes the page; it enters the document with its first result, and from then on only its parts change. */
export function createReportPage(content: HTMLElement, host: Host, l10n: Localize): ReportPage {
	let context: ReportContext | null = null;

	return {
		show(report, revision) {
			if (context !== null) return context.state.change({ report, revision });
			context = { host, l10n, state: createReportState(host, report, revision) };
			startPage(content, context);
		},
	};
}

function startPage(content: HTMLElement, context: ReportContext): void {
	const { host, l10n, state } = context;
	const table = createServersTable(context, (what) => void attempt(what));
	const detail = createDetailPane(context, () => table.focus());
	const narrow = window.matchMedia("(width < 960px)");
	let filter = state.current.filter;
	let failure: string | null = null;

	async function attempt(what: Promise<unknown>): Promise<void> {
		failure = null;
		draw();
		try {
			await what;
		} catch (error) {
			failure = messageOf(error);
			draw();
		}
	}

	const actions: PageActions = {
		print: () => void attempt(host.ask("openForPrinting", { title: l10n.t("Usage Report"), body: printBody(context) })),
		exportShown: () => void attempt(host.ask("exportServers", { filter: state.current.filter })),
		showServers: (client) => state.change({ tab: "servers", filter: { ...NO_FILTER, clients: [client] } }),
	};

	function draw(): void {
		render(pageTemplate(context, table, detail, failure, actions), content);
	}

	function update(): void {
		const isFiltered = filter !== state.current.filter;
		filter = state.current.filter;
		// In a narrow window the detail stands in place of the rows that the person has just asked for.
		if (isFiltered && state.current.opened !== null && narrow.matches) {
			// That calls this function again.
			state.change({ opened: null });
			return;
		}
		draw();
		table.update();
		detail.update();
	}

	state.subscribe(update);
	update();
	fillWindow(content);
}

/** Lets the table end where the window ends, so that one scroll bar is enough; a low window scrolls as a whole. */
function fillWindow(content: HTMLElement): void {
	const fit = () => {
		const split = content.querySelector<HTMLElement>(".split");
		if (split === null || split.offsetParent === null) return;
		const top = split.getBoundingClientRect().top + window.scrollY;
		content.style.setProperty("--room-below", `${Math.floor(window.innerHeight - top - BELOW)}px`);
	};
	new ResizeObserver(fit).observe(content);
	window.addEventListener("resize", fit);
}

/** Pixels that stay free below the table. */
const BELOW = 16;

interface PageActions {
	print(): void;
	exportShown(): void;
	showServers(client: string): void;
}

function pageTemplate(
	context: ReportContext,
	table: ServersTable,
	detail: DetailPane,
	failure: string | null,
	actions: PageActions,
): TemplateResult {
	const { l10n, state } = context;
	const { report, tab, opened } = state.current;
	const select = (event: Event) => {
		const index = (event as CustomEvent<{ readonly selectedIndex: number }>).detail.selectedIndex;
		state.change({ tab: REPORT_TABS[index] ?? "servers" });
	};
	return html`${header(context, actions)}
		${report.leftOut.length === 0 ? nothing : html`<p class="left-out" role="status">${leftOutWords(report.leftOut, l10n)}</p>`}
		${failure === null ? nothing : html`<p class="notice-line" role="alert">${failure}</p>`} ${flagSwitches(context)}
		<vscode-tabs class="tabs" .selectedIndex=${REPORT_TABS.indexOf(tab)} @vsc-tabs-select=${select}>
			<vscode-tab-header slot="header">${l10n.t("Servers ({0})", formatCount(report.rows.length))}</vscode-tab-header>
			<vscode-tab-header slot="header">${l10n.t("Clients ({0})", formatCount(report.clients.length))}</vscode-tab-header>
			<vscode-tab-header slot="header">${l10n.t("Data Problems ({0})", formatCount(report.problemCount))}</vscode-tab-header>
			<vscode-tab-panel>
				<div class="filter-row">${filterBar(context)}${table.columnsButton}</div>
				<div class=${opened === null ? "split" : "split with-detail"}>${table.element} ${detail.element}</div>
			</vscode-tab-panel>
			<vscode-tab-panel>${clientsTable(report.clients, l10n, actions.showServers)}</vscode-tab-panel>
			<vscode-tab-panel>${problemsTable(report, l10n)}</vscode-tab-panel>
		</vscode-tabs>`;
}

function header({ host, l10n, state }: ReportContext, { print, exportShown }: PageActions): TemplateResult {
	const { report, filter } = state.current;
	const facts = [
		{ name: l10n.t("As of"), value: formatInstant(report.asOf) },
		{ name: l10n.t("Clients"), value: formatCount(report.clients.length) },
		{ name: l10n.t("Servers"), value: formatCount(report.rows.length) },
		{ name: l10n.t("With flags"), value: formatCount(report.rows.filter((row) => row.flags.length > 0).length) },
	];
	return html`<header class="page-header">
		<div class="title-row">
			<h1>${l10n.t("Usage Report")}</h1>
			<div class="buttons">
				<vscode-button secondary title=${l10n.t("Opens the servers that are shown as a page in the browser, which prints it")} @click=${print}
					>${l10n.t("Open for Printing")}</vscode-button
				>
				${
					isFiltering(filter)
						? html`<vscode-button secondary @click=${exportShown}>${l10n.t("Export Shown to Excel")}</vscode-button>`
						: nothing
				}
				<vscode-button @click=${() => host.send({ type: "command", command: "export" })}
					>${isFiltering(filter) ? l10n.t("Export All to Excel") : l10n.t("Export to Excel")}</vscode-button
				>
			</div>
		</div>
		<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
	</header>`;
}
