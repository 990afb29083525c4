import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-tabs/index.js";
import "@vscode-elements/elements/dist/vscode-tab-header/index.js";
import "@vscode-elements/elements/dist/vscode-tab-panel/index.js";
import type { PreviewRow, PreviewSummary } from "../../../server/protocol/preview-messages.ts";
import { element } from "../shared/dom.ts";
import { formatCount, formatInstant } from "../shared/format.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { problemList } from "../shared/problem-list.ts";
import { createInstallationsTable } from "./installations-table.ts";
import { createProductsTable } from "./products-table.ts";
import { summarySection } from "./summary-section.ts";

/** The preview of one instance: what it was made from, the totals, and three tables behind tabs. */
export interface PreviewPage {
	show(summary: PreviewSummary, revision: number): void;
	addRows(revision: number, offset: number, rows: readonly PreviewRow[]): void;
	failRows(revision: number, offset: number, message: string): void;
}

/** Makes the page; it enters the document with its first result, and from then on only its parts change. */
export function createPreviewPage(content: HTMLElement, host: Host, l10n: Localize): PreviewPage {
	const products = createProductsTable(host, l10n);
	const installations = createInstallationsTable(host, l10n);
	const head = element("div");
	const problems = element("div");
	const headers = [0, 1, 2].map(() => element("vscode-tab-header", { attributes: { slot: "header" } }));
	const tabs = element(
		"vscode-tabs",
		{ class: "tabs", attributes: { "selected-index": String(keptTab(host)) } },
		...headers,
		...[products.element, installations.element, problems].map((panel) => element("vscode-tab-panel", {}, panel)),
	);
	tabs.addEventListener("vsc-tabs-select", (event) => host.keep({ tab: event.detail.selectedIndex }));

	return {
		show(summary, revision) {
			head.replaceChildren(header(summary, host, l10n), summarySection(summary, l10n));
			problems.replaceChildren(problemList(summary.problems, summary.problemCount, l10n));
			if (!content.contains(tabs)) content.replaceChildren(head, tabs);
			const titles = [
				l10n.t("Products ({0})", formatCount(summary.byProduct.length)),
				l10n.t("Installations ({0})", formatCount(summary.installations)),
				l10n.t("Data Problems ({0})", formatCount(summary.problemCount)),
			];
			for (const [index, title] of titles.entries()) headers[index]?.replaceChildren(title);
			products.show(summary);
			installations.show(summary.installations, revision);
		},
		addRows: installations.addRows,
		failRows: installations.failRows,
	};
}

function header(summary: PreviewSummary, host: Host, l10n: Localize): HTMLElement {
	const { InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit } = summary.limits;
	const limits = `${InstallDateCutOffLimit} / ${UsedCategoryLimit} / ${UnusedCategoryLimit}`;
	const facts = [
		{ name: l10n.t("As of"), value: formatInstant(summary.asOf) },
		{ name: l10n.t("End of sync"), value: summary.endOfSync ?? l10n.t("no usable date") },
		{ name: l10n.t("Limits"), value: summary.limitsFromProject ? l10n.t("{0} days (the project's)", limits) : l10n.t("{0} days", limits) },
		{ name: l10n.t("Devices"), value: formatCount(summary.devices) },
		{ name: l10n.t("Products"), value: formatCount(summary.products) },
	];
	return element(
		"header",
		{ class: "page-header" },
		element("div", { class: "title-row" }, element("h1", {}, summary.instance), actions(host, l10n)),
		element(
			"dl",
			{ class: "facts" },
			...facts.map(({ name, value }) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
		),
	);
}

function actions(host: Host, l10n: Localize): HTMLElement {
	const open = element(
		"vscode-button",
		{ attributes: { secondary: "" }, onClick: () => host.send({ type: "command", command: "open" }) },
		l10n.t("Open File"),
	);
	const exported = element(
		"vscode-button",
		{ onClick: () => host.send({ type: "command", command: "export" }) },
		l10n.t("Export to Excel"),
	);
	return element("div", { class: "buttons" }, open, exported);
}

function keptTab(host: Host): number {
	const tab = host.kept["tab"];
	return tab === 1 || tab === 2 ? tab : 0;
}
