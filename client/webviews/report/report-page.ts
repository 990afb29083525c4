import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-tabs/index.js";
import "@vscode-elements/elements/dist/vscode-tab-header/index.js";
import "@vscode-elements/elements/dist/vscode-tab-panel/index.js";
import type { ReportResult } from "../../../server/protocol/report-messages.ts";
import { element } from "../shared/dom.ts";
import { formatCount, formatInstant } from "../shared/format.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { problemList } from "../shared/problem-list.ts";
import { clientsTable } from "./clients-table.ts";
import { createFlagTooltip } from "./flag-badge.ts";
import { serversTable } from "./servers-table.ts";

/** The usage report: one row per server, totals per client, and what was wrong with the data. */
export interface ReportPage {
	show(report: ReportResult): void;
}

/** Makes the page; it enters the document with its first result, and its places of scrolling survive every later one. */
export function createReportPage(content: HTMLElement, host: Host, l10n: Localize): ReportPage {
	const head = element("div");
	const tooltip = createFlagTooltip();
	const panels = [0, 1, 2].map(() => element("div"));
	const headers = [0, 1, 2].map(() => element("vscode-tab-header", { attributes: { slot: "header" } }));
	const tabs = element(
		"vscode-tabs",
		{ class: "tabs", attributes: { "selected-index": String(keptTab(host)) } },
		...headers,
		...panels.map((panel) => element("vscode-tab-panel", {}, panel)),
	);
	tabs.addEventListener("vsc-tabs-select", (event) => host.keep({ tab: event.detail.selectedIndex }));

	return {
		show(report) {
			head.replaceChildren(header(report, host, l10n));
			const titles = [
				l10n.t("Servers ({0})", formatCount(report.rows.length)),
				l10n.t("Clients ({0})", formatCount(report.clients.length)),
				l10n.t("Data Problems ({0})", formatCount(report.problemCount)),
			];
			const parts = [
				serversTable(report, tooltip, l10n),
				clientsTable(report.clients, l10n),
				problemList(report.problems, report.problemCount, l10n),
			];
			for (const [index, part] of parts.entries()) {
				headers[index]?.replaceChildren(titles[index] ?? "");
				replaceKeepingScroll(panels[index], part, host, `scroll${index}`);
			}
			if (!content.contains(tabs)) content.replaceChildren(head, tabs, tooltip.element);
			host.send({
				type: "rendered",
				table: "servers",
				rows: content.querySelectorAll(".servers tbody tr.server").length,
				total: report.rows.length,
			});
		},
	};
}

function header(report: ReportResult, host: Host, l10n: Localize): HTMLElement {
	const flagged = report.rows.filter((row) => row.flags.length > 0).length;
	const facts = [
		{ name: l10n.t("As of"), value: formatInstant(report.asOf) },
		{ name: l10n.t("Clients"), value: formatCount(report.clients.length) },
		{ name: l10n.t("Servers"), value: formatCount(report.rows.length) },
		{ name: l10n.t("With flags"), value: formatCount(flagged) },
	];
	const button = element("vscode-button", { onClick: () => host.send({ type: "command", command: "export" }) }, l10n.t("Export to Excel"));
	return element(
		"header",
		{ class: "page-header" },
		element("div", { class: "title-row" }, element("h1", {}, l10n.t("Usage Report")), element("div", { class: "buttons" }, button)),
		element(
			"dl",
			{ class: "facts" },
			...facts.map(({ name, value }) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
		),
		leftOutNote(report.leftOut, l10n),
	);
}

/** Says which projects are missing from the report, where it cannot be overlooked; null when none is. */
function leftOutNote(names: readonly string[], l10n: Localize): HTMLElement | null {
	if (names.length === 0) return null;
	const text = l10n.t("Left out, since they cannot be read: {0}. The data problems say why.", names.join(", "));
	return element("p", { class: "left-out", attributes: { role: "status" } }, text);
}

/** Puts a new table in place of the old one; it is scrolled to where that one was as soon as it is laid out. */
function replaceKeepingScroll(panel: HTMLElement | undefined, part: HTMLElement, host: Host, key: string): void {
	panel?.replaceChildren(part);
	const observer = new ResizeObserver(() => {
		if (part.clientHeight === 0) return;
		observer.disconnect();
		const kept = host.kept[key];
		if (Array.isArray(kept)) part.scrollTo(Number(kept[0]), Number(kept[1]));
		part.addEventListener("scroll", () => host.keep({ [key]: [part.scrollLeft, part.scrollTop] }), { passive: true });
	});
	observer.observe(part);
}

function keptTab(host: Host): number {
	const tab = host.kept["tab"];
	return tab === 1 || tab === 2 ? tab : 0;
}
